#include "provenance/testing/random_case.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "provenance/testing/validity.h"
#include "records/consistency.h"

namespace headwater::provenance::testing {
namespace {

constexpr v1::SourceKind kKinds[] = {
    v1::SOURCE_KIND_NEWS_OUTLET, v1::SOURCE_KIND_NEWS_AGENCY,    v1::SOURCE_KIND_PERSON,
    v1::SOURCE_KIND_PERSON,      v1::SOURCE_KIND_ORGANIZATION,   v1::SOURCE_KIND_GOVERNMENT,
    v1::SOURCE_KIND_ANONYMOUS,   v1::SOURCE_KIND_SOCIAL_ACCOUNT, v1::SOURCE_KIND_DATA_PROVIDER,
    v1::SOURCE_KIND_ANONYMOUS,   v1::SOURCE_KIND_ANONYMOUS,      v1::SOURCE_KIND_EVIDENCE};
constexpr v1::Stance kStances[] = {v1::STANCE_ASSERTS,   v1::STANCE_ASSERTS, v1::STANCE_DENIES,
                                   v1::STANCE_DENIES,    v1::STANCE_DOUBTS,  v1::STANCE_ASKS,
                                   v1::STANCE_NO_COMMENT};
constexpr v1::DenialExtent kExtents[] = {v1::DENIAL_EXTENT_UNSPECIFIED, v1::DENIAL_EXTENT_FULL,
                                         v1::DENIAL_EXTENT_PART, v1::DENIAL_EXTENT_NON_DENIAL};
constexpr const char* kUris[] = {"u", "v", "w"};
constexpr const char* kHedges[] = {"may", "reportedly"};

class Maker {
 public:
  explicit Maker(uint64_t seed) : random_(seed) {
    // Each case is of its own temper, so that some are plain and some as wild as can be.
    for (int* rate : {&mix_, &remove_, &stub_, &date_, &loop_}) *rate = OneOf({0, 12, 24, 36});
    for (int* rate : {&join_, &own_}) *rate = OneOf({0, 0, 10, 30});
    distinct_ = OneOf({0, 10, 60});
    relay_ = OneOf({15, 30, 60});
    first_hand_ = OneOf({20, 50, 90});
    switch (Below(4)) {
      case 0:
        ManyUnnamed();
        break;
      case 1:
        ManyChangedMinds();
        break;
      case 2:
        ManyInOneDocument();
        break;
      default:
        break;
    }
  }

  Case Make() {
    MakeClaims();
    MakeSources(2 + std::max(Below(sources_ - 1), Below(sources_ - 1)));
    MakeDocuments(1 + std::max(Below(documents_), Below(documents_)));
    MakeAttributions(1 + std::max(Below(9), Below(9)));
    for (Index i = 0; Percent(15) && i < 2; ++i) {
      case_.contradicting.push_back({absl::StrCat("x", i), Percent(50)});
    }
    return std::move(case_);
  }

 private:
  // Whose lines are as many as there are choices of who is not whom.
  void ManyUnnamed() {
    unnamed_ = 50;
    distinct_ = OneOf({10, 30, 50});
    first_hand_ = 90;
    relay_ = 15;
    loop_ = own_ = join_ = 0;
  }
  void ManyChangedMinds() {
    sources_ = 4;
    mix_ = 60;
    date_ = 45;
    stub_ = remove_ = OneOf({0, 12});
  }
  // Who hide each other.
  void ManyInOneDocument() {
    documents_ = 2;
    relay_ = 50;
    first_hand_ = 50;
    loop_ = OneOf({0, 12});
    stub_ = join_ = 0;
  }

  size_t Below(size_t end) { return random_() % end; }
  bool Percent(int percent) { return Below(100) < static_cast<size_t>(percent); }
  template <class List>
  auto OneOf(const List& list) {
    return *(std::begin(list) + Below(std::size(list)));
  }
  int OneOf(std::initializer_list<int> list) { return *(list.begin() + Below(list.size())); }

  // One of `count` that is not `self`; requires two or more.
  Index Other(Index self, size_t count) { return (self + 1 + Below(count - 1)) % count; }

