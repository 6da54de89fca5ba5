#include "database/questions/timeline_page.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/edtf.h"
#include "base/status_macros.h"
#include "database/questions/trace_records.h"
#include "headwater/v1/relation.pb.h"
#include "headwater/v1/review.pb.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using records::Stored;

template <class Resource>
absl::StatusOr<Resource> Parsed(const Stored& stored) {
  Resource resource;
  if (!resource.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
    return records::Damaged("a resource cannot be read");
  return resource;
}

void SetTime(int64_t micros, google::protobuf::Timestamp* out) {
  constexpr int64_t kMicrosASecond = 1'000'000;
  out->set_seconds(micros / kMicrosASecond);
  out->set_nanos(static_cast<int32_t>(micros % kMicrosASecond) * 1000);
}

class Pager {
 public:
  Pager(const Reading& reading, const TimelineMoments& all, GatherBudget* budget,
        v1::ListTimelineResponse* response)
      : reading_(reading),
        all_(all),
        budget_(budget),
        response_(*response),
        records_(reading, budget) {
    for (const RelatedClaim& claim : all.claims) texts_[claim.id] = claim.text;
  }

  absl::StatusOr<size_t> Run(absl::Span<const TimelineMoment* const> moments) {
    constexpr size_t kChunk = 50;
    size_t bytes = 0;
    size_t added = 0;
    for (; added < moments.size() && bytes < kMostPageBytes / 2; ++added) {
      if (added % kChunk == 0) HW_RETURN_IF_ERROR(LoadChunk(moments.subspan(added, kChunk)));
      v1::TimelineEvent* const event = response_.add_events();
      HW_RETURN_IF_ERROR(Fill(*moments[added], chunk_[added % kChunk], event));
      bytes += event->ByteSizeLong();
    }
    HW_RETURN_IF_ERROR(LoadTexts());
    HW_RETURN_IF_ERROR(records_.Load());
    for (v1::TimelineEvent& event : *response_.mutable_events()) Complete(&event);
    return added;
  }

 private:
  absl::Status LoadChunk(absl::Span<const TimelineMoment* const> moments) {
    std::vector<uint64_t> sequences;
    for (const TimelineMoment* moment : moments) sequences.push_back(moment->sequence);
    HW_RETURN_IF_ERROR(budget_->Read(sequences.size()));
    HW_ASSIGN_OR_RETURN(chunk_, reading_.reader().LoadAll(sequences));
    return absl::OkStatus();
  }

  absl::Status Fill(const TimelineMoment& moment, const Stored& stored, v1::TimelineEvent* event) {
    const TimelineSubject& subject = all_.subjects[moment.subject];
    event->set_kind(moment.kind);
    event->set_resource(subject.name.Text());
    if (!subject.claim.empty()) event->set_claim(Name{Kind::kClaim, "", subject.claim}.Text());
    *event->mutable_date() = DatedBy(moment.date, moment.date_kind);
    event->set_recorded_sequence(static_cast<int64_t>(moment.sequence));
    SetTime(stored.entry.commit_micros, event->mutable_recorded_time());
    event->set_actor(std::string(stored.entry.actor));
    if (stored.entry.deleted()) event->set_reason(std::string(stored.entry.stored));
    switch (subject.name.kind) {
      case Kind::kAttribution:
        return FillAttribution(subject, stored, event);
      case Kind::kDocument:
        return FillDocument(subject, stored, event);
      case Kind::kRelation:
        return FillRelation(subject, stored, event);
      case Kind::kReview:
        return FillReview(subject, event);
      default: {
        HW_ASSIGN_OR_RETURN(const v1::Claim claim, Parsed<v1::Claim>(stored));
        event->set_text(claim.text());
        return absl::OkStatus();
      }
    }
  }

  static bool IsWithdrawal(const v1::TimelineEvent& event) {
    return event.kind() == v1::TIMELINE_EVENT_KIND_WITHDRAWN ||
           event.kind() == v1::TIMELINE_EVENT_KIND_CORRECTED;
  }

  static void FillWithdrawal(const v1::Withdrawal& withdrawal, v1::TimelineEvent* event) {
    event->set_reason(withdrawal.reason());
    v1::TimelineWithdrawal* const out = event->mutable_withdrawal();
    out->set_kind(withdrawal.kind());
    out->set_document(withdrawal.document());
    out->set_uri(withdrawal.uri());
  }

  absl::Status FillAttribution(const TimelineSubject& subject, const Stored& stored,
                               v1::TimelineEvent* event) {
    const records::Edge& edge = all_.edges[subject.edge];
    v1::TimelineStatement* const out = event->mutable_statement();
    out->set_source(edge.source.Text());
    out->set_stance(edge.stance);
    out->set_basis(edge.basis);
    out->set_document(edge.document.Text());
    out->set_said_date(edge.said_date);
    records_.MentionSource(edge.source);
    records_.MentionDocument(edge.document);
    if (!IsWithdrawal(*event)) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(const v1::Attribution attribution, Parsed<v1::Attribution>(stored));
    FillWithdrawal(attribution.withdrawal(), event);
    return absl::OkStatus();
  }

  absl::Status FillDocument(const TimelineSubject& subject, const Stored& stored,
                            v1::TimelineEvent* event) {
    HW_ASSIGN_OR_RETURN(const v1::Document document, Parsed<v1::Document>(stored));
    event->set_text(document.title());
    if (!IsWithdrawal(*event)) return absl::OkStatus();
    FillWithdrawal(document.withdrawal(), event);
    v1::TimelineWithdrawal* const out = event->mutable_withdrawal();
    out->set_publisher(document.publisher());
    records_.MentionSource(*Name::Parse(document.publisher()));
    const auto told = all_.documents.find(subject.name.id);
    if (told != all_.documents.end()) out->set_attribution_count(told->second.told);
    return absl::OkStatus();
  }

  absl::Status FillRelation(const TimelineSubject& subject, const Stored& stored,
                            v1::TimelineEvent* event) {
    HW_ASSIGN_OR_RETURN(const v1::Relation relation, Parsed<v1::Relation>(stored));
    v1::TimelineRelation* const out = event->mutable_relation();
    out->set_claim(subject.name.Parent().Text());
    out->set_kind(relation.kind());
    out->set_target(relation.target());
    out->set_by(relation.state() == v1::RELATION_STATE_CONFIRMED ? relation.confirmed_by()
                : relation.state() == v1::RELATION_STATE_REFUSED ? relation.refused_by()
                                                                 : relation.suggested_by());
    texts_.try_emplace(IdOfOther(*event));
    return absl::OkStatus();
  }

  static std::string IdOfOther(const v1::TimelineEvent& event) {
    const v1::TimelineRelation& relation = event.relation();
    return Name::Parse(relation.claim() == event.claim() ? relation.target() : relation.claim())
        ->id;
  }

  // A review is shown as it is at the read point, whatever was done to it.
  absl::Status FillReview(const TimelineSubject& subject, v1::TimelineEvent* event) {
    HW_ASSIGN_OR_RETURN(const Stored stored, Find(reading_, subject.name, /*show_deleted=*/true));
    HW_ASSIGN_OR_RETURN(const v1::Review review, Parsed<v1::Review>(stored));
    v1::TimelineReview* const out = event->mutable_review();
    out->set_author(review.author());
    out->set_title(review.title());
    out->set_uri(review.uri());
    if (review.has_rating()) *out->mutable_rating() = review.rating();
    records_.MentionSource(*Name::Parse(review.author()));
    return budget_->Read(1);
  }

  // Of claims that relations lead to.
  absl::Status LoadTexts() {
    std::vector<Name> names;
    for (const auto& [id, text] : texts_) {
      if (text.empty()) names.push_back(Name{Kind::kClaim, "", id});
    }
    return LoadEach<v1::Claim>(reading_, budget_, names,
                               [&](size_t i, const v1::Claim& claim, bool /*deleted*/) {
                                 texts_[names[i].id] = claim.text();
                                 return absl::OkStatus();
                               });
  }

  // Sets what is read once for all events.
  void Complete(v1::TimelineEvent* event) {
    if (event->has_statement()) {
      v1::TimelineStatement* const out = event->mutable_statement();
      const TraceSource& source = SourceNamed(out->source());
      out->set_display_name(source.name);
      out->set_source_kind(source.kind);
      const TraceDocument& document = records_.document(Name::Parse(out->document())->id);
      out->set_document_title(document.title);
      out->set_published_date(document.published);
    }
    if (event->has_withdrawal() && !event->withdrawal().publisher().empty()) {
      v1::TimelineWithdrawal* const out = event->mutable_withdrawal();
      out->set_publisher_display_name(SourceNamed(out->publisher()).name);
    }
    if (event->has_relation()) event->mutable_relation()->set_other_text(texts_[IdOfOther(*event)]);
    if (event->has_review()) {
      v1::TimelineReview* const out = event->mutable_review();
      out->set_author_display_name(SourceNamed(out->author()).name);
    }
  }

  const TraceSource& SourceNamed(const std::string& name) const {
    return records_.source(Name::Parse(name)->id);
  }

  const Reading& reading_;
  const TimelineMoments& all_;
  GatherBudget* const budget_;
  v1::ListTimelineResponse& response_;
  TraceRecords records_;
  absl::flat_hash_map<std::string, std::string> texts_;  // of claims, by id
  std::vector<Stored> chunk_;
};

}  // namespace

