// Calls that are answered by a stream.
#ifndef HEADWATER_GATEWAY_STREAM_CALL_H_
#define HEADWATER_GATEWAY_STREAM_CALL_H_

#include <memory>

#include "gateway/call_head.h"
#include "gateway/exchange.h"
#include "gateway/surroundings.h"

namespace headwater::gateway {

// Answers a call of a method whose `stream` is set, whose request has come. Each message is made on
// the pool once the one before has been taken. However it ends is said in the stream, whose HTTP
// status is always 200. On the thread of the exchange's connection. `surroundings` must outlive it.
void StartStreamCall(CallHead head, const Surroundings& surroundings,
                     std::shared_ptr<Exchange> exchange);

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_STREAM_CALL_H_