  Taken Fate() {
    if (!Percent(remove_ / 2)) return Taken::kStands;
    return OneOf(std::vector<Taken>{Taken::kRetracted, Taken::kCorrected, Taken::kRecordingError});
  }

  Days Date() {
    Days days;
    if (!Percent(date_ * 2)) return days;
    const auto first = static_cast<int32_t>(Below(6));
    if (!Percent(15)) days.earliest = first;
    if (!Percent(15)) days.latest = first + static_cast<int32_t>(Below(3));
    return days;
  }

  void MakeClaims() {
    case_.nature = Percent(85) ? v1::CLAIM_NATURE_FACT : v1::CLAIM_NATURE_OPINION;
    const size_t count = 1 + (Percent(50) ? Below(3) : 0);
    const size_t asked = Below(count);  // the first in the list need not be the first by name
    case_.claims.push_back(absl::StrCat("c", asked));
    for (size_t i = 0; i < count; ++i) {
      if (i != asked) case_.claims.push_back(absl::StrCat("c", i));
    }
  }

  void MakeSources(size_t count) {
    for (Index i = 0; i < count; ++i) {
      SourceFact& source = case_.sources.emplace_back();
      source.id = absl::StrCat("s", i);
      source.kind = Percent(unnamed_) ? v1::SOURCE_KIND_ANONYMOUS : OneOf(kKinds);
      source.deleted = Percent(remove_ / 4);
    }
    const size_t some = Below(count);  // somebody has to publish
    if (Publishers().empty()) case_.sources[some].kind = v1::SOURCE_KIND_NEWS_OUTLET;
    for (Index i = 0; i < count; ++i) Relate(i);
  }

  void Relate(Index self) {
    SourceFact& source = case_.sources[self];
    const size_t count = case_.sources.size();
    if (Percent(join_ / 2)) source.part_of = Other(self, count);
    if (Percent(join_ / 2)) source.same_as.emplace_back(OneOf(kUris));
    if (Percent(join_ / 8)) source.same_as.emplace_back("y");
    std::vector<Index> owners = Publishers();
    std::erase(owners, self);
    if (Percent(own_) && !owners.empty()) source.owner = OneOf(owners);
    for (Index other = 0; other < count; ++other) {
      if (other != self && Percent(distinct_)) source.known_distinct_from.push_back(other);
    }
    if (source.kind != v1::SOURCE_KIND_EVIDENCE) return;
    source.authenticated = Percent(60);
    if (Percent(40)) source.author = Other(self, count);
  }

  std::vector<Index> Publishers() const {
    std::vector<Index> publishers;
    for (Index i = 0; i < case_.sources.size(); ++i) {
      if (records::MayPublish(case_.sources[i].kind)) publishers.push_back(i);
    }
    return publishers;
  }

  void MakeDocuments(size_t count) {
    for (Index i = 0; i < count; ++i) {
      DocumentFact& document = case_.documents.emplace_back();
      document.id = absl::StrCat("d", i);
      document.publisher = OneOf(Publishers());
      document.published = Date();
      document.taken = Fate();
      document.deleted = Percent(remove_ / 4);
      if (count > 1 && Percent(12)) document.verbatim_of = Other(i, count);
    }
  }

  void MakeAttributions(size_t count) {
    std::vector<Index> claims;
    for (size_t i = 0; i < count; ++i) {
      claims.push_back(Percent(60) ? 0 : static_cast<Index>(Below(case_.claims.size())));
    }
    std::sort(claims.begin(), claims.end(), [&](Index a, Index b) {  // names begin with the claim's
      return case_.claims[a] < case_.claims[b];
    });
    std::vector<uint64_t> recorded;
    for (size_t i = 0; i < count; ++i) recorded.push_back(10 + i);
    std::shuffle(recorded.begin(), recorded.end(), random_);
    for (Index i = 0; i < count; ++i) {
      AttributionFact& attribution = case_.attributions.emplace_back();
      attribution.claim = claims[i];
      attribution.id = absl::StrCat("a", i);
      attribution.recorded = recorded[i];
    }
    for (Index i = 0; i < count; ++i) Say(i);
  }

