// For the integration tests: resources with every field set, and the requests that are right with
// them, so that what a test changes in one is all that is wrong with it.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_SAMPLES_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_SAMPLES_H_

#include <memory>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "headwater/v1/record.pb.h"
#include "headwater/v1/rules.pb.h"
#include "testing/client.h"

namespace headwater::integration {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// Resources of every kind that together set every field which a client may set. In an order in
// which all can be made; of each kind the first has the id "first", and the first claim is the one
// with all children.
const std::vector<v1::Record>& Samples();
// Those of one type.
std::vector<MessagePtr> SamplesOf(const google::protobuf::Descriptor* type);

// Makes the samples, and of each kind one that is deleted: "gone".
void MakeSamples(const Client& client);

// Every method of every service.
std::vector<const google::protobuf::MethodDescriptor*> AllMethods();
// "/headwater.v1.ClaimService/GetClaim".
std::string PathOf(const google::protobuf::MethodDescriptor* method);
// Whether it only reads.
bool Reads(const google::protobuf::MethodDescriptor* method);

// Requests of `method` that are answered with OK where MakeSamples was, and that together set every
// field which may be set together. What they make has the id "fresh".
std::vector<MessagePtr> GoodRequests(const google::protobuf::MethodDescriptor* method);

const v1::FieldRule& RuleOf(const google::protobuf::FieldDescriptor* field);
bool IsResource(const google::protobuf::Descriptor* type);
// A name of a sample of that kind: "claims/first".
std::string FirstName(const std::string& kind);

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_SAMPLES_H_
