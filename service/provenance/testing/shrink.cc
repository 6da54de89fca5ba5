#include "provenance/testing/shrink.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "provenance/testing/validity.h"

namespace headwater::provenance::testing {
namespace {

// Where what stood at `place` stands once `gone` is taken out.
Index Without(Index gone, Index place) {
  if (place == kNone || place < gone) return place;
  return place == gone ? kNone : place - 1;
}

Case WithoutAttribution(Case a_case, Index gone) {
  a_case.attributions.erase(a_case.attributions.begin() + gone);
  for (AttributionFact& attribution : a_case.attributions) {
    std::erase_if(attribution.cites, [&](const auto& each) { return each.attribution == gone; });
    for (CitationFact& each : attribution.cites) each.attribution = Without(gone, each.attribution);
    // Whoever has nobody left to relay speaks for itself.
    if (attribution.cites.empty() && attribution.stance == v1::STANCE_RELAYS) {
      attribution.stance = v1::STANCE_ASSERTS;
    }
  }
  return a_case;
}

// Whatever was told there stays, told nowhere: then it is no case.
Case WithoutDocument(Case a_case, Index gone) {
  a_case.documents.erase(a_case.documents.begin() + gone);
  for (DocumentFact& each : a_case.documents) each.verbatim_of = Without(gone, each.verbatim_of);
  for (AttributionFact& each : a_case.attributions) each.document = Without(gone, each.document);
  return a_case;
}

Case WithoutSource(Case a_case, Index gone) {
  a_case.sources.erase(a_case.sources.begin() + gone);
  for (SourceFact& source : a_case.sources) {
    for (Index* other : {&source.part_of, &source.owner, &source.author}) {
      *other = Without(gone, *other);
    }
    std::erase(source.known_distinct_from, gone);
    for (Index& other : source.known_distinct_from) other = Without(gone, other);
  }
  for (DocumentFact& each : a_case.documents) each.publisher = Without(gone, each.publisher);
  for (AttributionFact& attribution : a_case.attributions) {
    attribution.source = Without(gone, attribution.source);
    for (CitationFact& each : attribution.cites) each.source = Without(gone, each.source);
  }
  return a_case;
}

// Every case with one thing less, the biggest things first.
class Smaller {
 public:
  explicit Smaller(const Case& a_case) : case_(a_case) {
    for (Index i = 0; i < case_.attributions.size(); ++i) Add(WithoutAttribution(case_, i));
    for (Index i = 0; i < case_.documents.size(); ++i) Add(WithoutDocument(case_, i));
    for (Index i = 0; i < case_.sources.size(); ++i) Add(WithoutSource(case_, i));
    Try([](Case& c) { c.contradicting.clear(); });
    Try([](Case& c) { c.nature = v1::CLAIM_NATURE_FACT; });
    Try([](Case& c) { c.claims.pop_back(); });
    for (Index i = 0; i < case_.attributions.size(); ++i) PlainAttribution(i);
    for (Index i = 0; i < case_.documents.size(); ++i) PlainDocument(i);
    for (Index i = 0; i < case_.sources.size(); ++i) PlainSource(i);
  }

  const std::vector<Case>& all() const { return all_; }

 private:
  void Add(Case smaller) { all_.push_back(std::move(smaller)); }

  template <class Change>
  void Try(const Change& change) {
    Case changed = case_;
    change(changed);
    Add(std::move(changed));
  }

  template <class Change>
  void TryAttribution(Index i, const Change& change) {
    Try([&](Case& c) { change(c.attributions[i]); });
  }

