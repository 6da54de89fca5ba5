// A database whose followers keep how claims stand and the search index, under random changes, held
// against assessments, and against what is worked out from the records.
#ifndef HEADWATER_TESTS_INTEGRATION_FOLLOW_TRIAL_H_
#define HEADWATER_TESTS_INTEGRATION_FOLLOW_TRIAL_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/worker_pool.h"
#include "chance.h"
#include "database/database.h"
#include "kv/fault_engine.h"
#include "model.h"
#include "random_requests.h"
#include "stores.h"

namespace headwater::model {

class FollowTrial {
 public:
  FollowTrial(Store* store, uint64_t seed);
  ~FollowTrial() { Close(); }

  // Opens the store; with `limits` the followers follow, that of the search index by limits at
  // random.
  void Open(const database::FollowLimits* limits);
  void Close() { database_.reset(); }
  // Small ones, so that all ways of working requests off come up.
  database::FollowLimits RandomLimits();

  // Makes random changes that the model accepts.
  void Change(int requests);
  // Changes nothing but what claims are found by and do not hold: what sources are called and
  // documents are titled, one after the other, whether they are there; after each the index is what
  // the records make. Within a long history it would be worked out anew for other reasons sooner or
  // later.
  void ChangeNames();
  // Waits until standings and the search index are right up to the end.
  void CatchUp();
  // The engine fails, fills up and forgets while the follower catches up. Ends caught up.
  void CatchUpInTrouble();
  void Rebuild();

  // Every list by standing or flag, and of claims with their standings, at each sequence up to
  // `last`. Where `exactly_since`, since_sequence must be the very change that made it so.
  void CheckAll(int64_t last, bool exactly_since);
  // Reads while the follower is on its way: exact or refused.
  void CheckOnTheWay();
  // Each claim is the first that is found by its own text. Caught up.
  void CheckFound();
  // All claims with vectors of a space, few as they are, are near one another. Caught up.
  void CheckNear();
  // Works every row out again.
  void CheckStore();

  int64_t head() const { return model_.head(); }
  Chance& chance() { return chance_; }

 private:
  struct Stands {
    v1::Standing standing = v1::STANDING_UNSPECIFIED;
    std::set<int> flags;
    friend bool operator==(const Stands&, const Stands&) = default;
  };
  using AllStand = std::map<std::string, Stands>;  // live claims

  // Sends the request; whether it was accepted.
  bool Make(Request request);
  // As AssessClaim says.
  const AllStand& Assessed(int64_t sequence);
  // All pages.
  absl::StatusOr<v1::ListClaimsResponse> List(v1::ListClaimsRequest request);
  void CheckList(const v1::ListClaimsRequest& request, const v1::ListClaimsResponse& response,
                 int64_t sequence);
  void CheckSince(const v1::ClaimStanding& standing, int64_t sequence);
  v1::ListClaimsRequest RandomList();
  database::IndexLimits RandomIndexLimits();

  Store* const store_;
  Chance chance_;
  WorkerPool pool_;
  Model model_;
  RandomRequests requests_;
  std::map<int64_t, AllStand> assessed_;
  kv::FaultEngine* faults_ = nullptr;  // the database's
  std::unique_ptr<database::Database> database_;
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_FOLLOW_TRIAL_H_
