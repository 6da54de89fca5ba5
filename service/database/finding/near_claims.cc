#include "database/finding/near_claims.h"

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "records/consistency.h"
#include "search/vectors/packed_vector.h"

namespace headwater::database {

absl::Status CheckVector(const v1::Embedding& embedding, const std::string& field) {
  std::vector<records::Violation> violations;
  records::CheckEmbedding(embedding, field, &violations);
  return violations.empty() ? absl::OkStatus() : InvalidArgument(violations);
}

absl::StatusOr<search::Neighbourhood> NearClaims(const Finding& finding, const IndexPoint& point,
                                                 const v1::Embedding& embedding, size_t most) {
  if (finding.follower == nullptr) return search::Neighbourhood();
  const auto latest = [&]() -> absl::StatusOr<std::shared_ptr<const kv::Snapshot>> {
    HW_ASSIGN_OR_RETURN(View view, finding.views->Latest());
    return std::move(view.snapshot);
  };
  return finding.vectors->Nearest(point.snapshot(), latest, embedding.model(),
                                  search::PackVector(embedding), most);
}

std::string NeighbourhoodKey(const v1::Embedding& embedding) {
  return absl::StrCat(embedding.model(), "\n", search::PackVector(embedding));
}

bool StandsOut(double cosine, const search::Neighbourhood& among) {
  return among.sampled >= kLeastSample && cosine > among.mean + kStandsOut * among.deviation;
}

std::optional<double> SimilarityOf(const v1::Claim& claim, const v1::Embedding& embedding) {
  for (const v1::Embedding& each : claim.embeddings()) {
    if (each.model() == embedding.model() && each.dimensions() == embedding.dimensions())
      return search::Cosine(each, embedding);
  }
  return std::nullopt;
}

}  // namespace headwater::database
