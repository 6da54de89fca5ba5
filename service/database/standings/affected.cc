#include "database/standings/affected.h"

#include <iterator>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "database/questions/gather_claims.h"
#include "google/protobuf/util/message_differencer.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/relation.pb.h"
#include "headwater/v1/source.pb.h"
#include "keys/register.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using keys::Reference;

// More than an assessment takes by what one request can add, so that those are found that became
// too many just now. Of claims that say the same the state before tells.
constexpr GatherBounds kBounds = {.contradicting = 40'000, .wider = 40'000, .relations = 400'000};

Name ClaimNamed(const std::string& id) { return Name{Kind::kClaim, "", id}; }

std::string Referring(const Name& target, Reference field) {
  return keys::Term(keys::Index::kReference, keys::ReferenceValue(target, field));
}

// Too many wider or narrower claims, too, are more than is assessed.
bool Counts(const v1::Relation& relation) {
  return relation.state() == v1::RELATION_STATE_CONFIRMED &&
         (relation.kind() == v1::RELATION_KIND_SAME_AS ||
          relation.kind() == v1::RELATION_KIND_CONTRADICTS ||
          relation.kind() == v1::RELATION_KIND_NARROWS);
}

// What an assessment looks at, alone.
v1::Document Gist(const v1::Document& document) {
  v1::Document gist;
  gist.set_publisher(document.publisher());
  gist.set_published_date(document.published_date());
  *gist.mutable_derived_from() = document.derived_from();
  if (document.has_withdrawal()) *gist.mutable_withdrawal() = document.withdrawal();
  return gist;
}

v1::Source Gist(const v1::Source& source) {
  v1::Source gist;
  gist.set_kind(source.kind());
  *gist.mutable_same_as() = source.same_as();
  gist.set_part_of(source.part_of());
  gist.set_owner(source.owner());
  *gist.mutable_known_distinct_from() = source.known_distinct_from();
  gist.mutable_evidence()->set_author(source.evidence().author());
  *gist.mutable_evidence()->mutable_authenticated_by() = source.evidence().authenticated_by();
  return gist;
}

template <class Resource>
bool SameGist(const Resource& one, const Resource& other) {
  return google::protobuf::util::MessageDifferencer::Equals(Gist(one), Gist(other));
}

}  // namespace

Affected::Affected(const Reading& after, std::string from, size_t most, GoOn go_on)
    : after_(after),
      from_(std::move(from)),
      most_(most),
      go_on_(std::move(go_on)),
      budget_(Name{}, kBounds, after.patience),
      sources_walk_(after, &budget_),
      speakers_walk_(after, &budget_),
      copies_walk_(after, &budget_),
      told_walk_(after, &budget_),
      citing_walk_(after, &budget_),
      claims_walk_(after, &budget_) {}

