#include "database/database.h"

#include <utility>

#include "base/status_macros.h"
#include "database/format.h"
#include "database/impl.h"
#include "records/reader.h"

namespace headwater::database {
absl::StatusOr<std::unique_ptr<Database>> Database::Open(std::unique_ptr<kv::Engine> engine,
                                                         const Options& options) {
  uint64_t head = 0;
  int64_t head_micros = 0;
  {
    HW_ASSIGN_OR_RETURN(const std::shared_ptr<const kv::Snapshot> snapshot, engine->TakeSnapshot());
    HW_ASSIGN_OR_RETURN(const bool founded, CheckFormat(*snapshot));
    if (!founded) HW_RETURN_IF_ERROR(FoundFormat(engine.get()));
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

Database::Standings Database::standings() const {
  const Follower* follower = impl_->follower();
  if (follower == nullptr) return {};
  return {static_cast<int64_t>(follower->watermark()), follower->assessments()};
}

bool Database::WaitForStandings(int64_t sequence, std::chrono::milliseconds patience) {
  Follower* follower = impl_->follower();
  return follower != nullptr && follower->WaitFor(static_cast<uint64_t>(sequence), patience);
}

Database::Index Database::index() const {
  const IndexFollower* follower = impl_->finding().follower;
  if (follower == nullptr) return {};
  return {static_cast<int64_t>(follower->watermark()), follower->indexed()};
}

bool Database::WaitForIndex(int64_t sequence, std::chrono::milliseconds patience) {
  IndexFollower* follower = impl_->finding().follower;
  return follower != nullptr && follower->WaitFor(static_cast<uint64_t>(sequence), patience);
}

Database::Suggestions Database::suggestions() const {
  const Suggester* suggester = impl_->suggester();
  if (suggester == nullptr) return {};
  return {static_cast<int64_t>(suggester->watermark()), suggester->looked_at(),
          suggester->suggested()};
}

bool Database::WaitForSuggestions(int64_t sequence, std::chrono::milliseconds patience) {
  Suggester* suggester = impl_->suggester();
  return suggester != nullptr && suggester->WaitFor(static_cast<uint64_t>(sequence), patience);
}

kv::Usage Database::usage() const { return impl_->engine().usage(); }

}  // namespace headwater::database
