#include "database/finding/record_index.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/uri_key.h"
#include "database/finding/live_record.h"
#include "database/questions/gather_budget.h"
#include "database/questions/index_walk.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/claim.pb.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/review.pb.h"
#include "headwater/v1/source.pb.h"
#include "search/record_text.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using records::Stored;
using search::IndexedText;

template <class Resource>
absl::Status Parse(const Stored& stored, Resource* resource) {
  if (!resource->ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
    return records::Damaged("a resource cannot be read");
  return absl::OkStatus();
}

// The claim's attributions, each with where it is told and by whom.
class Tellings {
 public:
  explicit Tellings(const Reading& reading) : reading_(reading) {}

  absl::Status Load(const std::string& claim) {
    HW_ASSIGN_OR_RETURN(
        const std::vector<records::Edge> edges,
        reading_.reader().Edges(claim, reading_.point.sequence, kMostTellings, &is_cut_));
    std::vector<uint64_t> revisions;
    std::vector<Name> documents;
    std::vector<Name> sources;
    for (const records::Edge& edge : edges) {
      if (edge.deleted) continue;
      revisions.push_back(edge.sequence);
      documents.push_back(edge.document);
      sources.push_back(edge.source);
    }
    HW_ASSIGN_OR_RETURN(documents_, LiveRecords<v1::Document>(reading_, documents));
    HW_ASSIGN_OR_RETURN(sources_, LiveRecords<v1::Source>(reading_, sources));
    HW_ASSIGN_OR_RETURN(const std::vector<Stored> stored, reading_.reader().LoadAll(revisions));
    attributions_.resize(stored.size());
    for (size_t i = 0; i < stored.size(); ++i) {
      HW_RETURN_IF_ERROR(Parse(stored[i], &attributions_[i]));
      all_.push_back({&attributions_[i], documents_[i].get(), sources_[i].get()});
    }
    return absl::OkStatus();
  }

  const std::vector<search::Telling>& all() const { return all_; }
  bool is_cut() const { return is_cut_; }

 private:
  const Reading& reading_;
  std::vector<v1::Attribution> attributions_;
  std::vector<std::shared_ptr<const v1::Document>> documents_;
  std::vector<std::shared_ptr<const v1::Source>> sources_;
  std::vector<search::Telling> all_;
  bool is_cut_ = false;
};

absl::StatusOr<std::vector<v1::Review>> ReviewsOf(const Reading& reading,
                                                  const std::string& claim) {
  std::vector<Name> names;
  GatherBudget budget(Name{}, GatherBounds(), reading.patience);
  IndexWalk walk(reading, &budget);
  HW_RETURN_IF_ERROR(walk.Under(keys::Term(keys::Index::kAll, keys::NoValue()),
                                keys::NameKeyPrefix(Kind::kReview, claim),
                                [&](Name name, uint64_t) {
                                  names.push_back(std::move(name));
                                  return absl::OkStatus();
                                }));
  // As of an earlier state they come in two rows of their order.
  std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.id < b.id; });
  if (names.size() > kMostReviewsIndexed) names.resize(kMostReviewsIndexed);
  HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> revisions,
                      reading.reader().RevisionsAt(names, reading.point.sequence));
  HW_ASSIGN_OR_RETURN(const std::vector<Stored> stored, reading.reader().LoadAll(revisions));
  std::vector<v1::Review> reviews(stored.size());
  for (size_t i = 0; i < stored.size(); ++i) HW_RETURN_IF_ERROR(Parse(stored[i], &reviews[i]));
  return reviews;
}

absl::StatusOr<std::optional<IndexedText>> ClaimText(const Reading& reading, const Name& name) {
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Claim> claim,
                      LiveRecord<v1::Claim>(reading, name));
  if (claim == nullptr) return std::nullopt;
  Tellings tellings(reading);
  HW_RETURN_IF_ERROR(tellings.Load(name.id));
  HW_ASSIGN_OR_RETURN(const std::vector<v1::Review> reviews, ReviewsOf(reading, name.id));
  std::vector<const v1::Review*> pointers;
  for (const v1::Review& review : reviews) pointers.push_back(&review);
  IndexedText text = search::TextOfClaim(*claim, tellings.all(), pointers);
  // Stored resources may lack their name.
  text.id = name.id;
  if (tellings.is_cut() || text.filters.size() >= search::kMaxFilters)
    text.filters.insert(text.filters.begin(), std::string(kCutFilter));
  return text;
}

absl::StatusOr<std::optional<IndexedText>> SourceText(const Reading& reading, const Name& name) {
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Source> source,
                      LiveRecord<v1::Source>(reading, name));
  if (source == nullptr) return std::nullopt;
  IndexedText text = search::TextOfSource(*source);
  text.id = name.id;
  return text;
}

absl::StatusOr<std::optional<IndexedText>> DocumentText(const Reading& reading, const Name& name) {
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Document> document,
                      LiveRecord<v1::Document>(reading, name));
  if (document == nullptr) return std::nullopt;
  std::set<std::string> filters;
  for (const std::string& uri : {document->uri(), document->archive_uri()}) {
    if (!uri.empty()) filters.insert(AddressFilter(uri));
  }
  if (filters.empty()) return std::nullopt;
  IndexedText text;
  text.id = name.id;
  text.filters.assign(filters.begin(), filters.end());
  return text;
}

}  // namespace

std::optional<keys::Corpus> CorpusOf(Kind kind) {
  switch (kind) {
    case Kind::kSource:
      return keys::Corpus::kSources;
    case Kind::kDocument:
      return keys::Corpus::kDocuments;
    case Kind::kClaim:
      return keys::Corpus::kClaims;
    default:
      return std::nullopt;
  }
}

absl::StatusOr<std::optional<IndexedText>> TextAt(const Reading& reading, const Name& name) {
  if (name.kind == Kind::kSource) return SourceText(reading, name);
  if (name.kind == Kind::kDocument) return DocumentText(reading, name);
  return ClaimText(reading, name);
}

std::string AddressFilter(absl::string_view uri) { return absl::StrCat("u", UriKey(uri)); }

}  // namespace headwater::database
