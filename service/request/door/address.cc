#include "request/door/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace headwater::request {
namespace {

absl::Status NoAddress(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", text, "\" is no address to listen on; write HOST:PORT, as in 127.0.0.1:7411"));
}

absl::Status CannotListen(const Address& address, absl::string_view why) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", ToString(address), ": ", why));
}

// Zero, or the errno of the attempt to take the address.
int TryToBind(const addrinfo& info) {
  const int socket = ::socket(info.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return errno;
  const int yes = 1;  // as gRPC does: a port whose last connections linger is free
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  int error = ::bind(socket, info.ai_addr, info.ai_addrlen) == 0 ? 0 : errno;
  if (error == 0 && ::listen(socket, 1) != 0) error = errno;
  ::close(socket);
  return error;
}

}  // namespace

absl::StatusOr<Address> ParseAddress(absl::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos || colon == 0) return NoAddress(text);
  absl::string_view host = text.substr(0, colon);
  const absl::string_view port = text.substr(colon + 1);
  const bool bracketed = absl::ConsumePrefix(&host, "[") && absl::ConsumeSuffix(&host, "]");
  if (!bracketed && host.find_first_of(":[]") != absl::string_view::npos) return NoAddress(text);
  Address address{std::string(host), 0};
  const bool digits = !port.empty() && port.find_first_not_of("0123456789") == port.npos;
  if (host.empty() || !digits || !absl::SimpleAtoi(port, &address.port) || address.port > 65535) {
    return NoAddress(text);
  }
  return address;
}

std::string ToString(const Address& address) {
  if (address.host.find(':') == std::string::npos) {
    return absl::StrCat(address.host, ":", address.port);
  }
  return absl::StrCat("[", address.host, "]:", address.port);
}

bool IsLoopback(const Address& address) {
  if (absl::EqualsIgnoreCase(address.host, "localhost")) return true;
  in_addr v4;
  if (inet_pton(AF_INET, address.host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6;
  return inet_pton(AF_INET6, address.host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

absl::Status WhyNotListening(const Address& address, absl::string_view flag) {
  addrinfo hints = {};
  hints.ai_flags = AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failure =
      getaddrinfo(address.host.c_str(), absl::StrCat(address.port).c_str(), &hints, &found);
  if (failure != 0) return CannotListen(address, gai_strerror(failure));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);
  const int error = TryToBind(*found);
  if (error == EADDRINUSE) {
    return CannotListen(address,
                        absl::StrCat("another program listens there already; stop it, or choose "
                                     "another port with ",
                                     flag, " (port 0 takes a free one)"));
  }
  return CannotListen(address,
                      error == 0 ? "it was taken for a moment; try again" : std::strerror(error));
}

}  // namespace headwater::request
