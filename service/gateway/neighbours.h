// Who may talk to the server, by what a browser says of the page that talks.
#ifndef HEADWATER_GATEWAY_NEIGHBOURS_H_
#define HEADWATER_GATEWAY_NEIGHBOURS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "gateway/http.h"

namespace headwater::gateway {

// A server on the loopback address is within reach of every page that a browser on the machine has
// open. Such a page can have its own name lead to 127.0.0.1 and then speak to the server as to its
// own; but the name stands in Host. And it may send requests to another origin, which the browser
// names in Origin. A server that other machines reach is within reach of their browsers' pages in
// the same way. Immutable; from any thread.
class Neighbours {
 public:
  struct Names {
    // Names besides localhost and the loopback addresses under which the server may be asked for,
    // without a port: "records.example". "*" for all.
    std::vector<std::string> hosts;
    // Origins whose pages may use the server: "https://desk.example". "*" for all.
    std::vector<std::string> origins;
  };
  // `is_remote`: other machines can reach the server. Then it may be asked for by its addresses
  // too, whichever they are: who has an address in the address bar was led there by no name.
  Neighbours(Names names, bool is_remote);

  // Whether the request's Host is one of the server's names.
  bool IsForUs(const RequestHead& head) const;
  // Whether the page that sends it may: there is none, it is the server's own, or it is allowed.
  bool MaySend(const RequestHead& head) const;
  // Whether it is a page of another origin that may: its browser wants to be told so.
  bool IsAllowedStranger(const RequestHead& head) const;

  // Whether the request is a browser's question whether a page of another origin may send one.
  static bool IsPreflight(const RequestHead& head);
  // The answer to it, besides HeadersFor; only where MaySend.
  static Response Preflight();
  // What every answer to the request carries: what the browser of an allowed stranger wants to be
  // told, and that nobody else's page may use what it cannot read.
  std::vector<std::pair<std::string, std::string>> HeadersFor(const RequestHead& head) const;

 private:
  const Names names_;
  const bool is_remote_;
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_NEIGHBOURS_H_
