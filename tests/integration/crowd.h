// One database under all that may go on at once: people who write, read and wait, imports, exports,
// the followers and the suggester, and then its closing. Nothing may fail in a way that the API
// does not tell of, and afterwards every row is what the log makes. It is ThreadSanitizer's main
// diet.
#ifndef HEADWATER_TESTS_INTEGRATION_CROWD_H_
#define HEADWATER_TESTS_INTEGRATION_CROWD_H_

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/worker_pool.h"
#include "chance.h"
#include "database/database.h"
#include "kv/fault_engine.h"
#include "model.h"
#include "request/methods.h"
#include "stores.h"

namespace headwater::model {

class Crowd {
 public:
  // Fills the store with some records first.
  Crowd(Store* store, uint64_t seed);
  ~Crowd();

  // Two threads make `requests` random requests each; the others go on meanwhile. Closes and opens
  // the database in the midst of it, then lets all catch up and checks the store.
  void Run(int requests);

 private:
  void Open();
  void Close();
  void Let(int requests);

  // What one thread each does; all but the first until the writers are done.
  void Write(uint64_t number, int requests);
  void Read(uint64_t number);
  void Import(uint64_t number);
  void Export();
  void Wait();

  // The method's answer, whether it wrote or read.
  absl::StatusOr<std::string> Call(absl::string_view method,
                                   const google::protobuf::Message& request,
                                   kv::Patience patience = kv::Patience::kMayWait);
  // Likewise, and fails the test where the answer is none that a client could make sense of.
  void CallSensibly(absl::string_view method, const google::protobuf::Message& request,
                    Chance* chance);
  void ReadOne(Chance* chance);
  std::string NameOf(Kind kind, Chance* chance);
  v1::ImportConfig RandomConfig(Chance* chance);

  Store* const store_;
  Chance chance_;
  WorkerPool pool_;
  Model model_;                        // as it was before the crowd came
  std::vector<v1::Record> exported_;   // the same
  kv::FaultEngine* faults_ = nullptr;  // the database's
  std::unique_ptr<database::Database> database_;
  std::map<std::string, request::Method> methods_;

  int round_ = 0;
  std::atomic<bool> writing_{false};
  std::mutex mutex_;
  std::map<std::string, int> answered_;  // how often each method was; guarded by mutex_
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_CROWD_H_
