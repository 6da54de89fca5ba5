// Model::Assessed: gathers what the definitions in database/gather.h and provenance/case.h ask for
// by looking at everything until nothing is added, and has it assessed and put into words as the
// database does: what is held against it is the gathering, at any state.
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/text.h"
#include "database/questions/describe.h"
#include "database/questions/gather_beside.h"
#include "model.h"

namespace headwater::model {
namespace {

using database::Gathered;
using provenance::Days;
using provenance::Index;
using provenance::kNone;
using provenance::Taken;
using Strings = std::set<std::string>;

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

class CaseMaker {
 public:
  CaseMaker(const Model& model, std::optional<int32_t> until, int64_t sequence)
      : model_(model), until_(until), sequence_(sequence) {}

  Gathered Make(const std::string& claim) const {
    const Strings same = Same(claim);
    Gathered gathered = Told(claim, same);
    gathered.text = Record(claim)->claim().text();
    gathered.a_case.nature = Record(claim)->claim().nature();
    Strings contradicting, wider, narrower;
    for (const std::string& one : same) {
      contradicting.merge(Related(one, v1::RELATION_KIND_CONTRADICTS));
      wider.merge(Related(one, v1::RELATION_KIND_NARROWS, Side::kTarget));
      narrower.merge(Related(one, v1::RELATION_KIND_NARROWS, Side::kFrom));
    }
    for (const std::string& other : contradicting) {
      gathered.a_case.contradicting.push_back({IdOf(other), JudgedOf(other).asserted});
      gathered.contradicting.push_back(Record(other)->claim().text());
    }
    AddNeighbours(wider, same, &gathered.wider, &gathered.wider_count);
    AddNeighbours(narrower, same, &gathered.narrower, &gathered.narrower_count);
    return gathered;
  }

 private:
  const v1::Record* Record(const std::string& name) const {
    const v1::Revision* revision = model_.Find(name, sequence_);
    return revision == nullptr ? nullptr : &revision->record();
  }
  bool IsLive(const std::string& name) const { return model_.IsLive(name, sequence_); }

  // Adds what `next` says of each member, until nothing is new.
  template <class Next>
  static void Grow(Strings* members, const Next& next) {
    for (size_t size = 0; size != members->size();) {
      size = members->size();
      const Strings now = *members;
      for (const std::string& one : now) members->merge(next(one));
    }
  }

  Strings Same(const std::string& claim) const {
    Strings same = {claim};
    Grow(&same, [&](const std::string& one) { return Related(one, v1::RELATION_KIND_SAME_AS); });
    return same;
  }

  // With those that say the same.
  database::Judged JudgedOf(const std::string& claim) const {
    return database::Judge(Told(claim, Same(claim)), until_);
  }

  void AddNeighbours(const Strings& claims, const Strings& same,
                     std::vector<database::Neighbour>* out, size_t* count) const {
    for (const std::string& other : claims) {
      if (same.contains(other)) continue;
      ++*count;
      if (out->size() == 100) continue;
      const database::Judged judged = JudgedOf(other);
      out->push_back(
          {IdOf(other), Record(other)->claim().text(), judged.asserts, judged.denies, judged.asks});
    }
  }

  // Which end of a relation the claims looked for are at.
  enum class Side { kBoth, kFrom, kTarget };

  // The live claims that live, confirmed relations of that kind lead to.
  Strings Related(const std::string& claim, v1::RelationKind kind, Side side = Side::kBoth) const {
    Strings related;
    for (const std::string& name : model_.Names(Kind::kRelation, sequence_)) {
      const v1::Relation& relation = Record(name)->relation();
      if (!IsLive(name) || relation.state() != v1::RELATION_STATE_CONFIRMED) continue;
      if (relation.kind() != kind) continue;
      const std::string from = "claims/" + ClaimOfName(name);
      if (side != Side::kFrom && from == claim && IsLive(relation.target()))
        related.insert(relation.target());
      if (side != Side::kTarget && relation.target() == claim && IsLive(from)) related.insert(from);
    }
    return related;
  }

