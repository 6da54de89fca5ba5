#include "database/questions/timeline_gather.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "base/edtf.h"
#include "base/status_macros.h"
#include "database/questions/gather_numbers.h"
#include "database/scan.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/relation.pb.h"
#include "headwater/v1/review.pb.h"
#include "keys/encoding.h"
#include "keys/register.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using records::Edge;
using records::Stored;

struct Step {
  uint64_t sequence = 0;
  v1::Operation operation = v1::OPERATION_UNSPECIFIED;
};
// What was done to one resource, from first to last.
using History = std::vector<Step>;

v1::TimelineEventKind KindOf(v1::WithdrawalKind withdrawal) {
  return withdrawal == v1::WITHDRAWAL_KIND_CORRECTED ? v1::TIMELINE_EVENT_KIND_CORRECTED
                                                     : v1::TIMELINE_EVENT_KIND_WITHDRAWN;
}

// The day of a time, as a date; empty where it is not set.
std::string DateOf(bool is_set, const google::protobuf::Timestamp& time) {
  if (!is_set) return "";
  constexpr int64_t kSecondsADay = 86'400;
  int64_t day = time.seconds() / kSecondsADay;
  if (time.seconds() % kSecondsADay < 0) --day;
  return DayToText(static_cast<int32_t>(std::clamp<int64_t>(day, kMinDay, kMaxDay)));
}

class Gatherer {
 public:
  Gatherer(const Reading& reading, bool recorded, GatherBudget* budget)
      : reading_(reading), recorded_(recorded), budget_(budget), walk_(reading, budget) {}

  absl::StatusOr<TimelineMoments> Run(const Name& claim) {
    HW_RETURN_IF_ERROR(budget_->Read(2));
    HW_ASSIGN_OR_RETURN(RelatedClaims related,
                        GatherClaims(reading_, claim, Beside::kNothing, &walk_, budget_));
    std::vector<std::string> ids;
    for (const RelatedClaim& one : related.same) ids.push_back(one.id);
    std::sort(ids.begin(), ids.end());
    for (const std::string& id : ids) HW_RETURN_IF_ERROR(ReadEdges(id));
    HW_RETURN_IF_ERROR(Documents());
    for (const std::string& id : ids) {
      if (recorded_) HW_RETURN_IF_ERROR(Claim(id));
      HW_RETURN_IF_ERROR(Attributions(id));
      HW_RETURN_IF_ERROR(Reviews(id));
    }
    HW_RETURN_IF_ERROR(Relations(ids));
    out_.claims = std::move(related.same);
    return std::move(out_);
  }

 private:
  absl::Status ReadEdges(const std::string& claim) {
    absl::Status counted;
    HW_RETURN_IF_ERROR(
        reading_.reader().ForEachEdge(claim, reading_.point.sequence, [&](Edge edge) {
          edge.hedges.clear();
          counted = budget_->Read(1 + edge.cites.size() / 4);
          if (counted.ok()) {
            counted = budget_->Attribution(
                edge.cites.size(),
                sizeof(edge) + edge.cites.size() * sizeof(records::EdgeCitation));
          }
          if (!counted.ok()) return false;
          if (!edge.deleted) ++out_.documents[edge.document.id].told;
          if (recorded_) out_.documents.try_emplace(edge.document.id);
          if (recorded_ || !edge.deleted) out_.edges.push_back(std::move(edge));
          return true;
        }));
    return counted;
  }

  // Hands each resource whose name key begins with `prefix`, with what was done to it by the read
  // point, to `take`.
  absl::Status ForEachHistory(const std::string& prefix,
                              const std::function<absl::Status(const Name&, History)>& take) {
    const std::unique_ptr<kv::Cursor> cursor = reading_.point.view.snapshot->Range(
        kv::Keyspace::kNames, prefix, keys::PrefixEnd(prefix), reading_.patience);
    std::string current;
    History history;
    const auto close = [&]() -> absl::Status {
      if (history.empty()) return absl::OkStatus();
      std::reverse(history.begin(), history.end());
      absl::string_view key = current;
      const std::optional<Name> name = Name::TakeKey(&key);
      if (!name) return records::Damaged("a name cannot be read");
      return take(*name, std::exchange(history, {}));
    };
    for (; cursor->Valid(); cursor->Next()) {
      absl::string_view key = cursor->key();
      const uint64_t sequence = keys::ReadDescending(key.substr(key.size() - sizeof(uint64_t)));
      key.remove_suffix(sizeof(uint64_t));
      if (sequence > reading_.point.sequence) continue;
      if (key != current) {
        HW_RETURN_IF_ERROR(close());
        current = std::string(key);
      }
      HW_RETURN_IF_ERROR(budget_->Read(1));
      if (++revisions_ > kMostTimelineRevisions)
        return budget_->TooMany(kMostTimelineRevisions, "revisions");
      history.push_back({sequence, static_cast<v1::Operation>(cursor->value()[0])});
    }
    HW_RETURN_IF_ERROR(cursor->status());
    return close();
  }

