#include "database/questions/gather_documents.h"

#include <utility>

#include "base/status_macros.h"

namespace headwater::database {
namespace {

using provenance::Index;
using provenance::kNone;

std::string IdOf(absl::string_view name) {
  return keys::Name::Parse(name).value_or(keys::Name{}).id;
}

}  // namespace

Index DocumentGatherer::Mention(absl::string_view id) { return Number(id, /*kept=*/true); }

Index DocumentGatherer::Number(absl::string_view id, bool kept) {
  const Index number = ids_.Of(id);
  if (number == kept_.size()) kept_.push_back(false);
  kept_[number] = kept_[number] || kept;
  return number;
}

absl::Status DocumentGatherer::Load() {
  while (facts_.size() < ids_.size()) {
    const size_t begin = facts_.size();
    std::vector<keys::Name> names;
    for (size_t i = begin; i < ids_.size(); ++i)
      names.push_back(keys::Name{keys::Kind::kDocument, "", ids_.id(i)});
    HW_RETURN_IF_ERROR(LoadEach<v1::Document>(
        reading_, budget_, names, [&](size_t place, const v1::Document& document, bool deleted) {
          return Read(static_cast<Index>(begin + place), document, deleted);
        }));
  }
  for (provenance::DocumentFact& fact : facts_) {
    if (fact.verbatim_of != kNone && facts_[fact.verbatim_of].deleted) fact.verbatim_of = kNone;
  }
  return absl::OkStatus();
}

absl::Status DocumentGatherer::Read(Index number, const v1::Document& document, bool deleted) {
  provenance::DocumentFact fact;
  fact.id = ids_.id(number);
  fact.deleted = deleted;
  fact.published = provenance::Days::Of(document.published_date());
  if (document.has_withdrawal()) {
    fact.taken = TakenBy(document.withdrawal().kind());
    fact.taken_date = provenance::Days::Of(document.withdrawal().withdrawn_date());
  }
  kept_[number] = kept_[number] || !deleted;
  if (kept_[number]) fact.publisher = sources_->Mention(IdOf(document.publisher()));
  const v1::Derivation& derivation = document.derived_from();
  if (!deleted && derivation.kind() == v1::DERIVATION_KIND_VERBATIM)
    fact.verbatim_of = Number(IdOf(derivation.document()), /*kept=*/false);
  facts_.push_back(std::move(fact));
  words_.push_back({document.title(), document.published_date()});
  return budget_->Document(sizeof(fact) + document.title().size());
}

void DocumentGatherer::Take(const std::vector<Index>& places, const std::vector<Index>& sources,
                            std::vector<provenance::DocumentFact>* facts,
                            std::vector<DocumentWords>* words) {
  for (provenance::DocumentFact& fact : facts_) {
    if (fact.publisher != kNone) fact.publisher = sources[fact.publisher];
    if (fact.verbatim_of != kNone) fact.verbatim_of = places[fact.verbatim_of];
  }
  *facts = Placed(std::move(facts_), places);
  *words = Placed(std::move(words_), places);
}

}  // namespace headwater::database