  Gathered Told(const std::string& claim, const Strings& same) const {
    Gathered gathered;
    provenance::Case& a_case = gathered.a_case;
    a_case.claims = {IdOf(claim)};
    for (const std::string& one : same) {
      if (one != claim) a_case.claims.push_back(IdOf(one));
    }
    std::vector<std::string> attributions;
    for (const std::string& one : same) {
      const auto names = model_.Names(Kind::kAttribution, sequence_, IdOf(one));
      attributions.insert(attributions.end(), names.begin(), names.end());
    }
    const std::vector<std::string> documents = Documents(attributions);
    const std::vector<std::string> sources = Sources(attributions, documents);
    for (const std::string& name : sources) AddSource(name, sources, &gathered);
    for (const std::string& name : documents) AddDocument(name, documents, sources, &gathered);
    for (const std::string& name : attributions)
      AddAttribution(name, attributions, documents, sources, &gathered);
    return gathered;
  }

  // The live original that a live document is a word for word copy of; empty where there is none.
  std::string Original(const std::string& name) const {
    const v1::Derivation& derivation = Record(name)->document().derived_from();
    const bool copies = IsLive(name) && derivation.kind() == v1::DERIVATION_KIND_VERBATIM;
    return copies && IsLive(derivation.document()) ? derivation.document() : "";
  }

  std::vector<std::string> Documents(const std::vector<std::string>& attributions) const {
    Strings documents;
    for (const std::string& name : attributions)
      documents.insert(Record(name)->attribution().document());
    Grow(&documents, [&](const std::string& name) {
      const std::string original = Original(name);
      return original.empty() ? Strings() : Strings{original};
    });
    return {documents.begin(), documents.end()};
  }

  std::vector<std::string> Sources(const std::vector<std::string>& attributions,
                                   const std::vector<std::string>& documents) const {
    Strings sources;
    for (const std::string& name : documents) sources.insert(Record(name)->document().publisher());
    for (const std::string& name : attributions) {
      sources.insert(Record(name)->attribution().source());
      for (const v1::Citation& citation : Record(name)->attribution().cites()) {
        const bool inside = std::find(attributions.begin(), attributions.end(),
                                      citation.attribution()) != attributions.end();
        if (!inside) sources.insert(SourceCited(citation));
      }
    }
    Grow(&sources, [&](const std::string& name) { return Neighbours(name); });
    return {sources.begin(), sources.end()};
  }

  std::string SourceCited(const v1::Citation& citation) const {
    return citation.has_source() ? citation.source()
                                 : Record(citation.attribution())->attribution().source();
  }

  // The live sources of a live source's voice next to it, and its owner.
  Strings Neighbours(const std::string& name) const {
    Strings next;
    if (!IsLive(name)) return next;
    const v1::Source& source = Record(name)->source();
    for (const std::string& other : model_.Names(Kind::kSource, sequence_)) {
      if (!IsLive(other)) continue;
      const v1::Source& one = Record(other)->source();
      const bool up = source.part_of() == other || source.evidence().author() == other ||
                      source.owner() == other;
      const bool down = one.part_of() == name || one.evidence().author() == name;
      const bool same =
          std::any_of(one.same_as().begin(), one.same_as().end(), [&](const std::string& uri) {
            return std::find(source.same_as().begin(), source.same_as().end(), uri) !=
                   source.same_as().end();
          });
      if (up || down || same) next.insert(other);
    }
    return next;
  }

  // The place of a live member in a list; kNone where it is none.
  Index LivePlace(const std::string& name, const std::vector<std::string>& names) const {
    return IsLive(name) ? Place(name, names) : kNone;
  }
  static Index Place(const std::string& name, const std::vector<std::string>& names) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? kNone : static_cast<Index>(found - names.begin());
  }

  void AddSource(const std::string& name, const std::vector<std::string>& sources,
                 Gathered* gathered) const {
    const v1::Source& source = Record(name)->source();
    provenance::SourceFact& fact = gathered->a_case.sources.emplace_back();
    gathered->sources.push_back({source.display_name(), source.collective().size()});
    fact.id = IdOf(name);
    fact.kind = source.kind();
    fact.deleted = !IsLive(name);
    if (fact.deleted) return;
    fact.same_as.assign(source.same_as().begin(), source.same_as().end());
    fact.part_of = LivePlace(source.part_of(), sources);
    fact.owner = LivePlace(source.owner(), sources);
    fact.author = LivePlace(source.evidence().author(), sources);
    for (const std::string& other : source.known_distinct_from()) {
      const Index place = LivePlace(other, sources);
      if (place != kNone) fact.known_distinct_from.push_back(place);
    }
    for (const std::string& other : source.evidence().authenticated_by())
      fact.authenticated |= IsLive(other);
  }

