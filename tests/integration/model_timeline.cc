// Event by event, as timeline.proto and ListTimelineRequest define them.
#include "model_timeline.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "base/edtf.h"

namespace headwater::model {
namespace {

using Strings = std::set<std::string>;

constexpr int32_t kNoDay = std::numeric_limits<int32_t>::max();

// The days that are certainly those meant; none where the date does not say.
struct Span {
  int32_t first = std::numeric_limits<int32_t>::min();
  int32_t last = kNoDay;
};

Span SpanOf(const std::string& date) {
  Span span;
  const absl::StatusOr<Edtf> parsed = ParseEdtf(date);
  if (date.empty() || !parsed.ok() || parsed->uncertain || parsed->approximate) return span;
  if (parsed->earliest_day) span.first = *parsed->earliest_day;
  if (parsed->latest_day) span.last = *parsed->latest_day;
  return span;
}

v1::TimelineDate DateOf(const std::string& date, v1::TimelineDateKind kind) {
  v1::TimelineDate dated;
  if (date.empty()) return dated;
  const Edtf days = *ParseEdtf(date);
  dated.set_date(date);
  dated.set_kind(kind);
  if (days.earliest_day) {
    dated.set_order_day(DayToText(*days.earliest_day));
  } else if (days.latest_day) {
    dated.set_order_day(DayToText(*days.latest_day));
  }
  if (days.uncertain || days.approximate) {
    dated.set_certainty(v1::TIMELINE_DATE_CERTAINTY_UNCERTAIN);
  } else if (!days.earliest_day || !days.latest_day) {
    dated.set_certainty(v1::TIMELINE_DATE_CERTAINTY_BOUNDED);
  } else if (*days.earliest_day < *days.latest_day) {
    dated.set_certainty(v1::TIMELINE_DATE_CERTAINTY_PERIOD);
  } else {
    dated.set_certainty(v1::TIMELINE_DATE_CERTAINTY_DAY);
  }
  return dated;
}

std::string DayOf(const google::protobuf::Timestamp& time) {
  const absl::CivilDay day =
      absl::ToCivilDay(absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
  return absl::StrCat(absl::Dec(day.year(), absl::kZeroPad4), "-",
                      absl::Dec(day.month(), absl::kZeroPad2), "-",
                      absl::Dec(day.day(), absl::kZeroPad2));
}

class Telling {
 public:
  Telling(const Model& model, const v1::ListTimelineRequest& request, std::optional<int32_t> until,
          int64_t sequence)
      : model_(model),
        request_(request),
        recorded_(request.axis() == v1::TIMELINE_AXIS_RECORDED),
        until_(until),
        sequence_(sequence) {}

  v1::ListTimelineResponse Run() {
    FindClaims();
    for (const std::string& name : model_.Names(Kind::kAttribution, sequence_)) {
      if (IsOurs(name) && Shows(name)) attributions_.push_back(name);
    }
    for (const std::string& name : attributions_) TellAttribution(name);
    for (const std::string& name : Documents()) TellDocument(name);
    for (const std::string& name : model_.Names(Kind::kReview, sequence_)) {
      if (IsOurs(name) && Shows(name)) TellReview(name);
    }
    for (const std::string& name : model_.Names(Kind::kRelation, sequence_)) {
      if (Shows(name)) TellRelation(name);
    }
    for (const std::string& name : claims_) {
      if (recorded_) TellClaim(name);
    }
    return Answer();
  }

 private:
  struct Event {
    v1::TimelineEvent event;
    bool wrongly_recorded = false;
  };

  // Those that live, confirmed relations between live claims say to be the same.
  void FindClaims() {
    claims_.insert(request_.name());
    for (size_t size = 0; size != claims_.size();) {
      size = claims_.size();
      for (const std::string& name : model_.Names(Kind::kRelation, sequence_)) {
        const v1::Relation& relation = Record(name).relation();
        const std::string from = "claims/" + ClaimOfName(name);
        const std::string& to = relation.target();
        if (relation.kind() != v1::RELATION_KIND_SAME_AS ||
            relation.state() != v1::RELATION_STATE_CONFIRMED || !IsLive(name) || !IsLive(from) ||
            !IsLive(to))
          continue;
        if (claims_.contains(from)) claims_.insert(to);
        if (claims_.contains(to)) claims_.insert(from);
      }
    }
  }

  const v1::Record& Record(const std::string& name) const {
    return model_.Find(name, sequence_)->record();
  }
  const v1::Source& Source(const std::string& name) const { return Record(name).source(); }
  bool IsLive(const std::string& name) const { return model_.IsLive(name, sequence_); }
  bool IsOurs(const std::string& child) const {
    return claims_.contains("claims/" + ClaimOfName(child));
  }
  // What is deleted is on the recorded axis alone.
  bool Shows(const std::string& name) const { return recorded_ || IsLive(name); }

  // By the read point, oldest first.
  std::vector<const v1::Revision*> History(const std::string& name) const {
    std::vector<const v1::Revision*> history = model_.RevisionsOf(name);
    std::reverse(history.begin(), history.end());
    std::erase_if(history, [&](const v1::Revision* each) { return each->sequence() > sequence_; });
    return history;
  }
  // The one by which it was withdrawn.
  const v1::Revision& Withdrawn(const std::string& name) const {
    const std::vector<const v1::Revision*> history = History(name);
    for (const v1::Revision* revision : history) {
      const v1::Record& record = revision->record();
      if (record.attribution().has_withdrawal() || record.document().has_withdrawal())
        return *revision;
    }
    return *history.front();
  }

  v1::TimelineEvent* Tell(v1::TimelineEventKind kind, const std::string& name,
                          const std::string& claim, const v1::Revision& revision) {
    v1::TimelineEvent* event = &events_.emplace_back().event;
    event->set_kind(kind);
    event->set_resource(name);
    event->set_claim(claim);
    event->mutable_date();
    event->set_recorded_sequence(revision.sequence());
    *event->mutable_recorded_time() = revision.commit_time();
    event->set_actor(revision.actor());
    if (revision.operation() == v1::OPERATION_DELETE) event->set_reason(revision.reason());
    return event;
  }

  // Calls `fill` with each event of our own work, and the revision that it is of.
  template <class Fill>
  void TellWork(const std::string& name, const std::string& claim, bool revisions,
                const Fill& fill) {
    if (!recorded_) return;
    for (const v1::Revision* revision : History(name)) {
      const v1::Operation done = revision->operation();
      auto kind = v1::TIMELINE_EVENT_KIND_UNSPECIFIED;
      if (done == v1::OPERATION_DELETE) kind = v1::TIMELINE_EVENT_KIND_DELETED;
      if (done == v1::OPERATION_UNDELETE) kind = v1::TIMELINE_EVENT_KIND_UNDELETED;
      if (done == v1::OPERATION_UPDATE && revisions) kind = v1::TIMELINE_EVENT_KIND_REVISED;
      if (kind != v1::TIMELINE_EVENT_KIND_UNSPECIFIED)
        fill(*revision, Tell(kind, name, claim, *revision));
    }
  }

  // Tells of what is withdrawn now, by the revision that did so.
  v1::TimelineEvent* TellWithdrawal(const std::string& name, const std::string& claim,
                                    const v1::Withdrawal& withdrawal) {
    v1::TimelineEvent* const event =
        Tell(withdrawal.kind() == v1::WITHDRAWAL_KIND_CORRECTED ? v1::TIMELINE_EVENT_KIND_CORRECTED
                                                                : v1::TIMELINE_EVENT_KIND_WITHDRAWN,
             name, claim, Withdrawn(name));
    events_.back().wrongly_recorded = withdrawal.kind() == v1::WITHDRAWAL_KIND_RECORDING_ERROR;
    *event->mutable_date() = DateOf(withdrawal.withdrawn_date(), v1::TIMELINE_DATE_KIND_WITHDRAWN);
    event->set_reason(withdrawal.reason());
    event->mutable_withdrawal()->set_kind(withdrawal.kind());
    event->mutable_withdrawal()->set_document(withdrawal.document());
    event->mutable_withdrawal()->set_uri(withdrawal.uri());
    return event;
  }

  void TellClaim(const std::string& name) {
    const v1::Revision& first = *History(name).front();
    Tell(v1::TIMELINE_EVENT_KIND_RECORDED, name, name, first)
        ->set_text(first.record().claim().text());
    TellWork(name, name, true, [](const v1::Revision& revision, v1::TimelineEvent* event) {
      event->set_text(revision.record().claim().text());
    });
  }

  void TellAttribution(const std::string& name) {
    const v1::Attribution& attribution = Record(name).attribution();
    const v1::Document& document = Record(attribution.document()).document();
    const std::string claim = "claims/" + ClaimOfName(name);
    v1::TimelineStatement statement;
    statement.set_source(attribution.source());
    statement.set_display_name(Source(attribution.source()).display_name());
    statement.set_source_kind(Source(attribution.source()).kind());
    statement.set_stance(attribution.stance());
    statement.set_basis(attribution.basis());
    statement.set_document(attribution.document());
    statement.set_document_title(document.title());
    statement.set_said_date(attribution.said_date());
    statement.set_published_date(document.published_date());
    v1::TimelineEvent* const said =
        Tell(v1::TIMELINE_EVENT_KIND_STATED, name, claim, *History(name).front());
    *said->mutable_statement() = statement;
    *said->mutable_date() =
        attribution.said_date().empty()
            ? DateOf(document.published_date(), v1::TIMELINE_DATE_KIND_PUBLISHED)
            : DateOf(attribution.said_date(), v1::TIMELINE_DATE_KIND_SAID);
    if (attribution.has_withdrawal())
      *TellWithdrawal(name, claim, attribution.withdrawal())->mutable_statement() = statement;
    TellWork(name, claim, true, [&](const v1::Revision&, v1::TimelineEvent* event) {
      *event->mutable_statement() = statement;
    });
  }

  Strings Documents() const {
    Strings documents;
    for (const std::string& name : attributions_)
      documents.insert(Record(name).attribution().document());
    return documents;
  }

  void TellDocument(const std::string& name) {
    const v1::Document& document = Record(name).document();
    if (document.has_withdrawal() && Shows(name)) {
      v1::TimelineEvent* const event = TellWithdrawal(name, "", document.withdrawal());
      event->set_text(Withdrawn(name).record().document().title());
      v1::TimelineWithdrawal* const withdrawal = event->mutable_withdrawal();
      const v1::Document& then = Withdrawn(name).record().document();
      withdrawal->set_publisher(then.publisher());
      withdrawal->set_publisher_display_name(Source(then.publisher()).display_name());
      int told = 0;
      for (const std::string& each : attributions_)
        told += IsLive(each) && Record(each).attribution().document() == name ? 1 : 0;
      withdrawal->set_attribution_count(told);
    }
    TellWork(name, "", false, [](const v1::Revision& revision, v1::TimelineEvent* event) {
      event->set_text(revision.record().document().title());
    });
  }

  void TellReview(const std::string& name) {
    const v1::Review& review = Record(name).review();
    const std::string claim = "claims/" + ClaimOfName(name);
    v1::TimelineReview told;
    told.set_author(review.author());
    told.set_author_display_name(Source(review.author()).display_name());
    told.set_title(review.title());
    told.set_uri(review.uri());
    if (review.has_rating()) *told.mutable_rating() = review.rating();
    v1::TimelineEvent* const event =
        Tell(v1::TIMELINE_EVENT_KIND_REVIEWED, name, claim, *History(name).front());
    *event->mutable_date() = DateOf(review.published_date(), v1::TIMELINE_DATE_KIND_PUBLISHED);
    *event->mutable_review() = told;
    TellWork(name, claim, false,
             [&](const v1::Revision&, v1::TimelineEvent* done) { *done->mutable_review() = told; });
  }

  void TellRelation(const std::string& name) {
    const std::string from = "claims/" + ClaimOfName(name);
    const std::string to = Record(name).relation().target();
    if (!claims_.contains(from) && !claims_.contains(to)) return;
    const std::string& claim = claims_.contains(from) ? from : to;
    const auto fill = [&](const v1::Revision& revision, v1::TimelineEvent* event) {
      const v1::Relation& relation = revision.record().relation();
      v1::TimelineRelation* const told = event->mutable_relation();
      told->set_claim(from);
      told->set_kind(relation.kind());
      told->set_target(relation.target());
      told->set_other_text(Record(claim == from ? relation.target() : from).claim().text());
      told->set_by(relation.suggested_by());
      if (relation.state() == v1::RELATION_STATE_CONFIRMED) told->set_by(relation.confirmed_by());
      if (relation.state() == v1::RELATION_STATE_REFUSED) told->set_by(relation.refused_by());
    };
    v1::RelationState state = v1::RELATION_STATE_UNSPECIFIED;
    for (const v1::Revision* revision : History(name)) {
      const v1::Relation& relation = revision->record().relation();
      if (relation.state() == state) continue;
      state = relation.state();
      auto kind = v1::TIMELINE_EVENT_KIND_RELATION_SUGGESTED;
      std::string day;
      if (state == v1::RELATION_STATE_CONFIRMED) {
        kind = v1::TIMELINE_EVENT_KIND_RELATION_CONFIRMED;
        if (relation.has_confirm_time()) day = DayOf(relation.confirm_time());
      } else if (state == v1::RELATION_STATE_REFUSED) {
        kind = v1::TIMELINE_EVENT_KIND_RELATION_REFUSED;
        if (relation.has_refuse_time()) day = DayOf(relation.refuse_time());
      } else if (!recorded_) {
        continue;
      }
      v1::TimelineEvent* const event = Tell(kind, name, claim, *revision);
      *event->mutable_date() = DateOf(day, v1::TIMELINE_DATE_KIND_DECIDED);
      fill(*revision, event);
    }
    TellWork(name, claim, false, fill);
  }

  // Whether one attribution cites another, by name or as what its source said by then.
  bool Cites(const std::string& citing, const std::string& cited) const {
    const v1::Attribution& one = Record(citing).attribution();
    const v1::Attribution& other = Record(cited).attribution();
    return std::any_of(one.cites().begin(), one.cites().end(), [&](const v1::Citation& citation) {
      if (citation.has_attribution()) return citation.attribution() == cited;
      return citation.source() == other.source() && citing != cited &&
             !(SpanOf(other.said_date()).first > SpanOf(one.said_date()).last);
    });
  }

  // The last day on which each can have been made, worked out until nothing changes.
  std::map<std::string, int32_t> LastDays() const {
    std::map<std::string, int32_t> last;
    for (const std::string& name : attributions_) {
      const v1::Attribution& attribution = Record(name).attribution();
      last[name] =
          std::min(SpanOf(attribution.said_date()).last,
                   SpanOf(Record(attribution.document()).document().published_date()).last);
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (const std::string& citing : attributions_) {
        for (const std::string& cited : attributions_) {
          if (!IsLive(citing) || last[citing] >= last[cited] || !Cites(citing, cited)) continue;
          last[cited] = last[citing];
          changed = true;
        }
      }
    }
    return last;
  }

  // Whether it is left out, and counted.
  bool IsLater(const Event& one, const std::map<std::string, int32_t>& stated,
               v1::ListTimelineResponse* response) const {
    const v1::TimelineEventKind kind = one.event.kind();
    const bool is_others =
        kind == v1::TIMELINE_EVENT_KIND_STATED || kind == v1::TIMELINE_EVENT_KIND_WITHDRAWN ||
        kind == v1::TIMELINE_EVENT_KIND_CORRECTED || kind == v1::TIMELINE_EVENT_KIND_REVIEWED;
    if (!is_others || one.wrongly_recorded) return false;
    const Span span = SpanOf(one.event.date().date());
    const int32_t last =
        kind == v1::TIMELINE_EVENT_KIND_STATED ? stated.at(one.event.resource()) : span.last;
    if (last <= *until_) return false;
    if (span.first > *until_) {
      response->set_later_count(response->later_count() + 1);
    } else {
      response->set_perhaps_later_count(response->perhaps_later_count() + 1);
    }
    return true;
  }

  v1::ListTimelineResponse Answer() {
    v1::ListTimelineResponse response;
    if (until_) {
      const std::map<std::string, int32_t> stated = LastDays();
      std::erase_if(events_, [&](const Event& one) { return IsLater(one, stated, &response); });
    }
    const auto rank = [&](const Event& one) {
      const std::string& day = one.event.date().order_day();
      const int32_t place = recorded_ || day.empty() ? kNoDay : *ParseEdtf(day)->earliest_day;
      return std::make_tuple(place, one.event.recorded_sequence(), one.event.kind());
    };
    std::sort(events_.begin(), events_.end(),
              [&](const Event& one, const Event& other) { return rank(one) < rank(other); });
    for (const Event& one : events_) *response.add_events() = one.event;
    response.set_event_count(response.events_size());
    response.set_read_sequence(sequence_);
    std::vector<std::string> names = {request_.name()};
    for (const std::string& name : claims_) {
      if (name != request_.name()) names.push_back(name);
    }
    for (const std::string& name : names) {
      v1::TracedClaim* const claim = response.add_claims();
      claim->set_claim(name);
      claim->set_text(Record(name).claim().text());
      claim->set_language(Record(name).claim().language());
    }
    response.set_claim_count(response.claims_size());
    return response;
  }

  const Model& model_;
  const v1::ListTimelineRequest& request_;
  const bool recorded_;
  const std::optional<int32_t> until_;
  const int64_t sequence_;
  Strings claims_;                         // names
  std::vector<std::string> attributions_;  // names of those on the axis
  std::vector<Event> events_;
};

}  // namespace

absl::StatusOr<v1::ListTimelineResponse> TimelineOf(const Model& model,
                                                    const v1::ListTimelineRequest& request,
                                                    std::optional<int32_t> until,
                                                    int64_t sequence) {
  if (!model.IsLive(request.name(), sequence)) return absl::NotFoundError(request.name());
  return Telling(model, request, until, sequence).Run();
}

}  // namespace headwater::model
