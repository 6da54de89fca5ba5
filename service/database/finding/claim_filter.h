// The filters of a search, as the index knows them, and whether they hold of a claim by its
// records.
#ifndef HEADWATER_DATABASE_FINDING_CLAIM_FILTER_H_
#define HEADWATER_DATABASE_FINDING_CLAIM_FILTER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "database/queries.h"
#include "database/questions/gather_budget.h"
#include "database/questions/index_walk.h"
#include "headwater/v1/assessment.pb.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/claim.pb.h"
#include "search/query/parse.h"

namespace headwater::database {

// The index finds nearly all of what filters let through, and more than that where a claim has too
// many sources (kCutFilter); standings and dates it does not know. So Holds() has the last word.
// Belongs to one thread.
class ClaimFilter {
 public:
  // `standings` is the sequence at which claims are said to stand so, at or before the reading's,
  // which must outlive this.
  ClaimFilter(const Reading& reading, uint64_t standings);

  // Takes the query's filters. kInvalidArgument, naming "query", where one makes no sense.
  absl::Status Take(const search::ParsedQuery& query);

  bool is_empty() const;
  bool has_standings() const;
  // For the index: of each group one has to hold, of the others none may.
  const std::vector<std::vector<std::string>>& groups() const { return groups_; }
  const std::vector<std::string>& excluded() const { return excluded_; }

  // Whether all of it holds of the claim; false where there is no such claim. Errors of reading;
  // kUnavailable (STANDINGS_BEHIND) where too many claims are just being assessed.
  absl::StatusOr<bool> Holds(const std::string& claim);

 private:
  struct Values {
    std::vector<std::string> any_of;  // one has to hold, where there are some
    std::vector<std::string> none_of;
  };
  static constexpr size_t kFields = 6;  // of search::FilterField

  absl::Status TakeFilter(const search::QueryFilter& filter);
  absl::StatusOr<std::vector<std::string>> SourcesNamed(const std::string& value) const;
  void FillGroups();

  absl::StatusOr<bool> FieldHolds(search::FilterField field, const std::string& claim);
  absl::StatusOr<bool> Has(search::FilterField field, const std::string& value,
                           const std::string& claim);
  absl::StatusOr<bool> HasAttribution(const std::string& term, const std::string& claim);
  absl::StatusOr<bool> Stands(const std::string& value, const std::string& claim);
  absl::StatusOr<bool> DatesHold(const std::string& claim);
  absl::StatusOr<std::optional<int32_t>> DayOf(const std::string& claim);

  const Reading& reading_;
  const uint64_t standings_;
  GatherBudget budget_;  // never used up
  IndexWalk walk_;
  std::array<Values, kFields> values_;
  std::optional<int32_t> after_;
  std::optional<int32_t> before_;
  std::vector<std::vector<std::string>> groups_;
  std::vector<std::string> excluded_;

  std::shared_ptr<const v1::Claim> claim_;  // the one that is looked at
  size_t assessed_ = 0;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_CLAIM_FILTER_H_