template <class Resource>
absl::StatusOr<Resource> Affected::At(const Reading& reading, const Name& name, bool* live) const {
  Resource resource;
  *live = false;
  HW_ASSIGN_OR_RETURN(const uint64_t revision, RevisionOf(reading, name));
  if (revision == 0) return resource;
  HW_ASSIGN_OR_RETURN(const records::Stored stored, reading.reader().Load(revision));
  if (!resource.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
    return records::Damaged("a resource cannot be read");
  *live = !stored.entry.deleted();
  return resource;
}

absl::Status Affected::Add(const records::Entry& entry) {
  const std::optional<Name> name = Name::Parse(entry.name);
  if (!name) return records::Damaged("an entry's name cannot be read");
  Reading before = after_;
  before.point.sequence = entry.first_sequence - 1;
  // Nobody can refer to what was not there yet, but for those who do so from the same request:
  // these are met for themselves.
  if (entry.operation == v1::OPERATION_CREATE) {
    switch (name->kind) {
      case Kind::kAttribution:
        return Include(name->claim);
      case Kind::kClaim:
        return Include(name->id);
      case Kind::kDocument:
        return absl::OkStatus();
      default:
        break;  // they join others
    }
  }
  switch (name->kind) {
    case Kind::kSource:
      return AddSource(before, entry, *name);
    case Kind::kDocument:
      return AddDocument(before, *name);
    case Kind::kClaim:
      return AddClaim(before, *name);
    case Kind::kAttribution:
      return AddAttribution(*name);
    case Kind::kRelation:
      return AddRelation(before, *name);
    case Kind::kReview:
      break;
  }
  return absl::OkStatus();
}

absl::Status Affected::AddAttribution(const Name& name) {
  HW_RETURN_IF_ERROR(Include(name.claim));
  return citing_walk_.WithDeleted(
      Referring(name, Reference::kCitedAttribution), "",
      [&](const Name& citing, uint64_t) { return Include(citing.claim); });
}

// Whoever has a relation to it may be told that it is gone, or back.
absl::Status Affected::AddClaim(const Reading& before, const Name& name) {
  HW_RETURN_IF_ERROR(Include(name.id));
  HW_RETURN_IF_ERROR(IncludeBefore(before, name.id));
  return told_walk_.WithDeleted(
      Referring(name, Reference::kRelationTarget), "",
      [&](const Name& relation, uint64_t) { return Include(relation.claim); });
}

absl::Status Affected::AddRelation(const Reading& before, const Name& name) {
  for (const Reading* reading : {&before, &after_}) {
    bool live = false;
    HW_ASSIGN_OR_RETURN(const v1::Relation relation, At<v1::Relation>(*reading, name, &live));
    if (!live || !Counts(relation)) continue;
    for (const std::string& claim :
         {name.claim, Name::Parse(relation.target()).value_or(Name{}).id}) {
      HW_RETURN_IF_ERROR(Include(claim));
      HW_RETURN_IF_ERROR(IncludeBefore(before, claim));
    }
  }
  return absl::OkStatus();
}

absl::Status Affected::AddDocument(const Reading& before, const Name& name) {
  bool was_live = false;
  bool is_live = false;
  HW_ASSIGN_OR_RETURN(const v1::Document was, At<v1::Document>(before, name, &was_live));
  HW_ASSIGN_OR_RETURN(const v1::Document is, At<v1::Document>(after_, name, &is_live));
  if (was_live == is_live && SameGist(was, is)) return absl::OkStatus();
  return AddWithCopies(name);
}

// Its copies, and theirs, tell with its publisher.
absl::Status Affected::AddWithCopies(Name document) {
  std::set<std::string> met;
  std::vector<Name> documents = {std::move(document)};
  while (!documents.empty()) {
    const Name next = std::move(documents.back());
    documents.pop_back();
    if (!met.insert(next.id).second) continue;
    HW_RETURN_IF_ERROR(told_walk_.WithDeleted(
        Referring(next, Reference::kAttributionDocument), "",
        [&](const Name& attribution, uint64_t) { return AddAttribution(attribution); }));
    HW_RETURN_IF_ERROR(copies_walk_.Under(Referring(next, Reference::kDocumentDerivedFrom), "",
                                          [&](Name copy, uint64_t) {
                                            documents.push_back(std::move(copy));
                                            return absl::OkStatus();
                                          }));
  }
  return absl::OkStatus();
}

absl::Status Affected::AddSource(const Reading& before, const records::Entry& entry,
                                 const Name& name) {
  bool was_live = false;
  bool is_live = false;
  HW_ASSIGN_OR_RETURN(const v1::Source was, At<v1::Source>(before, name, &was_live));
  HW_ASSIGN_OR_RETURN(const v1::Source is, At<v1::Source>(after_, name, &is_live));
  if (was_live == is_live && SameGist(was, is)) return absl::OkStatus();
  // A new one that joins no other speaks only where the same request says so.
  const bool is_new = entry.operation == v1::OPERATION_CREATE;
  if (is_new && is.same_as().empty() && is.part_of().empty() && is.evidence().author().empty())
    return absl::OkStatus();
  // Those it has left, too: theirs is another voice now.
  std::vector<Name> sources = {name};
  for (const std::string& left : {was.part_of(), was.evidence().author()}) {
    if (const std::optional<Name> parsed = Name::Parse(left)) sources.push_back(*parsed);
  }
  const IndexWalk::Take take = [&](Name source, uint64_t) {
    sources.push_back(std::move(source));
    return absl::OkStatus();
  };
  for (const std::string& uri : was.same_as()) {
    HW_RETURN_IF_ERROR(
        sources_walk_.Under(keys::Term(keys::Index::kSameAs, keys::TextValue(uri)), "", take));
  }
  if (was_live != is_live) {
    HW_RETURN_IF_ERROR(
        sources_walk_.Under(Referring(name, Reference::kEvidenceAuthenticatedBy), "", take));
  }
  return AddVoices(std::move(sources));
}

absl::Status Affected::AddVoices(std::vector<Name> sources) {
  const IndexWalk::Take take = [&](Name source, uint64_t) {
    sources.push_back(std::move(source));
    return absl::OkStatus();
  };
  while (!sources.empty()) {
    const Name source = std::move(sources.back());
    sources.pop_back();
    if (!sources_.insert(source.id).second) continue;
    HW_RETURN_IF_ERROR(AddSpeaker(source));
    bool live = false;
    HW_ASSIGN_OR_RETURN(const v1::Source here, At<v1::Source>(after_, source, &live));
    for (const std::string& joined : {here.part_of(), here.evidence().author()}) {
      if (const std::optional<Name> parsed = Name::Parse(joined)) sources.push_back(*parsed);
    }
    for (const std::string& uri : here.same_as()) {
      HW_RETURN_IF_ERROR(
          sources_walk_.Under(keys::Term(keys::Index::kSameAs, keys::TextValue(uri)), "", take));
    }
    for (Reference field :
         {Reference::kSourcePartOf, Reference::kEvidenceAuthor, Reference::kSourceOwner})
      HW_RETURN_IF_ERROR(sources_walk_.Under(Referring(source, field), "", take));
  }
  return absl::OkStatus();
}

absl::Status Affected::AddSpeaker(const Name& source) {
  HW_RETURN_IF_ERROR(speakers_walk_.WithDeleted(
      Referring(source, Reference::kAttributionSource), "",
      [&](const Name& attribution, uint64_t) { return AddAttribution(attribution); }));
  HW_RETURN_IF_ERROR(speakers_walk_.WithDeleted(
      Referring(source, Reference::kCitedSource), "",
      [&](const Name& citing, uint64_t) { return Include(citing.claim); }));
  return speakers_walk_.WithDeleted(
      Referring(source, Reference::kDocumentPublisher), "",
      [&](Name document, uint64_t) { return AddWithCopies(std::move(document)); });
}

absl::Status Affected::Include(const std::string& claim) {
  if (included_.contains(claim)) return absl::OkStatus();
  HW_RETURN_IF_ERROR(go_on_());
  std::vector<std::string> contradicting;
  HW_RETURN_IF_ERROR(IncludeSame(after_, claim, &claims_walk_, &included_, &contradicting));
  for (const std::string& other : contradicting) {
    if (!said_.contains(other) && !included_.contains(other))
      HW_RETURN_IF_ERROR(IncludeSame(after_, other, &claims_walk_, &said_, nullptr));
  }
  return absl::OkStatus();
}

// Of claims that are too many now, those that were not yet, and whom they contradict: these are
// judged with all of them.
absl::Status Affected::IncludeBefore(const Reading& before, const std::string& claim) {
  IndexWalk walk(before, &budget_);
  std::set<std::string> seen;
  std::vector<std::string> contradicting;
  HW_RETURN_IF_ERROR(IncludeSame(before, claim, &walk, &seen, &contradicting));
  for (const std::string& other : contradicting)
    HW_RETURN_IF_ERROR(IncludeSame(before, other, &walk, &seen, nullptr));
  return absl::OkStatus();
}

absl::Status Affected::IncludeSame(const Reading& reading, const std::string& claim,
                                   IndexWalk* walk, std::set<std::string>* seen,
                                   std::vector<std::string>* contradicting) {
  // What is forgotten is worked out again.
  if (seen->size() > most_) seen->clear();
  seen->insert(claim);
  Keep(claim);
  const Name name = ClaimNamed(claim);
  GatherBudget budget(name, kBounds, reading.patience);
  const absl::StatusOr<RelatedClaims> related = GatherClaims(
      reading, name, contradicting == nullptr ? Beside::kNothing : Beside::kAll, walk, &budget);
  if (absl::IsNotFound(related.status())) return absl::OkStatus();
  // Too many say the same: none of them is assessed, but those may be that it contradicts.
  if (absl::IsResourceExhausted(related.status()))
    return contradicting == nullptr ? absl::OkStatus() : Neighbours(claim, walk, contradicting);
  HW_RETURN_IF_ERROR(related.status());
  for (const RelatedClaim& same : related->same) {
    seen->insert(same.id);
    Keep(same.id);
  }
  if (contradicting == nullptr) return absl::OkStatus();
  for (const RelatedClaim& other : related->contradicting) contradicting->push_back(other.id);
  return absl::OkStatus();
}

absl::Status Affected::Neighbours(const std::string& claim, IndexWalk* walk,
                                  std::vector<std::string>* neighbours) {
  std::vector<Name> own;
  HW_RETURN_IF_ERROR(walk->Under(keys::Term(keys::Index::kAll, keys::NoValue()),
                                 keys::NameKeyPrefix(Kind::kRelation, claim),
                                 [&](Name relation, uint64_t) {
                                   own.push_back(std::move(relation));
                                   return absl::OkStatus();
                                 }));
  for (const Name& name : own) {
    bool live = false;
    HW_ASSIGN_OR_RETURN(const v1::Relation relation, At<v1::Relation>(after_, name, &live));
    if (live && Counts(relation))
      neighbours->push_back(Name::Parse(relation.target()).value_or(Name{}).id);
  }
  return walk->Under(Referring(ClaimNamed(claim), Reference::kRelationTarget), "",
                     [&](const Name& relation, uint64_t) {
                       neighbours->push_back(relation.claim);
                       return absl::OkStatus();
                     });
}

void Affected::Keep(const std::string& claim) {
  if (claim <= from_) return;
  if (claims_.size() >= most_ && claim > *claims_.rbegin()) {
    more_ = true;
    return;
  }
  claims_.insert(claim);
  if (claims_.size() <= most_) return;
  claims_.erase(std::prev(claims_.end()));
  more_ = true;
}

}  // namespace headwater::database
