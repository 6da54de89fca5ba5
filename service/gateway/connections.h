// Which connections there are.
#ifndef HEADWATER_GATEWAY_CONNECTIONS_H_
#define HEADWATER_GATEWAY_CONNECTIONS_H_

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "absl/time/time.h"

namespace headwater::gateway {

class Connection;

// From any thread.
class Connections {
 public:
  explicit Connections(size_t most) : most_(most) {}

  // False where there are as many as may be: then it must not Leave().
  [[nodiscard]] bool Enter(const std::shared_ptr<Connection>& connection);
  // By the connection when it goes, and nobody works on an answer to it any more.
  void Leave(const Connection* connection);

  std::vector<std::shared_ptr<Connection>> All() const;
  // Whether none is left by then.
  bool WaitForNone(absl::Duration patience);

 private:
  const size_t most_;
  mutable std::mutex mutex_;
  std::condition_variable left_;
  std::unordered_map<const Connection*, std::weak_ptr<Connection>> all_;  // guarded by mutex_
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_CONNECTIONS_H_
