#include "database/questions/gather_attributions.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using provenance::AttributionFact;
using provenance::CitationFact;
using provenance::Index;
using provenance::kNone;

std::string Joined(absl::string_view claim, absl::string_view id) {
  return absl::StrCat(claim, "/", id);
}

Name Split(absl::string_view joined) {
  const size_t slash = joined.find('/');
  return Name{Kind::kAttribution, std::string(joined.substr(0, slash)),
              std::string(joined.substr(slash + 1))};
}

size_t Weight(const records::Edge& edge) {
  size_t bytes = sizeof(AttributionFact) + edge.cites.size() * sizeof(CitationFact);
  for (const std::string& hedge : edge.hedges) bytes += sizeof(hedge) + hedge.size();
  return bytes;
}

}  // namespace

absl::Status AttributionGatherer::Add(const std::string& id, Index claim) {
  budget_->RelyOnChildren(Kind::kAttribution, id);
  absl::Status counted;
  HW_RETURN_IF_ERROR(
      reading_.reader().ForEachEdge(id, reading_.point.sequence, [&](records::Edge edge) {
        counted = budget_->Read(1 + edge.cites.size() / 4);
        if (counted.ok())
          counted = budget_->Attribution(edge.cites.size() + edge.hedges.size(), Weight(edge));
        if (!counted.ok()) return false;
        budget_->Saw(edge.sequence);
        AttributionFact& fact = facts_.emplace_back();
        fact.claim = claim;
        fact.id = std::move(edge.attribution.id);
        fact.source = sources_->Mention(edge.source.id);
        fact.document = documents_->Mention(edge.document.id);
        fact.stance = edge.stance;
        fact.basis = edge.basis;
        fact.denial_extent = edge.denial_extent;
        fact.said = provenance::Days::Of(edge.said_date);
        fact.hedges = std::move(edge.hedges);
        fact.deleted = edge.deleted;
        fact.recorded = edge.recorded;
        if (edge.withdrawn) {
          fact.taken = TakenBy(edge.withdrawal_kind);
          fact.taken_date = provenance::Days::Of(edge.withdrawn_date);
        }
        fact.cites.reserve(edge.cites.size());
        for (const records::EdgeCitation& cited : edge.cites) Cite(cited, &fact);
        words_.push_back({std::move(edge.said_date)});
        return true;
      }));
  return counted;
}

void AttributionGatherer::Cite(const records::EdgeCitation& cited, AttributionFact* fact) {
  CitationFact& citation = fact->cites.emplace_back();
  citation.stance = cited.stance;
  if (cited.cited.kind == Kind::kSource) {
    citation.bare = true;
    citation.source = sources_->Mention(cited.cited.id);
  } else {
    citation.attribution = cited_.Of(Joined(cited.cited.claim, cited.cited.id));
  }
}

