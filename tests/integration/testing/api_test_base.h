// For the integration tests: a server in memory, and calls that are taken to go well or not.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_API_TEST_BASE_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_API_TEST_BASE_H_

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "testing/make.h"
#include "testing/server.h"

namespace headwater::integration {

class ApiTest : public ::testing::Test {
 protected:
  explicit ApiTest(integration::Setup setup = {}) : server_(std::move(setup)) {}

  // The answer of a call that must go well.
  template <class Stub, class Request, class Response>
  Response Ok(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
              const Request& request) {
    const Answer<Response> answer = client().Call(method, request);
    EXPECT_TRUE(answer.ok()) << Show(answer.status) << "\n" << request.ShortDebugString();
    return answer.message;
  }

  // The status of a call that must fail so, and change nothing.
  template <class Stub, class Request, class Response>
  grpc::Status Refused(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                    Response*),
                       const Request& request, grpc::StatusCode code) {
    const std::string rows = server_.Rows();
    const Answer<Response> answer = client().Call(method, request);
    EXPECT_EQ(answer.code(), code) << Show(answer.status);
    EXPECT_TRUE(server_.Rows() == rows) << "something was written";
    return answer.status;
  }

  // Sources s, t and u, a document d, a claim c; s and t assert c, s citing t.
  void MakeStory() {
    for (const char* id : {"s", "t", "u"}) Ok(&Sources::CreateSource, NewSource(id));
    Ok(&Documents::CreateDocument, NewDocument("d", "s"));
    Ok(&Claims::CreateClaim, NewClaim("c"));
    Ok(&Attributions::CreateAttribution, NewAttribution("c", "t", "d"));
    Ok(&Attributions::CreateAttribution, NewAttribution("c", "s", "d", "t"));
  }

  const Client& client() { return server_.client(); }

  TestServer server_;
};

// The resources that a PreconditionFailure names.
inline std::vector<std::string> SubjectsOf(const grpc::Status& status) {
  std::vector<std::string> subjects;
  const auto failure = DetailOf<google::rpc::PreconditionFailure>(status);
  for (const auto& violation : failure.violations()) {
    subjects.push_back(violation.subject());
  }
  return subjects;
}

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_API_TEST_BASE_H_
