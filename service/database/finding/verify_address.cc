#include "database/finding/verify_address.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/uri_key.h"
#include "database/finding/claim_summary.h"
#include "database/finding/filter_rows.h"
#include "database/finding/live_record.h"
#include "database/finding/record_index.h"
#include "database/questions/index_walk.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/source.pb.h"
#include "keys/register.h"
#include "records/render.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using keys::Reference;

constexpr size_t kMostClaims = 200;
constexpr size_t kMostCiting = 200;
constexpr size_t kMostCounted = 100'000;
// How many documents at one address are looked at.
constexpr size_t kMostThere = 1000;

std::string Referring(const Name& target, Reference field) {
  return keys::Term(keys::Index::kReference, keys::ReferenceValue(target, field));
}

bool IsBefore(const Name& a, const Name& b) {
  return a.claim != b.claim ? a.claim < b.claim : a.id < b.id;
}

// Ends a walk that has counted enough.
absl::Status Enough() { return absl::OutOfRangeError("enough"); }
absl::Status UnlessEnough(const absl::Status& status) {
  return absl::IsOutOfRange(status) ? absl::OkStatus() : status;
}

struct Cites {
  Name citing;
  Name cited;
};

class Address {
 public:
  explicit Address(const IndexPoint& point)
      : point_(point),
        reading_(point_.reading),
        budget_(Name{}, GatherBounds(), reading_.patience),
        told_walk_(reading_, &budget_),
        citing_walk_(reading_, &budget_) {}

  absl::StatusOr<v1::VerifyResponse> At(const std::string& uri) {
    v1::VerifyResponse response;
    HW_ASSIGN_OR_RETURN(std::optional<Name> document, Find(uri));
    const std::string archived = ArchivedUri(uri);
    if (!document && !archived.empty()) {
      HW_ASSIGN_OR_RETURN(document, Find(archived));
    }
    if (!document) return response;
    v1::VerifiedDocument* const out = response.mutable_document();
    HW_ASSIGN_OR_RETURN(const records::Stored stored,
                        database::Find(reading_, *document, /*show_deleted=*/false));
    std::string bytes;
    records::AppendResource(stored, &bytes);
    if (!out->mutable_document()->ParseFromString(bytes))
      return records::Damaged("a document cannot be read");
    HW_RETURN_IF_ERROR(AddTold(*document, out));
    HW_RETURN_IF_ERROR(AddCiting(*document, out));
    return response;
  }

 private:
  // The first by name that is there at the read point; the index may know of others by now.
  absl::StatusOr<std::optional<Name>> Find(const std::string& uri) {
    const std::string wanted = AddressFilter(uri);
    HW_ASSIGN_OR_RETURN(std::vector<std::string> ids,
                        IdsUnder(point_.snapshot(), keys::Corpus::kDocuments, wanted, kMostThere));
    std::sort(ids.begin(), ids.end());
    for (const std::string& id : ids) {
      const Name name{Kind::kDocument, "", id};
      HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Document> document,
                          LiveRecord<v1::Document>(reading_, name));
      if (document != nullptr && (AddressFilter(document->uri()) == wanted ||
                                  AddressFilter(document->archive_uri()) == wanted)) {
        return name;
      }
    }
    return std::nullopt;
  }

  absl::Status AddTold(const Name& document, v1::VerifiedDocument* out) {
    std::set<std::string> claims;
    const absl::Status walked = told_walk_.Under(
        Referring(document, Reference::kAttributionDocument), "", [&](Name attribution, uint64_t) {
          claims.insert(attribution.claim);
          told_.push_back(std::move(attribution));
          return told_.size() < kMostCounted ? absl::OkStatus() : Enough();
        });
    HW_RETURN_IF_ERROR(UnlessEnough(walked));
    std::sort(told_.begin(), told_.end(), IsBefore);
    out->set_claim_count(static_cast<int32_t>(claims.size()));
    Summaries summaries(reading_);
    for (const std::string& claim : claims) {
      if (static_cast<size_t>(out->claims_size()) == kMostClaims) break;
      HW_ASSIGN_OR_RETURN(const v1::ClaimSummary* const summary,
                          summaries.Of(Name{Kind::kClaim, "", claim}));
      if (summary != nullptr) *out->add_claims() = *summary;
    }
    return absl::OkStatus();
  }

  absl::Status AddCiting(const Name& document, v1::VerifiedDocument* out) {
    std::vector<Cites> all;
    for (const Name& cited : told_) {
      const absl::Status walked = citing_walk_.Under(
          Referring(cited, Reference::kCitedAttribution), "", [&](Name citing, uint64_t) {
            all.push_back({std::move(citing), cited});
            return all.size() < kMostCounted ? absl::OkStatus() : Enough();
          });
      HW_RETURN_IF_ERROR(UnlessEnough(walked));
      if (all.size() == kMostCounted) break;
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Cites& a, const Cites& b) { return IsBefore(a.citing, b.citing); });
    constexpr size_t kChunk = 500;
    int count = 0;
    for (size_t begin = 0; begin < all.size(); begin += kChunk) {
      const size_t end = std::min(begin + kChunk, all.size());
      std::vector<Name> names;
      for (size_t i = begin; i < end; ++i) names.push_back(all[i].citing);
      HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> revisions,
                          reading_.reader().RevisionsAt(names, reading_.point.sequence));
      HW_ASSIGN_OR_RETURN(const std::vector<records::Edge> edges,
                          reading_.reader().EdgesAt(names, revisions));
      for (size_t i = begin; i < end; ++i) {
        const records::Edge& edge = edges[i - begin];
        if (edge.document == document) continue;
        ++count;
        if (static_cast<size_t>(out->citing_size()) == kMostCiting) continue;
        HW_RETURN_IF_ERROR(Add(all[i], edge, out->add_citing()));
      }
    }
    out->set_citing_count(count);
    return absl::OkStatus();
  }

  absl::Status Add(const Cites& cites, const records::Edge& edge, v1::CitingAttribution* out) {
    HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Source> source,
                        LiveRecord<v1::Source>(reading_, edge.source));
    out->set_attribution(cites.citing.Text());
    out->set_cited(cites.cited.Text());
    out->set_source(edge.source.Text());
    out->set_display_name(source == nullptr ? edge.source.id : source->display_name());
    out->set_document(edge.document.Text());
    out->set_claim(cites.citing.Parent().Text());
    out->set_stance(edge.stance);
    return absl::OkStatus();
  }

  const IndexPoint& point_;
  const Reading& reading_;
  GatherBudget budget_;  // never used up
  IndexWalk told_walk_;
  IndexWalk citing_walk_;
  std::vector<Name> told_;  // attributions, by name
};

}  // namespace

absl::StatusOr<v1::VerifyResponse> VerifyAddress(const IndexPoint& point, const std::string& uri) {
  return Address(point).At(uri);
}

}  // namespace headwater::database