  void Say(Index self) {
    AttributionFact& attribution = case_.attributions[self];
    attribution.source = static_cast<Index>(Below(case_.sources.size()));
    attribution.document = static_cast<Index>(Below(case_.documents.size()));
    if (Percent(25)) attribution.source = case_.documents[attribution.document].publisher;
    attribution.stance = Percent(mix_) ? OneOf(kStances) : v1::STANCE_ASSERTS;
    if (attribution.stance == v1::STANCE_DENIES) attribution.denial_extent = OneOf(kExtents);
    if (Percent(30)) attribution.basis = v1::BASIS_SECOND_HAND;
    if (Percent(first_hand_)) attribution.basis = v1::BASIS_FIRST_HAND;
    attribution.said = Date();
    for (const char* hedge : kHedges) {
      if (Percent(10)) attribution.hedges.emplace_back(hedge);
    }
    attribution.taken = Fate();
    attribution.deleted = Percent(remove_ / 3);
    const bool relays = Percent(relay_);
    for (size_t wanted = (relays ? 1 : 0) + Below(3); wanted > 0; --wanted) Cite(self);
    if (!relays || attribution.cites.empty()) return;
    attribution.stance = v1::STANCE_RELAYS;
    attribution.denial_extent = v1::DENIAL_EXTENT_UNSPECIFIED;
    if (attribution.basis == v1::BASIS_FIRST_HAND) attribution.basis = v1::BASIS_UNSPECIFIED;
  }

  void Cite(Index self) {
    AttributionFact& attribution = case_.attributions[self];
    const size_t count = case_.attributions.size();
    CitationFact citation;
    const bool stub = Percent(stub_);
    if (!stub && count > 1) {
      citation.attribution = Other(self, count);
      // Without loops most cite what comes after them.
      if (!Percent(loop_) && self + 1 < count) {
        citation.attribution = self + 1 + static_cast<Index>(Below(count - self - 1));
      }
    } else {
      citation.source = Other(attribution.source, case_.sources.size());
      citation.bare = Percent(65);
      const bool source_gone = case_.sources[citation.source].deleted;
      citation.severed = source_gone || (!citation.bare && Percent(remove_));
    }
    if (Percent(mix_ / 3)) citation.stance = OneOf(kStances);
    attribution.cites.push_back(citation);
    if (!WhyNotCited(case_, self).empty()) attribution.cites.pop_back();
  }

  std::mt19937_64 random_;
  int join_ = 0, own_ = 0, mix_ = 0, remove_ = 0, stub_ = 0, date_ = 0, loop_ = 0;
  int distinct_ = 0, relay_ = 0, first_hand_ = 0, unnamed_ = 0;
  size_t sources_ = 7, documents_ = 4;  // at most
  Case case_;
};

}  // namespace

Case RandomCase(uint64_t seed) { return Maker(seed).Make(); }

Case WithAnEcho(const Case& a_case, std::mt19937_64* random) {
  Case with = a_case;
  const auto below = [&](size_t end) { return static_cast<Index>((*random)() % end); };
  DocumentFact document;
  document.id = "e";
  do {
    document.publisher = below(with.sources.size());
  } while (!records::MayPublish(with.sources[document.publisher].kind));
  if (below(2) == 0) document.published = {3, 3};
  AttributionFact echo;
  echo.id = "e";
  echo.claim = 0;
  echo.source = below(with.sources.size());
  echo.document = static_cast<Index>(with.documents.size());
  echo.stance = below(2) == 0 ? v1::STANCE_RELAYS : kStances[below(std::size(kStances))];
  for (size_t wanted = 1 + below(3); wanted > 0; --wanted) {
    CitationFact citation;
    citation.attribution = below(with.attributions.size());
    const bool there = std::any_of(echo.cites.begin(), echo.cites.end(), [&](const auto& other) {
      return other.attribution == citation.attribution;
    });
    if (!there) echo.cites.push_back(citation);
  }
  echo.recorded = 1000;
  with.documents.push_back(document);
  with.attributions.push_back(echo);
  return with;
}

}  // namespace headwater::provenance::testing