v1::TimelineDate DatedBy(const std::string& date, v1::TimelineDateKind kind) {
  v1::TimelineDate dated;
  const absl::StatusOr<Edtf> days = ParseEdtf(date);
  if (date.empty() || !days.ok()) return dated;
  dated.set_date(date);
  dated.set_kind(kind);
  const bool bounded = !days->earliest_day || !days->latest_day;
  const std::optional<int32_t> day = days->earliest_day ? days->earliest_day : days->latest_day;
  if (day) dated.set_order_day(DayToText(*day));
  dated.set_certainty(days->uncertain || days->approximate ? v1::TIMELINE_DATE_CERTAINTY_UNCERTAIN
                      : bounded                            ? v1::TIMELINE_DATE_CERTAINTY_BOUNDED
                      : days->earliest_day == days->latest_day
                          ? v1::TIMELINE_DATE_CERTAINTY_DAY
                          : v1::TIMELINE_DATE_CERTAINTY_PERIOD);
  return dated;
}

absl::StatusOr<size_t> AddEvents(const Reading& reading, const TimelineMoments& all,
                                 absl::Span<const TimelineMoment* const> moments,
                                 GatherBudget* budget, v1::ListTimelineResponse* response) {
  return Pager(reading, all, budget, response).Run(moments);
}

}  // namespace headwater::database