  size_t Subject(const Name& name, const std::string& claim) {
    out_.subjects.push_back({name, claim});
    return out_.subjects.size() - 1;
  }

  void Add(v1::TimelineEventKind kind, uint64_t sequence, size_t subject, std::string date = "",
           v1::TimelineDateKind date_kind = v1::TIMELINE_DATE_KIND_UNSPECIFIED) {
    if (date.empty()) date_kind = v1::TIMELINE_DATE_KIND_UNSPECIFIED;
    out_.moments.push_back({kind, sequence, subject, std::move(date), date_kind});
  }

  // Changes, where `revisions` asks for them, deletions and undeletions: our own work.
  void AddWork(const History& history, size_t subject, bool revisions) {
    if (!recorded_) return;
    for (const Step& step : history) {
      if (step.operation == v1::OPERATION_DELETE)
        Add(v1::TIMELINE_EVENT_KIND_DELETED, step.sequence, subject);
      if (step.operation == v1::OPERATION_UNDELETE)
        Add(v1::TIMELINE_EVENT_KIND_UNDELETED, step.sequence, subject);
      if (step.operation == v1::OPERATION_UPDATE && revisions)
        Add(v1::TIMELINE_EVENT_KIND_REVISED, step.sequence, subject);
    }
  }

  // A withdrawal came with the creation or by an operation of its own.
  static uint64_t WithdrawnBy(const History& history) {
    for (const Step& step : history) {
      if (step.operation == v1::OPERATION_WITHDRAW) return step.sequence;
    }
    return history.front().sequence;
  }

  static bool IsLive(const History& history) {
    return history.back().operation != v1::OPERATION_DELETE;
  }

  absl::Status Claim(const std::string& id) {
    return ForEachHistory(Name{Kind::kClaim, "", id}.Key(), [&](const Name& name, History history) {
      const size_t subject = Subject(name, id);
      Add(v1::TIMELINE_EVENT_KIND_RECORDED, history.front().sequence, subject);
      AddWork(history, subject, /*revisions=*/true);
      return absl::OkStatus();
    });
  }

  absl::Status Attributions(const std::string& claim) {
    return ForEachHistory(
        keys::NameKeyPrefix(Kind::kAttribution, claim), [&](const Name& name, History history) {
          if (!recorded_ && !IsLive(history)) return absl::OkStatus();
          // Edges, too, come in the order of names.
          if (next_edge_ == out_.edges.size() || out_.edges[next_edge_].attribution != name)
            return records::Damaged("an edge is missing");
          AddAttribution(name, history, next_edge_++);
          return absl::OkStatus();
        });
  }

  void AddAttribution(const Name& name, const History& history, size_t place) {
    const Edge& edge = out_.edges[place];
    const size_t subject = Subject(name, name.claim);
    out_.subjects[subject].edge = place;
    if (!edge.said_date.empty()) {
      Add(v1::TIMELINE_EVENT_KIND_STATED, edge.recorded, subject, edge.said_date,
          v1::TIMELINE_DATE_KIND_SAID);
    } else {
      Add(v1::TIMELINE_EVENT_KIND_STATED, edge.recorded, subject,
          out_.documents[edge.document.id].published, v1::TIMELINE_DATE_KIND_PUBLISHED);
    }
    if (edge.withdrawn) {
      Add(KindOf(edge.withdrawal_kind), WithdrawnBy(history), subject, edge.withdrawn_date,
          v1::TIMELINE_DATE_KIND_WITHDRAWN);
    }
    AddWork(history, subject, /*revisions=*/true);
  }

  absl::Status Documents() {
    std::set<std::string> ids;
    for (const auto& [id, document] : out_.documents) ids.insert(id);
    std::vector<Name> names;
    for (const std::string& id : ids) names.push_back(Name{Kind::kDocument, "", id});
    std::vector<std::pair<size_t, v1::Withdrawal>> changed;
    HW_RETURN_IF_ERROR(LoadEach<v1::Document>(
        reading_, budget_, names, [&](size_t i, const v1::Document& document, bool deleted) {
          TimelineDocument& told = out_.documents[names[i].id];
          told.published = document.published_date();
          told.recording_error =
              document.withdrawal().kind() == v1::WITHDRAWAL_KIND_RECORDING_ERROR;
          v1::Withdrawal withdrawal;
          withdrawal.set_kind(document.withdrawal().kind());
          withdrawal.set_withdrawn_date(document.withdrawal().withdrawn_date());
          // The other revisions say nothing on the published axis.
          if (recorded_ || (document.has_withdrawal() && !deleted))
            changed.emplace_back(i, std::move(withdrawal));
          return budget_->Document(sizeof(TimelineDocument) + sizeof(v1::Withdrawal));
        }));
    for (const auto& [i, withdrawal] : changed) {
      HW_RETURN_IF_ERROR(
          ForEachHistory(names[i].Key(), [&](const Name& name, const History& history) {
            const size_t subject = Subject(name, "");
            if (withdrawal.kind() != v1::WITHDRAWAL_KIND_UNSPECIFIED) {
              Add(KindOf(withdrawal.kind()), WithdrawnBy(history), subject,
                  withdrawal.withdrawn_date(), v1::TIMELINE_DATE_KIND_WITHDRAWN);
            }
            AddWork(history, subject, /*revisions=*/false);
            return absl::OkStatus();
          }));
    }
    return absl::OkStatus();
  }

