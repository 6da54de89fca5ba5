#include <algorithm>
#include <array>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gateway/connection.h"

namespace headwater::gateway {
namespace {

namespace asio = boost::asio;

// A long body is written in steps, so that a client that reads slowly has time, and one that does
// not read at all has not.
constexpr size_t kStep = 256 << 10;
// So much of a refused body is read, so that the answer is.
constexpr size_t kMostLingered = 64 << 20;

// "Fri, 28 Nov 2025 01:02:03 GMT", as of the second.
const std::string& Date() {
  thread_local int64_t second = 0;
  thread_local std::string text;
  const absl::Time now = absl::Now();
  if (const int64_t its = absl::ToUnixSeconds(now); its != second) {
    second = its;
    text = absl::FormatTime("%a, %d %b %E4Y %H:%M:%S GMT", now, absl::UTCTimeZone());
  }
  return text;
}

bool HasBody(int status) { return status != 204 && status != 304; }

}  // namespace

void Connection::Respond(Response response) {
  asio::dispatch(stream_.get_executor(),
                 [self = shared_from_this(), response = std::move(response)]() mutable {
                   if (self->state_ == State::kWorking) self->Answer(std::move(response));
                 });
}

void Connection::BeginStream(Response head) {
  asio::dispatch(stream_.get_executor(),
                 [self = shared_from_this(), head = std::move(head)]() mutable {
                   if (self->state_ != State::kWorking) return;
                   self->state_ = State::kAnswering;
                   if (!self->chunked_) self->keep_alive_ = false;
                   self->head_text_ = self->HeadText(head);
                   absl::StrAppend(&self->head_text_,
                                   self->chunked_ ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n");
                 });
}

void Connection::SendPiece(std::string piece, std::function<void(bool ok)> taken) {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this(), piece = std::move(piece),
                                          taken = std::move(taken)]() mutable {
    if (self->state_ != State::kAnswering) return taken(false);
    if (self->chunked_) {
      piece.insert(0, absl::StrCat(absl::Hex(piece.size()), "\r\n"));
      piece += "\r\n";
    }
    self->Write(std::exchange(self->head_text_, "") + std::move(piece), std::move(taken));
  });
}

void Connection::EndStream() {
  asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
    if (self->state_ != State::kAnswering) return;
    self->EndWork();
    self->Write(std::exchange(self->head_text_, "") + (self->chunked_ ? "0\r\n\r\n" : ""),
                [self](bool ok) {
                  if (ok) self->Answered();
                });
  });
}

// Without the end of the head.
std::string Connection::HeadText(const Response& response) const {
  std::string text =
      absl::StrCat("HTTP/1.1 ", response.status, " ", ReasonPhrase(response.status), "\r\n");
  for (const auto* const headers : {&response.headers, &admission_.headers}) {
    for (const auto& [name, value] : *headers) absl::StrAppend(&text, name, ": ", value, "\r\n");
  }
  absl::StrAppend(&text, "Date: ", Date(), "\r\n");
  if (!keep_alive_ || stopping_ || body_unread_) absl::StrAppend(&text, "Connection: close\r\n");
  return text;
}

void Connection::Answer(Response response) {
  EndWork();
  state_ = State::kAnswering;
  response_ = std::move(response);
  head_text_ = HeadText(response_);
  if (HasBody(response_.status)) {
    absl::StrAppend(&head_text_, "Content-Length: ", response_.Body().size(), "\r\n");
  }
  head_text_ += "\r\n";
  if (stopping_) keep_alive_ = false;
  if (head_.method == "HEAD" || !HasBody(response_.status)) {
    response_.body.clear();
    response_.shared_body.reset();
  }
  WriteBody(0);
}

// The head, unless it is written, and a step of the body; then the rest.
void Connection::WriteBody(size_t from) {
  const absl::string_view body = response_.Body();
  const size_t size = std::min(body.size() - from, kStep);
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(from == 0 ? head_text_ : piece_),
                                                     asio::buffer(body.data() + from, size)};
  stream_.expires_after(surroundings_.limits.step);
  asio::async_write(stream_, buffers,
                    [self = shared_from_this(), next = from + size](Error error, size_t /*sent*/) {
                      if (self->state_ == State::kClosed) return;
                      if (error) return self->Close();
                      if (next < self->response_.Body().size()) return self->WriteBody(next);
                      self->head_text_.clear();
                      self->Answered();
                    });
}

void Connection::Answered() {
  response_ = {};  // and with it what is held for it
  if (body_unread_) return Linger();
  if (!keep_alive_) return Close();
  AwaitRequest();
}

void Connection::Write(std::string bytes, std::function<void(bool ok)> taken) {
  piece_ = std::move(bytes);
  stream_.expires_after(surroundings_.limits.step * (1 + piece_.size() / kStep));
  asio::async_write(
      stream_, asio::buffer(piece_),
      [self = shared_from_this(), taken = std::move(taken)](Error error, size_t /*sent*/) {
        self->piece_.clear();
        if (error) self->Close();
        taken(self->state_ != State::kClosed);
      });
}

// A connection that is closed while bytes of its client have not been read is reset, and the answer
// may be lost with it. So what comes is read for a moment, and thrown away.
void Connection::Linger() {
  if (lingered_ == 0) {
    Error ignored;
    stream_.socket().shutdown(Socket::shutdown_send, ignored);
    stream_.expires_after(surroundings_.limits.linger);
  }
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(std::min(kStep / 4, buffer_.max_size())),
                          [self = shared_from_this()](Error error, size_t read) {
                            self->lingered_ += read;
                            if (error || self->lingered_ > kMostLingered) return self->Close();
                            self->Linger();
                          });
}

// The answer is there: nobody is to be told any more that it is late, or that its reader is gone.
void Connection::EndWork() {
  const std::function<void()> expired = std::exchange(expired_, nullptr);
  const std::function<void()> gone = std::exchange(gone_, nullptr);
  if (expired) deadline_.cancel();
  if (std::exchange(watching_, false) && stream_.socket().is_open()) {
    Error ignored;
    stream_.socket().cancel(ignored);
  }
}

}  // namespace headwater::gateway
