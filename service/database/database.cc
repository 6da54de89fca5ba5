#include "database/database.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/impl.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/reader.h"

namespace headwater::database {
namespace {

// The on-disk format's version in the store; kFormatVersion is written into one that is empty.
absl::Status CheckFormat(kv::Engine* engine, const kv::Snapshot& snapshot) {
  HW_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                      snapshot.Get(kv::Keyspace::kMeta, keys::kFormatKey, kv::Patience::kMayWait));
  if (!value) {
    if (snapshot.head() != 0) return records::Damaged("the format version is missing");
    std::string version;
    keys::AppendVarint(keys::kFormatVersion, &version);
    kv::Batch batch;
    batch.Put(kv::Keyspace::kMeta, keys::kFormatKey, version);
    return engine->Commit(batch, 0, 0, kv::Durability::kSynced);
  }
  absl::string_view in = *value;
  uint64_t version = 0;
  if (!keys::TakeVarint(&in, &version) || version != keys::kFormatVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("the store has on-disk format ", version, ", and this version knows only ",
                     keys::kFormatVersion, "; use the version that wrote it. Nothing was changed"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> Database::Open(std::unique_ptr<kv::Engine> engine,
                                                         const Options& options) {
  uint64_t head = 0;
  int64_t head_micros = 0;
  {
    HW_ASSIGN_OR_RETURN(const std::shared_ptr<const kv::Snapshot> snapshot, engine->TakeSnapshot());
    HW_RETURN_IF_ERROR(CheckFormat(engine.get(), *snapshot));
    head = snapshot->head();
    if (head != 0) {
      HW_ASSIGN_OR_RETURN(const records::Stored last,
                          records::Reader(*snapshot, kv::Patience::kMayWait).Load(head));
      head_micros = last.entry.commit_micros;
    }
  }
  return std::unique_ptr<Database>(
      new Database(std::make_unique<Impl>(std::move(engine), options, head, head_micros)));
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Database::~Database() = default;

int64_t Database::head() const {
  const absl::StatusOr<View> view = impl_->views().Latest();
  return view.ok() ? static_cast<int64_t>(view->head) : 0;
}

kv::Usage Database::usage() const { return impl_->engine().usage(); }

}  // namespace headwater::database
