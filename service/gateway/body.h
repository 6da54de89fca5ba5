// The body of a request as Boost.Beast reads it.
#ifndef HEADWATER_GATEWAY_BODY_H_
#define HEADWATER_GATEWAY_BODY_H_

#include <utility>  // Boost 1.74's headers want it in C++20

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional/optional.hpp>
#include <cstddef>
#include <cstdint>
#include <string>

namespace headwater::gateway {

// A string that what comes is appended to. Unlike Beast's own it makes no room for what a client
// announces: the connection does, as it counts it (Connection::MakeRoom). As Beast's Body concept
// has it, whence the names.
struct Body {
  using value_type = std::string;

  class reader {
   public:
    template <bool is_request, class Fields>
    reader(boost::beast::http::header<is_request, Fields>& /*head*/, value_type& body)
        : body_(body) {}

    void init(const boost::optional<uint64_t>& /*length*/, boost::beast::error_code& error) {
      error = {};
    }
    template <class Buffers>
    size_t put(const Buffers& buffers, boost::beast::error_code& error) {
      error = {};
      const size_t before = body_.size();
      for (const auto buffer : boost::beast::buffers_range_ref(buffers)) {
        body_.append(static_cast<const char*>(buffer.data()), buffer.size());
      }
      return body_.size() - before;
    }
    void finish(boost::beast::error_code& error) { error = {}; }

   private:
    value_type& body_;
  };
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_BODY_H_
