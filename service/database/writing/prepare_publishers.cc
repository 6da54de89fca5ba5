// Who may publish documents and own sources: not those whom nobody knows.
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/scan.h"
#include "database/writing/preparation.h"
#include "keys/register.h"
#include "records/consistency.h"

namespace headwater::database {

void Preparation::NoteSource(const keys::Name& name, const v1::Source& source,
                             const Standing* standing) {
  if (standing != nullptr) {
    const auto& before = static_cast<const v1::Source&>(*standing->resource);
    if (records::MayPublish(before.kind()) && !records::MayPublish(source.kind()))
      unpublishers_.push_back(name);
  }
  sources_[name.Key()] = source;
}

absl::Status Preparation::CheckPublishers() {
  for (const records::FoundReference& reference : publishers_)
    HW_RETURN_IF_ERROR(CheckMayPublish(reference));
  for (const keys::Name& source : unpublishers_) {
    HW_RETURN_IF_ERROR(CheckUnpublished(source, keys::Reference::kDocumentPublisher));
    HW_RETURN_IF_ERROR(CheckUnpublished(source, keys::Reference::kSourceOwner));
    prepared_.reliance.unreferenced.push_back(HashOf(source));
  }
  return absl::OkStatus();
}

absl::Status Preparation::CheckMayPublish(const records::FoundReference& reference) {
  HW_ASSIGN_OR_RETURN(const v1::SourceKind kind, KindOfSource(reference.target));
  if (!records::MayPublish(kind)) return MayNotPublish(reference.path, reference.target);
  RelyOnUnchanged(reference.target);
  return absl::OkStatus();
}

absl::StatusOr<v1::SourceKind> Preparation::KindOfSource(const keys::Name& name) {
  const std::string key = name.Key();
  if (auto made = sources_.find(key); made != sources_.end()) return made->second.kind();
  if (before_ != nullptr) {
    auto made = before_->sources.find(key);
    if (made != before_->sources.end()) return made->second.kind();
  }
  // Deleted ones too: a reference that stays severed may be whole again one day.
  HW_ASSIGN_OR_RETURN(const Standing standing, Stand(name, "", /*deleted=*/true));
  return static_cast<const v1::Source&>(*standing.resource).kind();
}

absl::Status Preparation::CheckUnpublished(const keys::Name& source, keys::Reference field) {
  Filter filter;
  filter.kind =
      field == keys::Reference::kDocumentPublisher ? keys::Kind::kDocument : keys::Kind::kSource;
  filter.terms = {keys::Term(keys::Index::kReference, keys::ReferenceValue(source, field))};
  std::optional<keys::Name> referrer;
  std::string position;
  do {
    size_t budget = kMostExamined;
    HW_ASSIGN_OR_RETURN(
        position,
        Scan(filter).Run(reading().point, patience_, position, &budget, [&](Candidate candidate) {
          if (!candidate.deleted && !IsReleased(candidate.name, source))
            referrer = std::move(candidate.name);
          return !referrer;
        }));
    if (referrer) return MayNotPublish(referrer->Text(), source);
    // Deleted referrers may be many: they are passed over piece by piece.
    if (!position.empty() && patience_ == kv::Patience::kCacheOnly) return kv::WouldBlock();
  } while (!position.empty());
  return absl::OkStatus();
}

// Whether the request itself gives the referrer another owner.
bool Preparation::IsReleased(const keys::Name& referrer, const keys::Name& source) const {
  auto made = sources_.find(referrer.Key());
  return made != sources_.end() && made->second.owner() != source.Text();
}

}  // namespace headwater::database
