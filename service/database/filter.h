// What a listing is of: a kind, perhaps one claim's, perhaps only what stands under some terms or
// begins between two days.
#ifndef HEADWATER_DATABASE_FILTER_H_
#define HEADWATER_DATABASE_FILTER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "database/api.h"

namespace headwater::database {

struct Filter {
  keys::Kind kind = keys::Kind::kSource;
  std::string claim;               // of children: only this claim's; empty for any
  std::vector<std::string> terms;  // keys::Term in indexes; all must hold, the first is walked
  std::vector<std::string> standing_terms;  // the same in standings: how a claim must stand
  std::optional<int32_t> from_day;          // the listed date's first day
  std::optional<int32_t> until_day;
  bool by_name = false;  // what is found must come in the order of names: days are not walked

  bool has_days() const { return from_day || until_day; }
  // Whether the first of standing_terms is walked, and all of terms are held against what it finds.
  // About an entity or under a tag there are fewer claims than stand in one way.
  bool walks_standings() const;
  bool walks_days() const {
    return has_days() && !by_name && terms.empty() && claim.empty() && !walks_standings();
  }
};

// The filter in a List request that CheckRequest found nothing wrong with. kInvalidArgument for an
// enum number or a period that says nothing; `path` is what its field paths begin with.
absl::StatusOr<Filter> FilterOf(const v1::ListSourcesRequest& request, absl::string_view path = "");
absl::StatusOr<Filter> FilterOf(const v1::ListDocumentsRequest& request,
                                absl::string_view path = "");
absl::StatusOr<Filter> FilterOf(const v1::ListClaimsRequest& request, absl::string_view path = "");
absl::StatusOr<Filter> FilterOf(const v1::ListAttributionsRequest& request,
                                absl::string_view path = "");
absl::StatusOr<Filter> FilterOf(const v1::ListRelationsRequest& request,
                                absl::string_view path = "");
absl::StatusOr<Filter> FilterOf(const v1::ListReviewsRequest& request, absl::string_view path = "");

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FILTER_H_
