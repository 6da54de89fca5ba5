// Sends requests of the test's own form to a database as the API's messages.
#ifndef HEADWATER_TESTS_INTEGRATION_SENDER_H_
#define HEADWATER_TESTS_INTEGRATION_SENDER_H_

#include <vector>

#include "api.h"
#include "database/database.h"

namespace headwater::model {

// What a write was answered with.
struct Answer {
  absl::Status status;
  std::vector<v1::Record> resources;
  int unchanged_count = 0;
};

// Any thread.
Answer Send(const Request& request, database::Database* database);

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_SENDER_H_
