#include "database/questions/gather_sources.h"

#include "base/status_macros.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using provenance::Index;
using provenance::kNone;

Name SourceNamed(absl::string_view id) { return Name{Kind::kSource, "", std::string(id)}; }

// The id in a reference that is empty or the name of a source.
absl::string_view IdIn(absl::string_view name) {
  constexpr absl::string_view kCollection = "sources/";
  return name.substr(std::min(kCollection.size(), name.size()));
}

}  // namespace

Index SourceGatherer::Mention(absl::string_view id) { return Number(id, /*kept=*/true); }

Index SourceGatherer::Number(absl::string_view id, bool kept) {
  const Index number = ids_.Of(id);
  if (number == kept_.size()) {
    kept_.push_back(false);
    parent_.push_back(number);
    size_.push_back(1);
  }
  kept_[number] = kept_[number] || kept;
  return number;
}

absl::Status SourceGatherer::Load() {
  while (facts_.size() < ids_.size()) {
    const size_t begin = facts_.size();
    std::vector<Name> names;
    for (size_t i = begin; i < ids_.size(); ++i) names.push_back(SourceNamed(ids_.id(i)));
    HW_RETURN_IF_ERROR(LoadEach<v1::Source>(
        reading_, budget_, names, [&](size_t place, const v1::Source& source, bool deleted) {
          return Read(static_cast<Index>(begin + place), source, deleted);
        }));
    const size_t end = facts_.size();
    for (size_t i = begin; i < end; ++i) HW_RETURN_IF_ERROR(Walk(static_cast<Index>(i)));
  }
  return Settle();
}

absl::Status SourceGatherer::Read(Index number, const v1::Source& source, bool deleted) {
  provenance::SourceFact fact;
  fact.id = ids_.id(number);
  fact.kind = source.kind();
  fact.deleted = deleted;
  words_.push_back({source.display_name(), source.collective().size()});
  size_t bytes = sizeof(fact) + source.display_name().size();
  if (!deleted) {
    for (const auto& [name, link] : {std::make_pair(&source.part_of(), &fact.part_of),
                                     std::make_pair(&source.evidence().author(), &fact.author),
                                     std::make_pair(&source.owner(), &fact.owner)}) {
      if (name->empty()) continue;
      *link = Number(IdIn(*name), /*kept=*/false);
      if (link != &fact.owner) HW_RETURN_IF_ERROR(Join(number, *link));
    }
    fact.same_as.assign(source.same_as().begin(), source.same_as().end());
    for (const std::string& uri : fact.same_as) bytes += uri.size();
    for (const std::string& other : source.known_distinct_from())
      distinct_.emplace_back(number, IdIn(other));
    for (const std::string& other : source.evidence().authenticated_by())
      authenticated_.emplace_back(number, IdIn(other));
    bytes += 64 * (source.known_distinct_from_size() + source.evidence().authenticated_by_size());
  }
  facts_.push_back(std::move(fact));
  return budget_->Source(bytes);
}

Index SourceGatherer::Root(Index number) {
  while (parent_[number] != number) {
    parent_[number] = parent_[parent_[number]];
    number = parent_[number];
  }
  return number;
}

absl::Status SourceGatherer::Join(Index one, Index other) {
  Index large = Root(one);
  Index small = Root(other);
  if (large == small) return absl::OkStatus();
  if (size_[large] < size_[small]) std::swap(large, small);
  parent_[small] = large;
  size_[large] += size_[small];
  const size_t most = budget_->bounds().voice;
  return size_[large] > most ? budget_->TooMany(most, "sources of one voice") : absl::OkStatus();
}

absl::Status SourceGatherer::Walk(Index number) {
  if (facts_[number].deleted) return absl::OkStatus();
  HW_RETURN_IF_ERROR(WalkReferrers(number, keys::Reference::kSourcePartOf));
  HW_RETURN_IF_ERROR(WalkReferrers(number, keys::Reference::kEvidenceAuthor));
  for (const std::string& uri : facts_[number].same_as) HW_RETURN_IF_ERROR(WalkUri(number, uri));
  return absl::OkStatus();
}

absl::Status SourceGatherer::WalkReferrers(Index number, keys::Reference field) {
  const std::string target = keys::ReferenceValue(SourceNamed(ids_.id(number)), field);
  return walk_->UnderKept(keys::Term(keys::Index::kReference, target), "", [&](const Name& name) {
    return Join(number, Number(name.id, /*kept=*/true));
  });
}

absl::Status SourceGatherer::WalkUri(Index number, const std::string& uri) {
  const auto [holder, is_new] = uris_.try_emplace(uri);
  // Whoever came first has found all the others.
  if (!is_new) {
    holder->second.shared = true;
    return Join(number, holder->second.first);
  }
  holder->second.first = number;
  return walk_->UnderKept(
      keys::Term(keys::Index::kSameAs, keys::TextValue(uri)), "",
      [&](const Name& name) { return Join(number, Number(name.id, /*kept=*/true)); });
}

absl::Status SourceGatherer::Settle() {
  for (size_t i = 0; i < facts_.size(); ++i) kept_[i] = kept_[i] || !facts_[i].deleted;
  for (provenance::SourceFact& fact : facts_) {
    for (Index* link : {&fact.part_of, &fact.author, &fact.owner}) {
      if (*link != kNone && facts_[*link].deleted) *link = kNone;
    }
    // URIs that nobody shares tell nothing, and may be long.
    std::erase_if(fact.same_as, [&](const std::string& uri) { return !uris_.at(uri).shared; });
  }
  for (const auto& [number, id] : distinct_) {
    const Index other = ids_.Find(id);
    if (other != kNone && !facts_[other].deleted)
      facts_[number].known_distinct_from.push_back(other);
  }
  return Authenticate();
}

absl::Status SourceGatherer::Authenticate() {
  std::vector<Name> names;
  for (const auto& [number, id] : authenticated_) names.push_back(SourceNamed(id));
  return LoadEach<v1::Source>(reading_, budget_, names,
                              [&](size_t place, const v1::Source&, bool deleted) {
                                if (!deleted)
                                  facts_[authenticated_[place].first].authenticated = true;
                                return absl::OkStatus();
                              });
}

void SourceGatherer::Take(const std::vector<Index>& places,
                          std::vector<provenance::SourceFact>* facts,
                          std::vector<SourceWords>* words) {
  for (provenance::SourceFact& fact : facts_) {
    for (Index* link : {&fact.part_of, &fact.author, &fact.owner}) {
      if (*link != kNone) *link = places[*link];
    }
    for (Index& other : fact.known_distinct_from) other = places[other];
    std::sort(fact.known_distinct_from.begin(), fact.known_distinct_from.end());
  }
  *facts = Placed(std::move(facts_), places);
  *words = Placed(std::move(words_), places);
}

}  // namespace headwater::database