  static void TakeBack(const v1::Withdrawal& withdrawal, Taken* taken, Days* date) {
    *taken = withdrawal.kind() == v1::WITHDRAWAL_KIND_RETRACTED   ? Taken::kRetracted
             : withdrawal.kind() == v1::WITHDRAWAL_KIND_CORRECTED ? Taken::kCorrected
                                                                  : Taken::kRecordingError;
    *date = Days::Of(withdrawal.withdrawn_date());
  }

  void AddDocument(const std::string& name, const std::vector<std::string>& documents,
                   const std::vector<std::string>& sources, Gathered* gathered) const {
    const v1::Document& document = Record(name)->document();
    provenance::DocumentFact& fact = gathered->a_case.documents.emplace_back();
    gathered->documents.push_back({document.title(), document.published_date()});
    fact.id = IdOf(name);
    fact.publisher = Place(document.publisher(), sources);
    fact.verbatim_of = Place(Original(name), documents);
    fact.published = Days::Of(document.published_date());
    if (document.has_withdrawal()) TakeBack(document.withdrawal(), &fact.taken, &fact.taken_date);
    fact.deleted = !IsLive(name);
  }

  void AddAttribution(const std::string& name, const std::vector<std::string>& attributions,
                      const std::vector<std::string>& documents,
                      const std::vector<std::string>& sources, Gathered* gathered) const {
    const v1::Attribution& attribution = Record(name)->attribution();
    provenance::AttributionFact& fact = gathered->a_case.attributions.emplace_back();
    gathered->attributions.push_back({attribution.said_date()});
    fact.claim = Place(ClaimOfName(name), gathered->a_case.claims);
    fact.id = IdOf(name);
    fact.source = Place(attribution.source(), sources);
    fact.document = Place(attribution.document(), documents);
    fact.stance = attribution.stance();
    fact.basis = attribution.basis();
    fact.denial_extent = attribution.denial().extent();
    fact.said = Days::Of(attribution.said_date());
    Strings hedges;
    for (const std::string& hedge : attribution.hedges()) hedges.insert(FoldKey(hedge));
    fact.hedges.assign(hedges.begin(), hedges.end());
    if (attribution.has_withdrawal())
      TakeBack(attribution.withdrawal(), &fact.taken, &fact.taken_date);
    fact.deleted = !IsLive(name);
    fact.recorded = model_.RevisionsOf(name).back()->sequence();
    for (const v1::Citation& citation : attribution.cites()) {
      provenance::CitationFact& cited = fact.cites.emplace_back();
      cited.stance = citation.stance();
      cited.bare = citation.has_source();
      if (!cited.bare) cited.attribution = Place(citation.attribution(), attributions);
      if (cited.attribution != kNone) continue;
      cited.source = Place(SourceCited(citation), sources);
      cited.severed = !IsLive(SourceCited(citation)) || (!cited.bare && IsGone(citation));
    }
  }

  // Whether an attribution that is cited was withdrawn or deleted, itself or with its document.
  bool IsGone(const v1::Citation& citation) const {
    const v1::Attribution& cited = Record(citation.attribution())->attribution();
    return !IsLive(citation.attribution()) || cited.has_withdrawal() || !IsLive(cited.document()) ||
           Record(cited.document())->document().has_withdrawal();
  }

  const Model& model_;
  const std::optional<int32_t> until_;
  const int64_t sequence_;
};

}  // namespace

absl::StatusOr<v1::Assessment> Model::Assessed(const std::string& claim,
                                               std::optional<int32_t> until,
                                               const std::string& published_until,
                                               int64_t sequence) const {
  absl::StatusOr<v1::Assessment> assessment = Weighed(claim, until, published_until, sequence);
  if (assessment.ok()) Judge(sequence, &*assessment);
  return assessment;
}

absl::StatusOr<v1::Assessment> Model::Weighed(const std::string& claim,
                                              std::optional<int32_t> until,
                                              const std::string& published_until,
                                              int64_t sequence) const {
  if (!IsLive(claim, sequence)) return absl::NotFoundError(claim);
  Gathered gathered = CaseMaker(*this, until, sequence).Make(claim);
  v1::Assessment assessment;
  database::Describe(until ? database::WeighUntil(std::move(gathered), *until, published_until)
                           : database::Weigh(std::move(gathered)),
                     &assessment);
  assessment.set_read_sequence(sequence);
  return assessment;
}

}  // namespace headwater::model
