#include "database/questions/index_walk.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/index_row.h"

namespace headwater::database {
namespace {

constexpr size_t kSequenceBytes = sizeof(uint64_t);
// The most names under one term that are kept.
constexpr size_t kMostKept = 100;

absl::StatusOr<keys::Name> NameIn(absl::string_view bytes) {
  std::optional<keys::Name> name = keys::Name::TakeKey(&bytes);
  if (!name || !bytes.empty()) return records::Damaged("the name in an index row cannot be read");
  return *std::move(name);
}

}  // namespace

absl::Status IndexWalk::Under(absl::string_view term, absl::string_view names, const Take& take) {
  return Walk(term, names, /*deleted=*/false, take);
}

absl::Status IndexWalk::UnderKept(absl::string_view term, absl::string_view names,
                                  const std::function<absl::Status(const keys::Name&)>& take) {
  budget_->RelyOnTerm(term, names);
  ReadCaches* const caches = reading_.point.view.caches;
  const uint64_t now = reading_.point.sequence;
  uint64_t last = 0;
  if (caches != nullptr) {
    const WriteMarks& marks = caches->marks;
    last = marks.Last(names.empty() ? marks.OfTerm(term) : marks.OfChildren(names));
  }
  // Of a state before the last write nothing is known.
  const bool may_keep = caches != nullptr && now >= last;
  std::string key;
  if (may_keep) {
    key = absl::StrCat(term, names);
    const std::shared_ptr<const KeptNames> kept = caches->names.Find(key);
    if (kept != nullptr && kept->since >= last && kept->since <= now) {
      HW_RETURN_IF_ERROR(budget_->Read(kept->names.size()));
      for (const keys::Name& name : kept->names) HW_RETURN_IF_ERROR(take(name));
      return absl::OkStatus();
    }
  }
  auto found = std::make_shared<KeptNames>();
  found->since = now;
  size_t bytes = sizeof(KeptNames) + key.size();
  const auto take_and_keep = [&](keys::Name name, uint64_t) {
    HW_RETURN_IF_ERROR(take(name));
    if (found->names.size() <= kMostKept) {
      bytes += sizeof(name) + name.claim.size() + name.id.size();
      found->names.push_back(std::move(name));
    }
    return absl::OkStatus();
  };
  HW_RETURN_IF_ERROR(Under(term, names, take_and_keep));
  if (may_keep && found->names.size() <= kMostKept)
    caches->names.Insert(key, std::move(found), bytes);
  return absl::OkStatus();
}

absl::Status IndexWalk::WithDeleted(absl::string_view term, absl::string_view names,
                                    const Take& take) {
  return Walk(term, names, /*deleted=*/true, take);
}

absl::Status IndexWalk::Walk(absl::string_view term, absl::string_view names, bool deleted,
                             const Take& take) {
  HW_RETURN_IF_ERROR(budget_->Read(1));
  HW_RETURN_IF_ERROR(Live(term, names, deleted, take));
  return reading_.point.latest() ? absl::OkStatus() : Closed(term, names, deleted, take);
}

void IndexWalk::Rows::Seek(const std::string& prefix) {
  // Between what was passed and the row that the cursor stands on there is none.
  const bool is_there = !passed.empty() && passed < prefix && !absl::StartsWith(prefix, passed) &&
                        cursor->Valid() && cursor->key() >= prefix;
  if (!is_there) cursor->Seek(prefix);
  passed = prefix;
}

absl::Status IndexWalk::Live(absl::string_view term, absl::string_view names, bool deleted,
                             const Take& take) {
  const std::string prefix = keys::LivePrefix(term, names);
  if (live_.cursor == nullptr) {
    live_.cursor = reading_.point.view.snapshot->Range(kv::Keyspace::kIndexes, keys::LivePrefix(""),
                                                       keys::ClosedPrefix(""), reading_.patience);
  }
  const uint64_t sequence = reading_.point.sequence;
  for (live_.Seek(prefix); live_.cursor->Valid() && absl::StartsWith(live_.cursor->key(), prefix);
       live_.cursor->Next()) {
    HW_RETURN_IF_ERROR(budget_->Read(1));
    const std::optional<records::LiveRow> row = records::ParseLive(live_.cursor->value());
    if (!row) return records::Damaged("a live index row cannot be read");
    if (row->from > sequence || (row->deleted && !deleted)) continue;
    HW_ASSIGN_OR_RETURN(keys::Name name,
                        NameIn(live_.cursor->key().substr(prefix.size() - names.size())));
    HW_RETURN_IF_ERROR(take(std::move(name), row->head <= sequence ? row->head : 0));
  }
  return live_.cursor->status();
}

absl::Status IndexWalk::Closed(absl::string_view term, absl::string_view names, bool deleted,
                               const Take& take) {
  const std::string prefix = keys::ClosedPrefix(term, names);
  if (closed_.cursor == nullptr) {
    closed_.cursor = reading_.point.view.snapshot->Range(
        kv::Keyspace::kIndexes, keys::ClosedPrefix(""), keys::PrefixEnd(keys::ClosedPrefix("")),
        reading_.patience);
  }
  const uint64_t sequence = reading_.point.sequence;
  for (closed_.Seek(prefix);
       closed_.cursor->Valid() && absl::StartsWith(closed_.cursor->key(), prefix);
       closed_.cursor->Next()) {
    HW_RETURN_IF_ERROR(budget_->Read(1));
    const std::optional<records::ClosedRow> row = records::ParseClosed(closed_.cursor->value());
    absl::string_view name = closed_.cursor->key().substr(prefix.size() - names.size());
    if (!row || name.size() <= kSequenceBytes) {
      return records::Damaged("a closed index row cannot be read");
    }
    const uint64_t from = keys::ReadAscending(name.substr(name.size() - kSequenceBytes));
    if (from > sequence || row->to <= sequence || (row->deleted && !deleted)) continue;
    name.remove_suffix(kSequenceBytes);
    HW_ASSIGN_OR_RETURN(keys::Name named, NameIn(name));
    HW_RETURN_IF_ERROR(take(std::move(named), 0));
  }
  return closed_.cursor->status();
}

}  // namespace headwater::database
