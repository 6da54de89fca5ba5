// Many threads change and read one database at once; afterwards its log must tell a story in which
// one request came after the other, and in which each was answered as it was.
#ifndef HEADWATER_TESTS_INTEGRATION_RACE_H_
#define HEADWATER_TESTS_INTEGRATION_RACE_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/worker_pool.h"
#include "chance.h"
#include "database/database.h"
#include "kv/fault_engine.h"
#include "model.h"
#include "sender.h"
#include "stores.h"

namespace headwater::model {

class Race {
 public:
  // Fills the store with some records first.
  Race(Store* store, uint64_t seed);
  ~Race();

  // Lets `threads` threads make `requests` random requests each while another reads, then checks.
  void Run(int threads, int requests);

 private:
  // A request and its answer; its actor, "thread:number", is its own.
  struct Sent {
    Request request;
    Answer answer;
    bool found = false;  // in the log
  };
  // All pages of a list, and the state that they showed.
  struct Seen {
    v1::ListAttributionsRequest request;
    int64_t sequence = 0;
    v1::ListAttributionsResponse all;
  };

  void Write(int thread, int requests);
  void Read();
  Seen ReadPages(Chance* chance);

  // The whole log, from the revisions of every name.
  std::vector<v1::Revision> Log();
  // Makes the model from the log, request by request, and holds each against it.
  void Retell();
  void RetellOne(const std::vector<v1::Revision>& changes);
  void CheckUnplaced() const;
  void CheckSeen();

  const uint64_t seed_;
  WorkerPool pool_;
  Model model_;
  kv::FaultEngine* faults_ = nullptr;  // the database's
  std::unique_ptr<database::Database> database_;

  std::atomic<bool> writing_{false};
  std::vector<std::vector<Sent>> sent_;  // by thread
  std::vector<Seen> seen_;
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_RACE_H_
