// Database::Write: from request messages to writes.
#include <future>
#include <utility>

#include "database/api.h"
#include "database/errors.h"
#include "database/impl.h"
#include "records/rules.h"

namespace headwater::database {

template <class Request>
void Database::Write(Request request, const Caller& caller, Done done) {
  std::vector<records::Violation> violations;
  records::CheckRequest(request, &violations);
  if (!violations.empty()) return done(InvalidArgument(violations));
  absl::StatusOr<WriteRequest> write = ToWriteRequest(std::move(request));
  if (!write.ok()) return done(write.status());
  impl_->Start(*std::move(write), caller, std::move(done));
}

template <class Request>
Reply Database::WriteAndWait(Request request, const Caller& caller) {
  std::promise<Reply> promise;
  Write(std::move(request), caller, [&](Reply reply) { promise.set_value(std::move(reply)); });
  return promise.get_future().get();
}

#define HW_WRITE(R)                                          \
  template void Database::Write(v1::R, const Caller&, Done); \
  template Reply Database::WriteAndWait(v1::R, const Caller&);
#define HW_WRITES(S, P)             \
  HW_WRITE(Create##S##Request)      \
  HW_WRITE(Update##S##Request)      \
  HW_WRITE(Delete##S##Request)      \
  HW_WRITE(Undelete##S##Request)    \
  HW_WRITE(BatchCreate##P##Request) \
  HW_WRITE(BatchUpdate##P##Request) \
  HW_WRITE(BatchDelete##P##Request)
HW_FOR_EACH_KIND(HW_WRITES)
HW_WRITE(WithdrawDocumentRequest)
HW_WRITE(WithdrawAttributionRequest)
#undef HW_WRITES
#undef HW_WRITE

}  // namespace headwater::database
