#include "gateway/connections.h"

#include <algorithm>

namespace headwater::gateway {

bool Connections::Enter(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard lock(mutex_);
  if (all_.size() >= most_) return false;
  all_.emplace(connection.get(), connection);
  return true;
}

void Connections::Leave(const Connection* connection) {
  const std::lock_guard lock(mutex_);
  all_.erase(connection);
  if (all_.empty()) left_.notify_all();
}

std::vector<std::shared_ptr<Connection>> Connections::All() const {
  std::vector<std::shared_ptr<Connection>> all;
  const std::lock_guard lock(mutex_);
  for (const auto& [key, weak] : all_) {
    if (std::shared_ptr<Connection> connection = weak.lock()) all.push_back(std::move(connection));
  }
  return all;
}

bool Connections::WaitForNone(absl::Duration patience) {
  std::unique_lock lock(mutex_);
  return left_.wait_for(lock, absl::ToChronoNanoseconds(std::min(patience, absl::Hours(24))),
                        [this] { return all_.empty(); });
}

}  // namespace headwater::gateway
