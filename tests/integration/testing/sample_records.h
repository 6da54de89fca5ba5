// The records that the tests through gRPC are made of, in protobuf's text format.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_SAMPLE_RECORDS_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_SAMPLE_RECORDS_H_

#include "absl/types/span.h"

namespace headwater::integration {

// One headwater.v1.Record each, in an order in which they can be made.
absl::Span<const char* const> SampleRecords();

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_SAMPLE_RECORDS_H_
