// Verify ends where nobody waits for it.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/cancellation.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "headwater/v1/verification.pb.h"
#include "kv/memory_engine.h"

namespace headwater::database {
namespace {

TEST(Cancelled, VerifyEndsBetweenTwoSentences) {
  WorkerPool pool(1, 16);
  const std::unique_ptr<Database> database =
      Database::Open(kv::NewMemoryEngine(), {.pool = &pool}).value();
  v1::VerifyRequest request;
  std::string text;
  for (int i = 0; i < 1000; ++i) absl::StrAppend(&text, "The bridge has ", i, " arches. ");
  request.set_text(text);
  const Reply whole = database->Read(request, kv::Patience::kMayWait);
  ASSERT_TRUE(whole.ok()) << whole.status();
  v1::VerifyResponse response;
  ASSERT_TRUE(response.ParseFromString(*whole));
  EXPECT_EQ(response.statements_size(), 1000);

  int asked = 0;
  const auto is_cancelled = [&asked] { return ++asked > 3; };
  const CancellationScope scope(is_cancelled);
  const Reply reply = database->Read(request, kv::Patience::kMayWait);
  EXPECT_EQ(reply.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(asked, 4) << "it did not end there";
}

}  // namespace
}  // namespace headwater::database
