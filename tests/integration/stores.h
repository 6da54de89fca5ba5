// The engines that the property tests run on.
#ifndef HEADWATER_TESTS_INTEGRATION_STORES_H_
#define HEADWATER_TESTS_INTEGRATION_STORES_H_

#include <memory>
#include <string>

#include "kv/engine.h"

namespace headwater::model {

// What outlives the database.
class Store {
 public:
  virtual ~Store() = default;
  // An engine over all that was kept; null, and the test has failed, where there is none. One at a
  // time.
  virtual std::shared_ptr<kv::Engine> Open() = 0;
  // Whether FaultEngine::Crash works.
  virtual bool can_crash() const = 0;
};

class MemoryStore final : public Store {
 public:
  MemoryStore();
  std::shared_ptr<kv::Engine> Open() override { return engine_; }
  bool can_crash() const override { return true; }

 private:
  const std::shared_ptr<kv::Engine> engine_;
};

// In a directory of its own that is gone with it. `number` tells those of one process apart.
class RocksDbStore final : public Store {
 public:
  explicit RocksDbStore(uint64_t number);
  ~RocksDbStore() override;
  std::shared_ptr<kv::Engine> Open() override;
  bool can_crash() const override { return false; }

 private:
  const std::string directory_;
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_STORES_H_
