#include "database/affected.h"

#include <tuple>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "database/gather_claims.h"
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

Name ClaimNamed(const std::string& id) { return Name{Kind::kClaim, "", id}; }

bool Counts(const v1::Relation& relation) {
  return relation.state() == v1::RELATION_STATE_CONFIRMED &&
         (relation.kind() == v1::RELATION_KIND_SAME_AS ||
          relation.kind() == v1::RELATION_KIND_CONTRADICTS);
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

Affected::Affected(const Reading& after)
    : after_(after), budget_(Name{}, {}, after.patience), walk_(after, &budget_) {}

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

absl::Status Affected::Referrers(const Name& target, Reference field,
                                 const IndexWalk::Take& take) {
  return walk_.Under(keys::Term(keys::Index::kReference, keys::ReferenceValue(target, field)), "",
                     take);
}

absl::Status Affected::Add(const records::Entry& entry) {
  const std::optional<Name> name = Name::Parse(entry.name);
  if (!name) return records::Damaged("an entry's name cannot be read");
  Reading before = after_;
  before.point.sequence = entry.first_sequence - 1;
  switch (name->kind) {
    case Kind::kSource:
      return AddSource(before, *name);
    case Kind::kDocument:
      return AddDocument(before, *name);
    case Kind::kClaim:
      return AddClaim(*name);
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
  claims_.insert(name.claim);
  return Referrers(name, Reference::kCitedAttribution, [&](const Name& citing, uint64_t) {
    claims_.insert(citing.claim);
    return absl::OkStatus();
  });
}

// Whoever has a relation to it may be told that it is gone, or back.
absl::Status Affected::AddClaim(const Name& name) {
  claims_.insert(name.id);
  return Referrers(name, Reference::kRelationTarget, [&](const Name& relation, uint64_t) {
    claims_.insert(relation.claim);
    return absl::OkStatus();
  });
}

absl::Status Affected::AddRelation(const Reading& before, const Name& name) {
  for (const Reading* reading : {&before, &after_}) {
    bool live = false;
    HW_ASSIGN_OR_RETURN(const v1::Relation relation, At<v1::Relation>(*reading, name, &live));
    if (!live || !Counts(relation)) continue;
    claims_.insert(name.claim);
    const std::optional<Name> target = Name::Parse(relation.target());
    if (target) claims_.insert(target->id);
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
  std::vector<Name> documents = {std::move(document)};
  while (!documents.empty()) {
    const Name next = std::move(documents.back());
    documents.pop_back();
    if (!documents_.insert(next.id).second) continue;
    HW_RETURN_IF_ERROR(AddTold(next));
    HW_RETURN_IF_ERROR(
        Referrers(next, Reference::kDocumentDerivedFrom, [&](Name copy, uint64_t) {
          documents.push_back(std::move(copy));
          return absl::OkStatus();
        }));
  }
  return absl::OkStatus();
}

absl::Status Affected::AddTold(const Name& document) {
  std::vector<Name> told;
  HW_RETURN_IF_ERROR(Referrers(document, Reference::kAttributionDocument,
                               [&](Name attribution, uint64_t) {
                                 told.push_back(std::move(attribution));
                                 return absl::OkStatus();
                               }));
  for (const Name& attribution : told) HW_RETURN_IF_ERROR(AddAttribution(attribution));
  return absl::OkStatus();
}

absl::Status Affected::AddSource(const Reading& before, const Name& name) {
  bool was_live = false;
  bool is_live = false;
  HW_ASSIGN_OR_RETURN(const v1::Source was, At<v1::Source>(before, name, &was_live));
  HW_ASSIGN_OR_RETURN(const v1::Source is, At<v1::Source>(after_, name, &is_live));
  if (was_live == is_live && SameGist(was, is)) return absl::OkStatus();
  std::vector<Name> sources = {name};
  const IndexWalk::Take take = [&](Name source, uint64_t) {
    sources.push_back(std::move(source));
    return absl::OkStatus();
  };
  const auto also = [&](const std::string& source) {
    if (const std::optional<Name> parsed = Name::Parse(source)) sources.push_back(*parsed);
  };
  const auto sharing = [&](const v1::Source& source) {
    for (const std::string& uri : source.same_as()) {
      HW_RETURN_IF_ERROR(
          walk_.Under(keys::Term(keys::Index::kSameAs, keys::TextValue(uri)), "", take));
    }
    return absl::OkStatus();
  };
  // Those it has left, too: theirs is another voice now.
  also(was.part_of());
  also(was.evidence().author());
  HW_RETURN_IF_ERROR(sharing(was));
  while (!sources.empty()) {
    const Name source = std::move(sources.back());
    sources.pop_back();
    if (!sources_.insert(source.id).second) continue;
    HW_RETURN_IF_ERROR(AddSpeaker(source));
    bool live = false;
    HW_ASSIGN_OR_RETURN(const v1::Source here, At<v1::Source>(after_, source, &live));
    also(here.part_of());
    also(here.evidence().author());
    HW_RETURN_IF_ERROR(sharing(here));
    for (Reference field :
         {Reference::kSourcePartOf, Reference::kEvidenceAuthor, Reference::kSourceOwner})
      HW_RETURN_IF_ERROR(Referrers(source, field, take));
  }
  return absl::OkStatus();
}

absl::Status Affected::AddSpeaker(const Name& source) {
  std::vector<Name> speaking;
  std::vector<Name> documents;
  HW_RETURN_IF_ERROR(Referrers(source, Reference::kAttributionSource,
                               [&](Name attribution, uint64_t) {
                                 speaking.push_back(std::move(attribution));
                                 return absl::OkStatus();
                               }));
  HW_RETURN_IF_ERROR(Referrers(source, Reference::kCitedSource, [&](const Name& citing, uint64_t) {
    claims_.insert(citing.claim);
    return absl::OkStatus();
  }));
  HW_RETURN_IF_ERROR(Referrers(source, Reference::kDocumentPublisher,
                               [&](Name document, uint64_t) {
                                 documents.push_back(std::move(document));
                                 return absl::OkStatus();
                               }));
  for (const Name& attribution : speaking) HW_RETURN_IF_ERROR(AddAttribution(attribution));
  for (Name& document : documents) HW_RETURN_IF_ERROR(AddWithCopies(std::move(document)));
  return absl::OkStatus();
}

absl::Status Affected::Complete() {
  std::set<std::string> complete;
  std::set<std::string> contradicting;
  const auto add_with_its_like = [&](const std::string& claim,
                                     std::set<std::string>* contradicts) -> absl::Status {
    if (!complete.insert(claim).second) return absl::OkStatus();
    absl::StatusOr<RelatedClaims> related =
        GatherClaims(after_, ClaimNamed(claim), &walk_, &budget_);
    // One that is gone, or has too many: it alone then, for it is not assessed.
    if (absl::IsNotFound(related.status()) || absl::IsResourceExhausted(related.status()))
      return absl::OkStatus();
    HW_RETURN_IF_ERROR(related.status());
    complete.insert(related->same.begin(), related->same.end());
    if (contradicts != nullptr)
      contradicts->insert(related->contradicting.begin(), related->contradicting.end());
    return absl::OkStatus();
  };
  for (const std::string& claim : claims_)
    HW_RETURN_IF_ERROR(add_with_its_like(claim, &contradicting));
  for (const std::string& claim : contradicting)
    HW_RETURN_IF_ERROR(add_with_its_like(claim, nullptr));
  claims_ = std::move(complete);
  return absl::OkStatus();
}

}  // namespace headwater::database
