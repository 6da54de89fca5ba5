// A small store made at random as the API would have it, and what is in it as plain records; for
// tests that hold what is worked out from indexes against what is worked out from all there is.
#ifndef HEADWATER_DATABASE_TESTING_RANDOM_STORE_H_
#define HEADWATER_DATABASE_TESTING_RANDOM_STORE_H_

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/worker_pool.h"
#include "database/database.h"
#include "database/queries.h"
#include "headwater/v1/assessment.pb.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/source.pb.h"

namespace headwater::database::testing {

// Nothing in it has a date, so that what a bare citation means does not hang on any.
class RandomStore {
 public:
  // The same seed makes the same store.
  explicit RandomStore(uint64_t seed);

  // Live ones, by name, as they were written.
  std::map<std::string, v1::Source> sources;
  std::map<std::string, v1::Document> documents;
  std::set<std::string> claims;
  std::map<std::string, v1::Attribution> attributions;
  // Deleted attributions too.
  std::map<std::string, v1::Attribution> everything;

  // The claims that say the same as one, it among them; by confirmed relations. Of all that
  // contradict one of some.
  std::set<std::string> SameAs(const std::string& claim) const;
  std::set<std::string> RivalsOf(const std::set<std::string>& claims) const;

  // Whether it was withdrawn, itself or with its document.
  bool IsWithdrawn(const v1::Attribution& attribution) const;

  // Writes that must go well, but for TryWrite, which tells.
  template <class Request>
  bool TryWrite(const Request& request) {
    return database_->WriteAndWait(request).ok();
  }
  void WithdrawAttribution(const std::string& name);
  void WithdrawDocument(const std::string& name);
  // Severs a bare citation of `source` by an attribution for good: it then cites alone a source
  // like it that is deleted.
  void SeverStub(const std::string& attribution, const std::string& source);

  int64_t head() const { return database_->head(); }
  Reading At(int64_t sequence) const;
  v1::Assessment Assess(const std::string& claim, int64_t sequence);

  size_t Below(size_t end) { return random_() % end; }
  template <class Map>
  std::string OneOf(const Map& map) {
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(Below(map.size())))->first;
  }

 private:
  bool Percent(int percent) { return Below(100) < static_cast<size_t>(percent); }
  void MakeSources();
  void MakeDocuments();
  void MakeAttributions();
  void MakeRelations();
  void DeleteAndWithdrawSome();

  std::mt19937_64 random_;
  std::shared_ptr<kv::Engine> engine_;
  WorkerPool pool_{1, 1000};
  std::unique_ptr<Database> database_;
  std::map<std::string, std::set<std::string>> same_;    // both ways
  std::map<std::string, std::set<std::string>> rivals_;  // both ways
  int severed_ = 0;
};

std::string ClaimOf(const std::string& attribution);

}  // namespace headwater::database::testing

#endif  // HEADWATER_DATABASE_TESTING_RANDOM_STORE_H_
