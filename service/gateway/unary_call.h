// Calls that are answered once.
#ifndef HEADWATER_GATEWAY_UNARY_CALL_H_
#define HEADWATER_GATEWAY_UNARY_CALL_H_

#include <memory>

#include "gateway/call_head.h"
#include "gateway/exchange.h"
#include "gateway/surroundings.h"

namespace headwater::gateway {

// Answers a call of a method whose `read` or `write` is set, whose request has come. Never waits:
// as with gRPC a small read is tried there and then from memory, a small write is handed over, and
// what is large or must wait goes to the pool. On the thread of the exchange's connection.
// `surroundings` must outlive the call.
void StartUnaryCall(CallHead head, const Surroundings& surroundings,
                    std::shared_ptr<Exchange> exchange);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_UNARY_CALL_H_
