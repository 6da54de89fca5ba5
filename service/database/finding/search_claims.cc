// SearchClaims.
#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/cancellation.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "database/errors.h"
#include "database/finding/claim_filter.h"
#include "database/finding/claim_summary.h"
#include "database/finding/facets.h"
#include "database/finding/finding.h"
#include "database/finding/index_point.h"
#include "database/finding/kept_states.h"
#include "database/finding/list_filtered.h"
#include "database/finding/near_claims.h"
#include "database/finding/record_index.h"
#include "database/finding/suggest.h"
#include "database/page_place.h"
#include "database/page_token.h"
#include "database/standings/watermark.h"
#include "search/query/evaluate.h"

namespace headwater::database {
namespace {

constexpr size_t kDefaultPage = 20;
constexpr size_t kFacetHits = 1000;
constexpr auto kStandingsPatience = std::chrono::milliseconds(200);

// Where a page begins, in its token: the state of the index, and behind which hit.
struct Place {
  uint64_t version = 0;
  uint64_t sequence = 0;
  std::optional<search::Scored> behind;  // of a query with words
  std::string id;                        // of one without: behind this claim
};

std::string TokenOf(const Place& place, const v1::SearchClaimsRequest& request) {
  const search::Scored behind = place.behind.value_or(search::Scored());
  return EncodePageToken(
      {place.sequence, EncodePlace({absl::StrCat(place.version), absl::StrCat(behind.score),
                                    absl::StrCat(behind.number), place.id})},
      request);
}

absl::StatusOr<Place> PlaceIn(const v1::SearchClaimsRequest& request) {
  HW_ASSIGN_OR_RETURN(const PageToken token, DecodePageToken(request.page_token(), request));
  HW_ASSIGN_OR_RETURN(const std::vector<std::string> parts, DecodePlace(token.position, 3));
  Place place;
  search::Scored behind;
  place.sequence = token.sequence;
  if (!absl::SimpleAtoi(parts[0], &place.version) || !absl::SimpleAtoi(parts[1], &behind.score) ||
      !absl::SimpleAtoi(parts[2], &behind.number)) {
    return InvalidField("page_token",
                        "is no page token; take next_page_token of the page before as it is");
  }
  if (behind.score > 0) place.behind = behind;
  if (parts.size() > 3) place.id = parts[3];
  return place;
}

// Up to where how claims stand may be looked up; waits a little where that is behind the index.
absl::StatusOr<uint64_t> StandingsFor(const Finding& finding, bool is_first_page,
                                      const v1::ReadOptions& read, IndexPoint* point) {
  const uint64_t wanted = point->watermark.sequence;
  HW_ASSIGN_OR_RETURN(Watermark standings,
                      ReadWatermark(point->snapshot(), kv::Patience::kMayWait));
  if (standings.sequence < wanted && is_first_page && finding.standings != nullptr) {
    point->reading.point.view.snapshot.reset();
    finding.standings->WaitFor(wanted, kStandingsPatience);
    HW_ASSIGN_OR_RETURN(*point, LatestIndex(finding, read));
    HW_ASSIGN_OR_RETURN(standings, ReadWatermark(point->snapshot(), kv::Patience::kMayWait));
  }
  if (standings.sequence == 0 && wanted > 0) return StandingsBehind(wanted, 0);
  return std::min(standings.sequence, point->watermark.sequence);
}

class Page {
 public:
  Page(const Finding& finding, const v1::SearchClaimsRequest& request)
      : finding_(finding),
        request_(request),
        size_(request.page_size() > 0 ? static_cast<size_t>(request.page_size()) : kDefaultPage),
        is_first_(request.page_token().empty()) {}

  Reply Answer() {
    absl::StatusOr<search::ParsedQuery> parsed = search::ParseQuery(request_.query());
    if (!parsed.ok())
      return InvalidField("query", absl::StrCat("cannot be read: ", parsed.status().message()));
    query_ = *std::move(parsed);
    if (request_.has_embedding()) {
      HW_RETURN_IF_ERROR(CheckVector(request_.embedding(), "embedding"));
      if (!query_.has_words()) {
        return InvalidField("embedding",
                            "joins the order of words, and the query has none: give the text that "
                            "it was made of");
      }
    }
    HW_RETURN_IF_ERROR(FindState());
    ClaimFilter filter(point_.reading, standings_);
    HW_RETURN_IF_ERROR(filter.Take(query_));
    HW_RETURN_IF_ERROR(query_.has_words() ? Evaluate(&filter) : List(&filter));
    if (is_first_) {
      HW_RETURN_IF_ERROR(AddSuggestions(point_, request_, query_, AnalyzerOfThread(), &response_));
    }
    response_.set_read_sequence(static_cast<int64_t>(point_.watermark.sequence));
    return response_.SerializeAsString();
  }

