// ListTimeline: what happened to a claim and to those that say the same, in order, page by page.
#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/edtf.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/queries.h"
#include "database/questions/timeline_gather.h"
#include "database/questions/timeline_page.h"
#include "headwater/v1/provenance_service.pb.h"
#include "provenance/case.h"
#include "provenance/trace_walk.h"

namespace headwater::database {
namespace {

using provenance::Days;

// provenance_service.proto says so.
constexpr size_t kMostClaims = 100;

// Whether it is of what others did, which a date bounds, rather than our own work.
bool IsBounded(v1::TimelineEventKind kind) {
  return kind >= v1::TIMELINE_EVENT_KIND_STATED && kind <= v1::TIMELINE_EVENT_KIND_REVIEWED;
}

class Timeline {
 public:
  Timeline(const Reading& reading, TimelineMoments all) : reading_(reading), all_(std::move(all)) {}

  // Leaves out what did not certainly happen by the end of `day`.
  void Until(int32_t day) {
    const std::vector<int32_t> stated = StatedBy();
    std::erase_if(all_.moments, [&](const TimelineMoment& moment) {
      if (!IsBounded(moment.kind)) return false;
      const size_t edge = all_.subjects[moment.subject].edge;
      const Days days = Days::Of(moment.date);
      int32_t latest = days.latest;
      if (moment.kind == v1::TIMELINE_EVENT_KIND_STATED) latest = stated[edge];
      if (IsOurError(moment) || latest <= day) return false;
      ++(days.earliest > day ? later_ : perhaps_later_);
      return true;
    });
  }

  absl::StatusOr<v1::ListTimelineResponse> Page(const v1::ListTimelineRequest& request,
                                                size_t begin, size_t page_size,
                                                GatherBudget* budget) {
    const std::vector<const TimelineMoment*> order =
        Order(request.axis() == v1::TIMELINE_AXIS_RECORDED);
    if (begin > order.size())
      return InvalidField("page_token", "was not given out by this timeline");
    v1::ListTimelineResponse response;
    const absl::Span<const TimelineMoment* const> page =
        absl::MakeConstSpan(order).subspan(begin, page_size);
    HW_ASSIGN_OR_RETURN(const size_t added, AddEvents(reading_, all_, page, budget, &response));
    if (begin + added < order.size()) {
      response.set_next_page_token(
          EncodePageToken({reading_.point.sequence, absl::StrCat(begin + added)}, request));
    }
    response.set_read_sequence(static_cast<int64_t>(reading_.point.sequence));
    for (size_t i = 0; i < all_.claims.size() && i < kMostClaims; ++i) {
      v1::TracedClaim* const claim = response.add_claims();
      claim->set_claim(keys::Name{keys::Kind::kClaim, "", all_.claims[i].id}.Text());
      claim->set_text(all_.claims[i].text);
      claim->set_language(all_.claims[i].language);
    }
    response.set_claim_count(static_cast<int32_t>(all_.claims.size()));
    response.set_event_count(static_cast<int32_t>(order.size()));
    response.set_perhaps_later_count(perhaps_later_);
    response.set_later_count(later_);
    return response;
  }

 private:
  // The last day on which each attribution can have been made.
  std::vector<int32_t> StatedBy() const {
    std::vector<int32_t> own;
    std::vector<bool> live;
    for (const records::Edge& edge : all_.edges) {
      const auto document = all_.documents.find(edge.document.id);
      own.push_back(
          std::min(Days::Of(edge.said_date).latest, Days::Of(document->second.published).latest));
      live.push_back(!edge.deleted);
    }
    return provenance::LastDays(provenance::TraceGraph(all_.edges), own, live);
  }

  // What was recorded wrongly was so from the beginning.
  bool IsOurError(const TimelineMoment& moment) const {
    if (moment.kind != v1::TIMELINE_EVENT_KIND_WITHDRAWN) return false;
    const TimelineSubject& subject = all_.subjects[moment.subject];
    if (subject.name.kind == keys::Kind::kAttribution) {
      return all_.edges[subject.edge].withdrawal_kind == v1::WITHDRAWAL_KIND_RECORDING_ERROR;
    }
    return all_.documents.find(subject.name.id)->second.recording_error;
  }

  std::vector<const TimelineMoment*> Order(bool recorded) const {
    struct Placed {
      int32_t day;
      const TimelineMoment* moment;
    };
    std::vector<Placed> placed;
    for (const TimelineMoment& moment : all_.moments) {
      int32_t day = std::numeric_limits<int32_t>::max();
      if (!recorded) {
        const std::string text = DatedBy(moment.date, moment.date_kind).order_day();
        day = DayFromText(text).value_or(day);
      }
      placed.push_back({day, &moment});
    }
    // Moments were found resource by resource, so those of one sequence stay in an order of names.
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& one, const Placed& other) {
      return std::make_tuple(one.day, one.moment->sequence, one.moment->kind) <
             std::make_tuple(other.day, other.moment->sequence, other.moment->kind);
    });
    std::vector<const TimelineMoment*> order;
    for (const Placed& one : placed) order.push_back(one.moment);
    return order;
  }

  const Reading& reading_;
  TimelineMoments all_;
  int32_t perhaps_later_ = 0;
  int32_t later_ = 0;
};

}  // namespace

Reply ListTimeline(const Reading& reading, const v1::ListTimelineRequest& request, size_t page_size,
                   const std::string& position) {
  HW_ASSIGN_OR_RETURN(const std::optional<int32_t> day, LastDay(request.published_until()));
  size_t begin = 0;
  if (!position.empty() && !absl::SimpleAtoi(position, &begin))
    return InvalidField("page_token", "was not given out by this timeline");
  const keys::Name claim = *keys::Name::Parse(request.name());
  GatherBudget budget(claim, {}, reading.patience);
  HW_ASSIGN_OR_RETURN(
      TimelineMoments all,
      GatherMoments(reading, claim, request.axis() == v1::TIMELINE_AXIS_RECORDED, &budget));
  Timeline timeline(reading, std::move(all));
  if (day) timeline.Until(*day);
  HW_ASSIGN_OR_RETURN(const v1::ListTimelineResponse response,
                      timeline.Page(request, begin, page_size, &budget));
  return response.SerializeAsString();
}

}  // namespace headwater::database
