#include "gateway/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/read.hpp>
#include <cstddef>
#include <iterator>
#include <limits>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "gateway/metrics.h"

namespace headwater::gateway {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr size_t kFirstRead = 8 << 10;
// Beast throws on a field longer than this, in trailers too: no more is in the buffer at a time.
constexpr size_t kMostBuffered = 64 << 10;
// A field costs some hundred bytes, however short it is.
constexpr ptrdiff_t kMostFields = 200;

absl::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Connection::Connection(Socket socket, const Surroundings& surroundings)
    : surroundings_(surroundings),
      membership_(surroundings),
      stream_(std::move(socket)),
      deadline_(stream_.get_executor()),
      buffer_(std::min(surroundings.limits.most_head, kMostBuffered)) {}

Connection::~Connection() { CountArriving(0); }

bool Connection::Membership::TryEnter(const std::shared_ptr<Connection>& connection) {
  if (!surroundings_.connections->Enter(connection)) return false;
  entered_ = connection.get();
  surroundings_.metrics->Connected(1);
  return true;
}

Connection::Membership::~Membership() {
  if (entered_ == nullptr) return;
  surroundings_.metrics->Connected(-1);
  surroundings_.connections->Leave(entered_);
}

void Connection::Start() {
  if (!membership_.TryEnter(shared_from_this())) return;  // and the socket closes
  Error ignored;
  stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  asio::post(stream_.get_executor(), [self = shared_from_this()] { self->AwaitRequest(); });
}

void Connection::Stop(bool at_once) {
  asio::post(stream_.get_executor(), [self = shared_from_this(), at_once] {
    self->stopping_ = true;
    if (!at_once && self->state_ != State::kIdle) return;
    const std::function<void()> gone = std::exchange(self->gone_, nullptr);
    self->Close();
    if (gone) gone();  // what was begun for it need not go on
  });
}

void Connection::AwaitRequest() {
  if (stopping_) return Close();
  state_ = State::kIdle;
  head_ = {};
  admission_ = {};
  parser_.emplace();
  parser_->header_limit(static_cast<uint32_t>(surroundings_.limits.most_head));
  // BodyRead has its own. (No limit at all is taken for one of 0 by Beast 1.74.)
  parser_->body_limit(std::numeric_limits<uint64_t>::max());
  if (buffer_.size() > 0) return ReadHead();
  stream_.expires_after(surroundings_.limits.idle);
  stream_.async_read_some(buffer_.prepare(std::min(kFirstRead, buffer_.max_size())),
                          [self = shared_from_this()](Error error, size_t read) {
                            if (error) return self->Close();
                            self->buffer_.commit(read);
                            self->ReadHead();
                          });
}

void Connection::ReadHead() {
  if (state_ == State::kClosed) return;
  state_ = State::kReading;
  ++request_;
  head_bytes_ = 0;
  stream_.expires_after(surroundings_.limits.head);
  ParseHead();
}

// Beast holds its limit against what one read brings, not against the head: so it is counted here.
void Connection::ParseHead() {
  if (state_ == State::kClosed) return;
  Error error;
  const size_t used = parser_->put(buffer_.data(), error);
  buffer_.consume(used);
  head_bytes_ += used;
  if (error != http::error::need_more) return HeadRead(error);
  if (head_bytes_ + buffer_.size() >= surroundings_.limits.most_head ||
      buffer_.size() == buffer_.max_size()) {
    return HeadRead(http::error::header_limit);
  }
  stream_.async_read_some(
      buffer_.prepare(std::min(kFirstRead, buffer_.max_size() - buffer_.size())),
      [self = shared_from_this()](Error failed, size_t read) {
        if (failed) return self->Close();
        self->buffer_.commit(read);
        self->ParseHead();
      });
}

void Connection::HeadRead(Error error) {
  if (state_ == State::kClosed) return;
  keep_alive_ = !error && parser_->keep_alive();
  body_unread_ = error || !parser_->is_done();
  chunked_ = !error && parser_->get().version() >= 11;
  admission_ = {};
  head_ = {};
  if (error) {
    // What is no HTTP is told so; of what broke off or came too slowly nobody is left to tell.
    const bool is_http =
        error.category() == make_error_code(http::error::bad_line_ending).category();
    if (!is_http || error == http::error::end_of_stream || error == http::error::partial_message) {
      return Close();
    }
    const bool too_long =
        error == http::error::header_limit || error == http::error::buffer_overflow;
    return Refuse(too_long ? PlainText(431, "the head of the request is too long")
                           : PlainText(400, "this is no HTTP/1.1"));
  }
  const auto& message = parser_->get();
  // Beast passes over codings that do not end in "chunked": then nobody knows where the body ends.
  if (message.count(http::field::transfer_encoding) > 0 && (!parser_->chunked() || !chunked_)) {
    keep_alive_ = false;
    body_unread_ = true;
    return Refuse(PlainText(400, "a Transfer-Encoding other than chunked is not taken"));
  }
  if (std::distance(message.begin(), message.end()) > kMostFields) {
    keep_alive_ = false;
    body_unread_ = true;
    return Refuse(PlainText(431, "the head of the request has too many fields"));
  }
  head_.method = View(message.method_string());
  head_.target = View(message.target());
  for (const auto& field : message) {
    head_.headers.emplace_back(View(field.name_string()), View(field.value()));
  }
  admission_ = surroundings_.handler->Admit(head_);
  if (admission_.refusal) return Refuse(*std::move(admission_.refusal));
  if (parser_->is_done()) return HandOver();
  ReadBody();
}

void Connection::ReadBody() {
  const auto length = parser_->content_length();
  if (length && *length > admission_.most_body) {
    return Refuse(surroundings_.handler->TooLarge(head_, admission_.most_body));
  }
  if (!MakeRoom()) return Refuse(surroundings_.handler->TooMuchArriving(head_));
  body_since_ = std::chrono::steady_clock::now();
  if (!absl::EqualsIgnoreCase(head_.Header("expect"), "100-continue")) return ReadMoreBody();
  Write("HTTP/1.1 100 Continue\r\n\r\n", [self = shared_from_this()](bool ok) {
    if (ok) self->ReadMoreBody();
  });
}

void Connection::ReadMoreBody() {
  const Limits& limits = surroundings_.limits;
  const std::chrono::milliseconds earned(1000 * parser_->get().body().size() / limits.body_rate);
  stream_.expires_at(
      std::min(body_since_ + limits.body + earned, std::chrono::steady_clock::now() + limits.step));
  http::async_read_some(
      stream_, buffer_, *parser_,
      [self = shared_from_this()](Error error, size_t /*read*/) { self->BodyRead(error); });
}

void Connection::BodyRead(Error error) {
  if (state_ == State::kClosed) return;
  if (error) return Close();
  const size_t size = parser_->get().body().size();
  if (size > admission_.most_body) {
    return Refuse(surroundings_.handler->TooLarge(head_, admission_.most_body));
  }
  if (!parser_->is_done()) {
    if (!MakeRoom()) return Refuse(surroundings_.handler->TooMuchArriving(head_));
    return ReadMoreBody();
  }
  body_unread_ = false;
  HandOver();
}

// For what the next read may bring, counted before it is taken: twice as much as has come each
// time, whatever length was announced. So who sends slowly takes no more than what was sent.
bool Connection::MakeRoom() {
  std::string& body = parser_->get().body();
  const size_t length = std::min<uint64_t>(parser_->content_length().value_or(admission_.most_body),
                                           admission_.most_body);
  if (body.capacity() >= std::min(body.size() + kMostBuffered, length)) return true;
  const size_t room = std::min(std::max(2 * body.size(), 2 * kMostBuffered), length);
  if (!CountArriving(room)) return false;
  body.reserve(room);
  return true;
}

// Has `bytes` counted as arriving, in place of what was; nothing where they are few.
bool Connection::CountArriving(size_t bytes) {
  if (bytes <= request::kLargeRequestBytes) bytes = 0;
  if (bytes > arriving_ && !surroundings_.memory->TryArrive(arriving_, bytes - arriving_)) {
    return false;
  }
  if (bytes < arriving_) surroundings_.memory->Arrived(arriving_ - bytes);
  arriving_ = bytes;
  return true;
}

void Connection::HandOver() {
  state_ = State::kWorking;
  stream_.expires_never();
  CountArriving(0);  // from here on it is work
  admission_.handle(shared_from_this());
}

void Connection::Refuse(Response response) {
  state_ = State::kWorking;
  Answer(std::move(response));
}

void Connection::SetDeadline(absl::Time when, std::function<void()> expired) {
  expired_ = std::move(expired);
  // Bounded, for a clock's arithmetic overflows.
  const absl::Duration left = std::min(when - absl::Now(), absl::Hours(24 * 365));
  deadline_.expires_after(absl::ToChronoNanoseconds(left));
  deadline_.async_wait([self = shared_from_this(), request = request_](Error error) {
    if (error || request != self->request_ || !self->expired_) return;
    std::exchange(self->expired_, nullptr)();
  });
}

void Connection::WatchClient(std::function<void()> gone) {
  gone_ = std::move(gone);
  // Where the next request is there already, so is the client.
  if (watching_ || buffer_.size() > 0) return;
  watching_ = true;
  stream_.socket().async_wait(Socket::wait_read,
                              [self = shared_from_this(), request = request_](Error error) {
                                if (!error && request == self->request_) self->ClientMayBeGone();
                              });
}

void Connection::ClientMayBeGone() {
  char byte;
  const ssize_t read = ::recv(stream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  watching_ = false;
  const bool is_there = read > 0 || (read < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
  if (is_there || !gone_ || state_ != State::kWorking) return;
  const std::function<void()> gone = std::exchange(gone_, nullptr);
  Close();
  gone();
}

void Connection::Abort() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->Close(); });
}

void Connection::Close() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  EndWork();
  CountArriving(0);
  response_ = {};
  stream_.close();
}

}  // namespace headwater::gateway