  absl::Status CountBody() {
    return ++bodies_ > kMostTimelineBodies
               ? budget_->TooMany(kMostTimelineBodies, "revisions of relations and reviews")
               : budget_->Read(1);
  }

  absl::Status Reviews(const std::string& claim) {
    return ForEachHistory(
        keys::NameKeyPrefix(Kind::kReview, claim),
        [&](const Name& name, const History& history) -> absl::Status {
          if (!recorded_ && !IsLive(history)) return absl::OkStatus();
          HW_RETURN_IF_ERROR(CountBody());
          HW_ASSIGN_OR_RETURN(const Stored stored, reading_.reader().Load(history.back().sequence));
          v1::Review review;
          if (!review.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
            return records::Damaged("a review cannot be read");
          const size_t subject = Subject(name, claim);
          Add(v1::TIMELINE_EVENT_KIND_REVIEWED, history.front().sequence, subject,
              review.published_date(), v1::TIMELINE_DATE_KIND_PUBLISHED);
          AddWork(history, subject, /*revisions=*/false);
          return absl::OkStatus();
        });
  }

  // Those of the claims, and those of others to them.
  absl::Status Relations(const std::vector<std::string>& claims) {
    std::map<std::string, std::string> of;  // key of a relation's name: which claim it is of
    for (const std::string& claim : claims) {
      size_t rows = budget_->bounds().relations;
      const Scan scan = Scan::Referrers(Name{Kind::kClaim, "", claim});
      absl::Status counted;
      HW_ASSIGN_OR_RETURN(
          const std::string rest,
          scan.Run(reading_.point, reading_.patience, "", &rows, [&](const Candidate& candidate) {
            counted = budget_->Relations(1);
            if (candidate.name.kind == Kind::kRelation && (recorded_ || !candidate.deleted))
              of.try_emplace(candidate.name.Key(), claim);
            return counted.ok();
          }));
      HW_RETURN_IF_ERROR(counted);
      if (!rest.empty()) return budget_->TooMany(budget_->bounds().relations, "relations");
    }
    for (const std::string& claim : claims) {
      HW_RETURN_IF_ERROR(ForEachHistory(keys::NameKeyPrefix(Kind::kRelation, claim),
                                        [&](const Name& name, const History& history) {
                                          of.erase(name.Key());
                                          return AddRelation(name, claim, history);
                                        }));
    }
    for (const auto& [key, claim] : of) {
      HW_RETURN_IF_ERROR(
          ForEachHistory(key, [&, claim = claim](const Name& name, const History& history) {
            return AddRelation(name, claim, history);
          }));
    }
    return absl::OkStatus();
  }

  // Each time that its state became another.
  absl::Status AddRelation(const Name& name, const std::string& claim, const History& history) {
    if (!recorded_ && !IsLive(history)) return absl::OkStatus();
    const size_t subject = Subject(name, claim);
    v1::RelationState state = v1::RELATION_STATE_UNSPECIFIED;
    for (const Step& step : history) {
      if (step.operation != v1::OPERATION_CREATE && step.operation != v1::OPERATION_UPDATE)
        continue;
      HW_RETURN_IF_ERROR(CountBody());
      HW_ASSIGN_OR_RETURN(const Stored stored, reading_.reader().Load(step.sequence));
      v1::Relation relation;
      if (!relation.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
        return records::Damaged("a relation cannot be read");
      if (relation.state() == state) continue;
      state = relation.state();
      if (state == v1::RELATION_STATE_CONFIRMED) {
        Add(v1::TIMELINE_EVENT_KIND_RELATION_CONFIRMED, step.sequence, subject,
            DateOf(relation.has_confirm_time(), relation.confirm_time()),
            v1::TIMELINE_DATE_KIND_DECIDED);
      } else if (state == v1::RELATION_STATE_REFUSED) {
        Add(v1::TIMELINE_EVENT_KIND_RELATION_REFUSED, step.sequence, subject,
            DateOf(relation.has_refuse_time(), relation.refuse_time()),
            v1::TIMELINE_DATE_KIND_DECIDED);
      } else if (recorded_) {
        Add(v1::TIMELINE_EVENT_KIND_RELATION_SUGGESTED, step.sequence, subject);
      }
    }
    AddWork(history, subject, /*revisions=*/false);
    return absl::OkStatus();
  }

  const Reading& reading_;
  const bool recorded_;
  GatherBudget* const budget_;
  IndexWalk walk_;
  TimelineMoments out_;
  size_t next_edge_ = 0;
  size_t revisions_ = 0;
  size_t bodies_ = 0;
};

}  // namespace

absl::StatusOr<TimelineMoments> GatherMoments(const Reading& reading, const keys::Name& claim,
                                              bool recorded, GatherBudget* budget) {
  return Gatherer(reading, recorded, budget).Run(claim);
}

}  // namespace headwater::database