 private:
  absl::Status FindState() {
    if (is_first_) {
      HW_ASSIGN_OR_RETURN(point_, LatestIndex(finding_, request_.read()));
    } else {
      HW_ASSIGN_OR_RETURN(place_, PlaceIn(request_));
      HW_ASSIGN_OR_RETURN(point_, IndexAgain(finding_, place_.version, place_.sequence));
    }
    const bool has_standings = std::any_of(query_.filters.begin(), query_.filters.end(),
                                           [](const search::QueryFilter& filter) {
                                             return filter.field == search::FilterField::kStanding;
                                           });
    if (has_standings) {
      HW_ASSIGN_OR_RETURN(standings_, StandingsFor(finding_, is_first_, request_.read(), &point_));
    }
    return absl::OkStatus();
  }

  absl::Status Evaluate(ClaimFilter* filter) {
    search::SearchOptions options;
    options.language = request_.language().empty() ? "und" : request_.language();
    options.most = size_;
    options.behind = place_.behind;
    options.filters = filter->groups();
    options.excluded_filters = filter->excluded();
    if (!filter->is_empty()) {
      options.may_be_hit = [filter](const std::string& id) { return filter->Holds(id); };
    }
    if (is_first_ && request_.show_facets()) options.facet_hits = kFacetHits;
    if (request_.has_embedding()) {
      HW_RETURN_IF_ERROR(FindNear());
      options.near = *near_;
    }
    HW_ASSIGN_OR_RETURN(const search::SearchResult found,
                        search::Evaluate(point_.snapshot(), keys::Corpus::kClaims, query_, options,
                                         AnalyzerOfThread(), kv::Patience::kMayWait));
    for (const search::Hit& hit : found.hits) HW_RETURN_IF_ERROR(Add(hit.id, found.stems));
    if (options.facet_hits > 0) AddFacets(found.facets, &response_);
    if (!found.is_complete && found.last_examined) GoOn({.behind = found.last_examined});
    return absl::OkStatus();
  }

  // All pages have those of the first.
  absl::Status FindNear() {
    near_ =
        finding_.states->FindNear(point_.watermark.version, NeighbourhoodKey(request_.embedding()));
    if (near_ != nullptr) return absl::OkStatus();
    if (!is_first_) return PageTokenExpired();
    HW_ASSIGN_OR_RETURN(search::Neighbourhood found,
                        NearClaims(finding_, point_, request_.embedding(), kNearClaims));
    near_ = std::make_shared<const KeptStates::Near>(std::move(found.nearest));
    return absl::OkStatus();
  }

  absl::Status List(ClaimFilter* filter) {
    FilteredListing listing;
    listing.behind = place_.id;
    listing.most = size_;
    if (is_first_ && request_.show_facets()) listing.facet_claims = kFacetHits;
    HW_ASSIGN_OR_RETURN(const FilteredClaims found,
                        ListFiltered(point_, query_, listing, filter, AnalyzerOfThread()));
    for (const std::string& id : found.ids) HW_RETURN_IF_ERROR(Add(id, {}));
    if (listing.facet_claims > 0) AddFacets(found.facets, &response_);
    if (!found.go_on.empty()) GoOn({.id = found.go_on});
    return absl::OkStatus();
  }

  absl::Status Add(const std::string& id, const std::set<std::string>& stems) {
    HW_RETURN_IF_ERROR(UnlessCancelled());
    const keys::Name name{keys::Kind::kClaim, "", id};
    Summaries summaries(point_.reading);
    HW_ASSIGN_OR_RETURN(const v1::ClaimSummary* const summary, summaries.Of(name));
    HW_ASSIGN_OR_RETURN(const std::optional<search::IndexedText> text,
                        TextAt(point_.reading, name));
    // A request that is being indexed in pieces may have made it later than the state shown.
    if (summary == nullptr || !text) return absl::OkStatus();
    v1::SearchResult* const result = response_.add_results();
    *result->mutable_claim() = *summary;
    if (stems.empty()) return absl::OkStatus();
    for (v1::Snippet& snippet : SnippetsOf(*text, stems, AnalyzerOfThread()))
      result->mutable_snippets()->Add(std::move(snippet));
    return absl::OkStatus();
  }

  void GoOn(Place place) {
    place.version = point_.watermark.version;
    place.sequence = point_.watermark.sequence;
    finding_.states->Keep(place.version, point_.reading.point.view);
    if (near_ != nullptr)
      finding_.states->KeepNear(place.version, NeighbourhoodKey(request_.embedding()), near_);
    response_.set_next_page_token(TokenOf(place, request_));
  }

  const Finding& finding_;
  const v1::SearchClaimsRequest& request_;
  const size_t size_;
  const bool is_first_;
  search::ParsedQuery query_;
  Place place_;
  IndexPoint point_;
  uint64_t standings_ = 0;
  std::shared_ptr<const KeptStates::Near> near_;
  v1::SearchClaimsResponse response_;
};

}  // namespace

Reply SearchClaims(const Finding& finding, const v1::SearchClaimsRequest& request) {
  return Page(finding, request).Answer();
}

}  // namespace headwater::database
