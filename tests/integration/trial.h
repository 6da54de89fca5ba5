// A database and the model side by side, under random changes, reads and mishaps.
#ifndef HEADWATER_TESTS_INTEGRATION_TRIAL_H_
#define HEADWATER_TESTS_INTEGRATION_TRIAL_H_

#include <memory>

#include "base/clock.h"
#include "base/random.h"
#include "base/worker_pool.h"
#include "chance.h"
#include "database/database.h"
#include "kv/fault_engine.h"
#include "model.h"
#include "random_requests.h"
#include "reads.h"
#include "sender.h"
#include "stores.h"

namespace headwater::model {

class Trial {
 public:
  Trial(Store* store, uint64_t seed);
  ~Trial();

  // Makes `steps` random steps; stops at the first that fails the test.
  void Run(int steps);

  // What the database holds.
  const Model& model() const { return model_; }

 private:
  void Step();
  // One random change.
  void Change();
  // What a change was answered with must be what the model says; then the model makes it too.
  void Settle(Request request, const Answer& answer);
  void CheckAnswer(const Request& request, const Verdict& verdict, const Answer& answer);
  void CheckTime(const google::protobuf::Timestamp& time);

  // Changes that meet with a mishap: the commit fails, is there or not, and is recovered from at
  // once; or it cannot be, and the machine goes down; or the store is full.
  void ChangeThatFailsOnce();
  void ChangeOfUnknownOutcome();
  void ChangeOfFullStore();
  // A request that the model accepts, with at least one change; false where none came up.
  bool FindAccepted(Request* request, Verdict* verdict);

  void Open();
  // Works every row of the store out again from the log.
  void CheckStore();
  void Close();
  // Closes and opens, after a crash perhaps. Nothing that was acknowledged may be gone.
  void Reopen(bool crash);
  void MoveClock();

  Store* const store_;
  Chance chance_;
  ManualClock clock_;
  SeededRandom random_;
  WorkerPool pool_;
  Model model_;
  RandomRequests requests_;
  Reads reads_;
  kv::FaultEngine* faults_ = nullptr;  // the database's
  std::unique_ptr<database::Database> database_;
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_TRIAL_H_
