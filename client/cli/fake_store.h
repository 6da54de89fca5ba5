// A small server for tests of the command line: records in memory behind the API's methods.
#ifndef HEADWATER_CLI_FAKE_STORE_H_
#define HEADWATER_CLI_FAKE_STORE_H_

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cli/fake_import.h"
#include "cli/requests.h"
#include "google/protobuf/message.h"
#include "headwater/v1/record.pb.h"
#include "testing/fake_server.h"

namespace headwater::cli {

// Serves Get, List (all of a kind, two a page), Create and Update (which changes nothing) of every
// kind, Export, and Import as FakeImports does.
class FakeStore {
 public:
  FakeStore()
      : server_([this](internal::FakeServer::Call& call) { return Answer(call); }, "127.0.0.1:0",
                {{"Import",
                  [this](const internal::FakeServer::Call& call, std::shared_ptr<void>* state) {
                    const std::lock_guard lock(mutex_);
                    return imports_.Hear(call, state);
                  }}}) {}

  const std::string& address() const { return server_.address(); }

  // The methods called, and the requests' bytes, in order.
  std::vector<internal::FakeServer::Call> calls();
  int CountCalls(const std::string& method);
  // The last request to a method.
  template <class Request>
  Request Last(const std::string& method) {
    Request request;
    for (const auto& call : calls()) {
      if (call.method == method) request.ParseFromString(call.request);
    }
    return request;
  }

  // Has a method that is not about records give these answers, one a call, the last one again and
  // again.
  template <class Response>
  void WillAnswer(const std::string& method, const std::vector<Response>& responses) {
    const std::lock_guard lock(mutex_);
    answers_[method].clear();
    for (const Response& response : responses)
      answers_[method].push_back(response.SerializeAsString());
  }

  size_t size() const { return records_.size(); }
  FakeImports& imports() { return imports_; }
  bool Has(const std::string& name) const { return records_.contains(name); }

 private:
  grpc::Status Answer(internal::FakeServer::Call& call);
  grpc::Status Get(const google::protobuf::Message& request, google::protobuf::Message* response);
  grpc::Status List(const Kind& kind, const google::protobuf::Message& request,
                    google::protobuf::Message* response);
  grpc::Status Export(std::string* response);  // all in one message
  grpc::Status Create(const Kind& kind, const google::protobuf::Message& request,
                      google::protobuf::Message* response);

  std::mutex mutex_;
  std::vector<internal::FakeServer::Call> calls_;
  std::map<std::string, v1::Record> records_;
  std::map<std::string, std::deque<std::string>> answers_;
  FakeImports imports_{&records_};
  internal::FakeServer server_;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_FAKE_STORE_H_
