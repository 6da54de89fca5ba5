#include "database/finding/similar_sources.h"

#include <set>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/text.h"
#include "database/finding/index_watermark.h"
#include "database/scan.h"
#include "headwater/v1/source_service.pb.h"
#include "keys/register.h"
#include "records/render.h"
#include "search/index/name_rows.h"

namespace headwater::database {
namespace {

constexpr size_t kMostSimilar = 10;

// Who goes by a name at the read point.
absl::StatusOr<std::vector<keys::Name>> Bearers(const Reading& reading, const std::string& name) {
  std::vector<keys::Name> bearers;
  const std::string term = keys::Term(keys::Index::kSourceNameKey, keys::TextValue(FoldKey(name)));
  size_t budget = kMostExamined;
  HW_RETURN_IF_ERROR(Scan(Filter{keys::Kind::kSource, "", {term}})
                         .Run(reading.point, reading.patience, "", &budget,
                              [&](Candidate candidate) {
                                if (bearers.size() == kMostSimilar) return false;
                                if (!candidate.deleted)
                                  bearers.push_back(std::move(candidate.name));
                                return true;
                              })
                         .status());
  return bearers;
}

}  // namespace

absl::Status AppendSimilarSources(const Reading& reading, const std::string& name,
                                  std::string* reply) {
  const kv::Snapshot& snapshot = *reading.point.view.snapshot;
  HW_ASSIGN_OR_RETURN(const IndexWatermark watermark,
                      ReadIndexWatermark(snapshot, reading.patience));
  if (watermark.is_stale) return absl::OkStatus();
  HW_ASSIGN_OR_RETURN(const std::vector<search::SimilarName> similar,
                      search::FindSimilarNames(snapshot, keys::Corpus::kSources, name, kMostSimilar,
                                               reading.patience));
  std::set<std::string> seen;
  for (const search::SimilarName& each : similar) {
    HW_ASSIGN_OR_RETURN(const std::vector<keys::Name> bearers, Bearers(reading, each.name));
    for (const keys::Name& bearer : bearers) {
      if (seen.size() == kMostSimilar) return absl::OkStatus();
      if (!seen.insert(bearer.id).second) continue;
      HW_ASSIGN_OR_RETURN(const records::Stored stored,
                          Find(reading, bearer, /*show_deleted=*/false));
      records::AppendResourceField(v1::LookupSourceResponse::kSimilarSourcesFieldNumber, stored,
                                   reply);
    }
  }
  return absl::OkStatus();
}

}  // namespace headwater::database