absl::Status AttributionGatherer::Resolve(const std::vector<std::string>& claims) {
  std::vector<Index> found(cited_.size(), kNone);
  for (size_t i = 0; i < facts_.size() && cited_.size() > 0; ++i) {
    const Index number = cited_.Find(Joined(claims[facts_[i].claim], facts_[i].id));
    if (number != kNone) found[number] = static_cast<Index>(i);
  }
  const std::set<std::string> inside(claims.begin(), claims.end());
  std::vector<Name> names;
  std::vector<size_t> place(cited_.size());
  for (size_t i = 0; i < found.size(); ++i) {
    if (found[i] != kNone) continue;
    place[i] = names.size();
    names.push_back(Split(cited_.id(i)));
    if (inside.contains(names.back().claim))
      return records::Damaged(absl::StrCat(names.back().Text(), " is missing"));
  }
  HW_ASSIGN_OR_RETURN(const std::vector<Outside> outside, ReadOutside(names));
  for (size_t i = 0; i < facts_.size(); ++i) {
    std::vector<CitationFact>& cites = facts_[i].cites;
    for (size_t k = 0; k < cites.size(); ++k) {
      CitationFact& citation = cites[k];
      if (citation.bare) continue;
      const Index number = citation.attribution;
      citation.attribution = found[number];
      if (citation.attribution != kNone) continue;
      citation.source = outside[place[number]].source;
      citation.severed = outside[place[number]].severed;
      outside_citations_.push_back(
          {static_cast<Index>(i), static_cast<uint32_t>(k), static_cast<uint32_t>(place[number])});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<AttributionGatherer::Outside>> AttributionGatherer::ReadOutside(
    const std::vector<Name>& names) {
  std::vector<Outside> outside(names.size());
  if (names.empty()) return outside;
  HW_RETURN_IF_ERROR(budget_->Read(2 * names.size()));
  for (const Name& name : names) budget_->RelyOnName(name);
  const records::Reader reader = reading_.reader();
  HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> revisions,
                      reader.RevisionsAt(names, reading_.point.sequence));
  for (size_t i = 0; i < names.size(); ++i) {
    if (revisions[i] == 0) return records::Damaged(absl::StrCat(names[i].Text(), " is missing"));
    budget_->Saw(revisions[i]);
  }
  constexpr size_t kChunk = 1000;
  Numbering documents;
  std::vector<Index> told_in(names.size());
  for (size_t begin = 0; begin < names.size(); begin += kChunk) {
    HW_ASSIGN_OR_RETURN(const std::vector<records::Edge> edges,
                        reader.EdgesAt(absl::MakeSpan(names).subspan(begin, kChunk),
                                       absl::MakeSpan(revisions).subspan(begin, kChunk)));
    for (size_t i = 0; i < edges.size(); ++i) {
      outside[begin + i] = {sources_->Mention(edges[i].source.id),
                            edges[i].deleted || edges[i].withdrawn};
      told_in[begin + i] = documents.Of(edges[i].document.id);
      outside_facts_.push_back(
          {names[begin + i], edges[i].source.id, edges[i].deleted, edges[i].document.id});
    }
  }
  HW_ASSIGN_OR_RETURN(const std::vector<bool> gone, Gone(documents, told_in));
  for (size_t i = 0; i < names.size(); ++i) outside[i].severed = outside[i].severed || gone[i];
  return outside;
}

absl::StatusOr<std::vector<bool>> AttributionGatherer::Gone(const Numbering& documents,
                                                            const std::vector<Index>& told_in) {
  struct Told {
    std::string publisher;
    bool deleted = false;
    bool gone = false;
  };
  std::vector<Name> names;
  for (size_t i = 0; i < documents.size(); ++i)
    names.push_back(Name{Kind::kDocument, "", documents.id(i)});
  std::vector<Told> told(names.size());
  HW_RETURN_IF_ERROR(LoadEach<v1::Document>(
      reading_, budget_, names, [&](size_t place, const v1::Document& document, bool deleted) {
        told[place] = {Name::Parse(document.publisher()).value_or(Name{}).id, deleted,
                       deleted || document.has_withdrawal()};
        return absl::OkStatus();
      }));
  std::vector<bool> gone;
  for (size_t i = 0; i < told_in.size(); ++i) {
    const Told& in = told[told_in[i]];
    outside_facts_[i].publisher = in.publisher;
    outside_facts_[i].document_deleted = in.deleted;
    gone.push_back(in.gone);
  }
  return gone;
}

void AttributionGatherer::TakeOutside(std::vector<OutsideFact>* facts,
                                      std::vector<OutsideCitation>* citations) {
  *facts = std::move(outside_facts_);
  *citations = std::move(outside_citations_);
}

void AttributionGatherer::Take(const std::vector<Index>& sources,
                               const std::vector<Index>& documents,
                               std::vector<AttributionFact>* facts,
                               std::vector<AttributionWords>* words) {
  for (AttributionFact& fact : facts_) {
    fact.source = sources[fact.source];
    fact.document = documents[fact.document];
    for (CitationFact& citation : fact.cites) {
      if (citation.source == kNone) continue;
      citation.severed = citation.severed || sources_->deleted(citation.source);
      citation.source = sources[citation.source];
    }
  }
  *facts = std::move(facts_);
  *words = std::move(words_);
}

}  // namespace headwater::database