  void PlainAttribution(Index i) {
    const AttributionFact& said = case_.attributions[i];
    for (size_t at = 0; at < said.cites.size(); ++at) {
      TryAttribution(i, [&](AttributionFact& a) { a.cites.erase(a.cites.begin() + at); });
      TryAttribution(i, [&](AttributionFact& a) { a.cites[at].stance = v1::STANCE_UNSPECIFIED; });
      TryAttribution(i, [&](AttributionFact& a) { a.cites[at].severed = false; });
    }
    TryAttribution(i, [](AttributionFact& a) { a.hedges.clear(); });
    TryAttribution(i, [](AttributionFact& a) { a.said = Days{}; });
    TryAttribution(i, [](AttributionFact& a) { a.taken = Taken::kStands; });
    TryAttribution(i, [](AttributionFact& a) { a.deleted = false; });
    TryAttribution(i, [](AttributionFact& a) { a.basis = v1::BASIS_UNSPECIFIED; });
    TryAttribution(i, [](AttributionFact& a) { a.claim = 0; });
    TryAttribution(i, [](AttributionFact& a) { a.denial_extent = v1::DENIAL_EXTENT_UNSPECIFIED; });
    TryAttribution(i, [](AttributionFact& a) { a.stance = v1::STANCE_ASSERTS; });
  }

  void PlainDocument(Index i) {
    Try([&](Case& c) { c.documents[i].published = Days{}; });
    Try([&](Case& c) { c.documents[i].verbatim_of = kNone; });
    Try([&](Case& c) { c.documents[i].taken = Taken::kStands; });
    Try([&](Case& c) { c.documents[i].deleted = false; });
  }

  void PlainSource(Index i) {
    Try([&](Case& c) { c.sources[i].part_of = kNone; });
    Try([&](Case& c) { c.sources[i].owner = kNone; });
    Try([&](Case& c) { c.sources[i].author = kNone; });
    Try([&](Case& c) { c.sources[i].same_as.clear(); });
    Try([&](Case& c) { c.sources[i].known_distinct_from.clear(); });
    Try([&](Case& c) { c.sources[i].authenticated = false; });
    Try([&](Case& c) { c.sources[i].deleted = false; });
    Try([&](Case& c) {
      c.sources[i].kind = v1::SOURCE_KIND_NEWS_OUTLET;
      c.sources[i].author = kNone;
      c.sources[i].authenticated = false;
    });
  }

  const Case& case_;
  std::vector<Case> all_;
};

// How much there is to read in a case; a change that leaves it alone made nothing smaller.
size_t Remarks(const Case& a_case) {
  size_t remarks =
      a_case.claims.size() + a_case.contradicting.size() + (a_case.nature != v1::CLAIM_NATURE_FACT);
  for (const SourceFact& s : a_case.sources) {
    remarks += 1 + (s.part_of != kNone) + (s.owner != kNone) + (s.author != kNone) +
               s.same_as.size() + s.known_distinct_from.size() + s.authenticated + s.deleted +
               (s.kind != v1::SOURCE_KIND_NEWS_OUTLET);
  }
  for (const DocumentFact& d : a_case.documents) {
    remarks += 1 + (d.verbatim_of != kNone) + (d.published != Days{}) +
               (d.taken != Taken::kStands) + d.deleted;
  }
  for (const AttributionFact& a : a_case.attributions) {
    remarks += 1 + (a.stance != v1::STANCE_ASSERTS) + (a.basis != v1::BASIS_UNSPECIFIED) +
               (a.denial_extent != v1::DENIAL_EXTENT_UNSPECIFIED) + (a.said != Days{}) +
               a.hedges.size() + (a.taken != Taken::kStands) + a.deleted + (a.claim != 0);
    for (const CitationFact& c : a.cites) {
      remarks += 1 + (c.stance != v1::STANCE_UNSPECIFIED) + c.severed;
    }
  }
  return remarks;
}

}  // namespace

Case Shrunk(Case a_case, const std::function<bool(const Case&)>& still) {
  for (bool shrank = true; shrank;) {
    shrank = false;
    const Smaller smaller(a_case);
    for (const Case& candidate : smaller.all()) {
      if (Remarks(candidate) >= Remarks(a_case)) continue;
      if (!WhyNotACase(candidate).empty() || !still(candidate)) continue;
      Case next = candidate;
      a_case = std::move(next);
      shrank = true;
      break;
    }
  }
  return a_case;
}

}  // namespace headwater::provenance::testing
