// One connection of HTTP/1.1: request after request, each read whole before it is handed over, and
// answered before the next is read. Boost.Beast reads and parses; nothing here waits.
#ifndef HEADWATER_GATEWAY_CONNECTION_H_
#define HEADWATER_GATEWAY_CONNECTION_H_

#include <utility>  // Boost 1.74's headers want it in C++20

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gateway/body.h"
#include "gateway/connections.h"
#include "gateway/exchange.h"
#include "gateway/limits.h"
#include "request/door/request_memory.h"

namespace headwater::gateway {

class Metrics;

class Connection final : public Exchange, public std::enable_shared_from_this<Connection> {
 public:
  using Executor = boost::asio::io_context::executor_type;
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

  // All must outlive it.
  struct Surroundings {
    Handler* handler;
    Connections* connections;
    request::RequestMemory* memory;
    Metrics* metrics;
    Limits limits;
  };

  Connection(Socket socket, const Surroundings& surroundings);
  ~Connection() override;

  // Begins, if there may be one more. From any thread; all else happens on the connection's, the
  // one that runs its socket's executor.
  void Start();
  // Ends once the request that is being worked on is answered; or `at_once`. From any thread.
  void Stop(bool at_once);

  const RequestHead& head() const override { return head_; }
  std::string TakeBody() override { return std::move(parser_->get().body()); }
  void SetDeadline(absl::Time when, std::function<void()> expired) override;
  void WatchClient(std::function<void()> gone) override;
  void Respond(Response response) override;
  void BeginStream(Response head) override;
  void SendPiece(std::string piece, std::function<void(bool ok)> taken) override;
  void EndStream() override;
  void Abort() override;

 private:
  using Error = boost::beast::error_code;
  using Parser = boost::beast::http::request_parser<Body>;
  enum class State { kIdle, kReading, kWorking, kAnswering, kClosed };

  // Reading, in connection.cc.
  void AwaitRequest();
  void ReadHead();
  void ParseHead();
  void HeadRead(Error error);
  void ReadBody();
  void ReadMoreBody();
  void BodyRead(Error error);
  bool MakeRoom();
  bool CountArriving(size_t bytes);
  void HandOver();
  void Refuse(Response response);
  void ClientMayBeGone();
  void Close();

  // Answering, in connection_answer.cc.
  void Answer(Response response);
  std::string HeadText(const Response& response) const;
  void WriteBody(size_t from);
  void Answered();
  void Write(std::string bytes, std::function<void(bool ok)> taken);
  void Linger();
  void EndWork();

  // What the server counts of it, counted out last of all: then nothing of it is left that needs
  // the server.
  class Membership {
   public:
    explicit Membership(const Surroundings& surroundings) : surroundings_(surroundings) {}
    ~Membership();
    bool TryEnter(const std::shared_ptr<Connection>& connection);

   private:
    const Surroundings& surroundings_;
    const Connection* entered_ = nullptr;
  };

  const Surroundings& surroundings_;
  Membership membership_;
  boost::beast::basic_stream<boost::asio::ip::tcp, Executor> stream_;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>, Executor>
      deadline_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  RequestHead head_;
  Handler::Admission admission_;
  State state_ = State::kIdle;
  bool stopping_ = false;
  bool keep_alive_ = false;
  bool body_unread_ = false;
  bool watching_ = false;
  bool chunked_ = false;
  size_t arriving_ = 0;  // bytes of the body that are counted as arriving
  size_t lingered_ = 0;
  size_t head_bytes_ = 0;  // of the head that is being read
  uint64_t request_ = 0;   // counts them, so that a late timer is told from its successor's
  std::chrono::steady_clock::time_point body_since_;
  std::function<void()> expired_;
  std::function<void()> gone_;
  Response response_;
  std::string head_text_;  // not written yet
  std::string piece_;
};

}  // namespace headwater::gateway

#endif  // HEADWATER_GATEWAY_CONNECTION_H_
