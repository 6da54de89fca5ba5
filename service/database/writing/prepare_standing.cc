// What stands: resources as they are, with all that a change to them has to know.
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/scan.h"
#include "database/writing/preparation.h"
#include "keys/register.h"
#include "records/render.h"
#include "records/suggestion.h"
#include "records/terms.h"

namespace headwater::database {
namespace {

// Etags are taken with their quotes or without.
bool IsEtag(absl::string_view given, uint64_t sequence) {
  const std::string etag = records::Etag(sequence);
  return given == etag || given == absl::string_view(etag).substr(1, etag.size() - 2);
}

}  // namespace

absl::StatusOr<std::optional<records::LiveRow>> Preparation::Latest(const keys::Name& name) {
  const std::string key = name.Key();
  auto known = latest_.find(key);
  if (known != latest_.end()) return known->second;
  HW_ASSIGN_OR_RETURN(std::optional<records::LiveRow> row, reader().Latest(name));
  latest_.emplace(key, row);
  return row;
}

absl::StatusOr<Standing> Preparation::Stand(const keys::Name& name, absl::string_view etag,
                                            bool deleted) {
  HW_ASSIGN_OR_RETURN(const std::optional<records::LiveRow> row, Latest(name));
  if (!row) return NotFound(name);
  if (row->deleted && !deleted) return Deleted(name);
  if (!etag.empty() && !IsEtag(etag, row->head))
    return EtagStale(name, etag, records::Etag(row->head));
  prepared_.reliance.unchanged.push_back(HashOf(name));
  HW_ASSIGN_OR_RETURN(Standing standing, StandAt(name, *row));
  if (name.kind == keys::Kind::kAttribution) {
    HW_ASSIGN_OR_RETURN(const std::vector<records::Edge> edges,
                        reader().EdgesAt({name}, {row->head}));
    standing.recorded = edges.front().recorded;
  }
  return standing;
}

absl::StatusOr<Standing> Preparation::StandAt(const keys::Name& name, const records::LiveRow& row) {
  Standing standing;
  standing.name = name;
  standing.row = row;
  HW_ASSIGN_OR_RETURN(standing.stored, reader().Load(row.head));
  standing.resource = records::ParseResource(name.kind, standing.stored.body);
  if (standing.resource == nullptr)
    return records::Damaged(absl::StrCat(name.Text(), " cannot be read"));
  return standing;
}

absl::StatusOr<bool> Preparation::IsServersSuggestion(const keys::Name& name) {
  if (name.kind != keys::Kind::kRelation) return false;
  HW_ASSIGN_OR_RETURN(const std::optional<records::LiveRow> row, Latest(name));
  if (!row || row->deleted) return false;
  HW_ASSIGN_OR_RETURN(const Standing standing, StandAt(name, *row));
  return records::IsServersSuggestion(static_cast<const v1::Relation&>(*standing.resource));
}

absl::StatusOr<std::vector<records::StandingTerm>> Preparation::TermsOf(const Standing& standing) {
  const std::string name = standing.name.Key();
  std::vector<std::string> terms =
      records::TermsOf(*standing.resource, records::ReferencesOf(*standing.resource));
  std::vector<std::string> live;
  for (const std::string& term : terms) live.push_back(keys::LiveKey(term, name));
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> rows,
                      view_.snapshot->MultiGet(kv::Keyspace::kIndexes, live, patience_));
  std::vector<records::StandingTerm> standing_terms;
  for (size_t i = 0; i < terms.size(); ++i) {
    const std::optional<records::LiveRow> row =
        rows[i] ? records::ParseLive(*rows[i]) : std::nullopt;
    if (!row)
      return records::Damaged(
          absl::StrCat("an index row of ", standing.name.Text(), " is missing"));
    standing_terms.push_back({std::move(terms[i]), row->from});
  }
  return standing_terms;
}

absl::StatusOr<std::vector<keys::Name>> Preparation::Children(const keys::Name& claim,
                                                              bool deleted) {
  std::vector<keys::Name> children;
  for (keys::Kind kind : keys::kAllKinds) {
    if (!IsChild(kind)) continue;
    Filter filter;
    filter.kind = kind;
    filter.claim = claim.id;
    const bool on_the_spot = patience_ == kv::Patience::kCacheOnly;
    size_t budget = on_the_spot ? kMostRowsOnTheSpot : 2 * kMostChildren;
    HW_ASSIGN_OR_RETURN(
        const std::string rest,
        Scan(filter).Run(reading().point, patience_, "", &budget, [&](Candidate candidate) {
          if (candidate.deleted == deleted) children.push_back(std::move(candidate.name));
          return children.size() <= kMostChildren;
        }));
    if (!rest.empty() && on_the_spot) return kv::WouldBlock();
    if (!rest.empty()) return TooManyChildren(claim, kMostChildren);
  }
  return children;
}

}  // namespace headwater::database
