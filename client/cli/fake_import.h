// Imports of the small server that tests of the command line speak to.
#ifndef HEADWATER_CLI_FAKE_IMPORT_H_
#define HEADWATER_CLI_FAKE_IMPORT_H_

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "headwater/v1/exchange_service.pb.h"
#include "testing/fake_server.h"

namespace headwater::cli {

// Takes imports into a map of records by name, as the API tells: rows whose note is "bad" are
// rejected, those that refer to what is not there wait for the end. Not thread-safe.
class FakeImports {
 public:
  // `records` must outlive it.
  explicit FakeImports(std::map<std::string, v1::Record>* records) : records_(records) {}

  // Asked before a message is dealt with: whether the stream breaks off instead.
  std::function<bool(const v1::ImportRequest& request)> breaks;

  internal::FakeServer::Reply Hear(const internal::FakeServer::Call& call,
                                   std::shared_ptr<void>* state);

  // The configs of all streams, in order.
  const std::vector<v1::ImportConfig>& configs() const { return configs_; }

 private:
  // One import, or for those of which nothing is kept one stream.
  struct State {
    v1::ImportConfig config;
    int64_t acknowledged = 0;
    v1::ImportCounts counts;
    std::map<int64_t, v1::Record> waiting;
    std::vector<v1::RowError> errors;  // of rows that were rejected as they came
    bool done = false;
    std::vector<v1::Record> whole;
  };
  using Records = std::map<std::string, v1::Record>;

  static void Judge(int64_t row, const v1::Record& record, Records* records, State* state,
                    v1::ImportResponse* answer);
  static void Settle(Records* records, State* state, v1::ImportResponse* answer);
  void Whole(State* state, v1::ImportResponse* answer);

  Records* const records_;
  std::map<std::string, std::shared_ptr<State>> kept_;
  std::vector<v1::ImportConfig> configs_;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_FAKE_IMPORT_H_
