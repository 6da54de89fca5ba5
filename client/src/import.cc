#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "headwater/exchange.h"
#include "request_id.h"
#include "retry_loop.h"
#include "stream.h"

namespace headwater {
namespace {

// How many messages may be unanswered.
constexpr size_t kWindow = 2;

// Whether a stream that ended so is worth another; ABORTED says that another one is at work on the
// import, and may be so no longer.
bool MayGoOn(const absl::Status& status) {
  return internal::MayGoOn(status) || absl::IsAborted(status);
}

// What RetryLoop tries again; a status that it would try again comes as it is, with its details.
absl::Status Transient(const absl::Status& status) {
  return internal::IsTransient(status) ? status : absl::UnavailableError(status.message());
}

}  // namespace

struct Import::State {
  State(Connection* to, ImportOptions given, const CallOptions& how)
      : connection(to), options(std::move(given)), call(how) {
    if (options.config.import_id().empty()) options.config.set_import_id(internal::NewRequestId());
    told_to = options.config.answered_offset();
  }

  bool whole() const { return options.config.all_or_nothing() || options.config.validate_only(); }
  absl::Time Deadline() const {
    return absl::Now() + call.timeout.value_or(connection->options().timeout);
  }

  absl::Status Send();
  absl::Status Open();
  // Sends what has not been sent in this stream, and reads answers until at most `most` messages
  // are unanswered. Breaks nothing off that can be gone on with.
  absl::Status Pump(size_t most);
  absl::Status PumpOnce(size_t most);
  absl::Status ReadAnswer();
  absl::Status Broken();
  void Tell(const v1::ImportResponse& response);
  absl::Status Take(const v1::ImportResponse& response);
  // Whether the chunk being filled is to be sent.
  bool IsFull() const;

  Connection* const connection;
  ImportOptions options;
  const CallOptions call;

  std::unique_ptr<internal::Stream> stream;
  v1::ImportRequest chunk;  // being filled
  size_t chunk_bytes = 0;
  int64_t next_row = 0;
  // Not acknowledged, in order; the first `sent` of them were sent in this stream, and the first
  // `answered` of those answered.
  std::deque<v1::ImportRequest> held;
  size_t sent = 0;
  size_t answered = 0;
  bool moved = false;  // a chunk was answered in this try
  v1::ImportResponse progress;
  int64_t told_to = 0;     // errors of the rows before it have come, but for those that wait
  std::vector<bool> told;  // rows whose errors were handed on
  absl::Status stopped;    // what the sink of answers said
  bool bulk = false;       // large chunks
};

bool Import::State::IsFull() const {
  const int rows = options.chunk_rows > 0 ? options.chunk_rows : bulk ? 10'000 : 1000;
  return chunk.records_size() >= rows || chunk_bytes >= (bulk ? size_t{4} << 20 : size_t{1} << 20);
}

// All errors of a row come in one answer, and may come again in another.
void Import::State::Tell(const v1::ImportResponse& response) {
  int64_t telling = -1;
  for (const v1::RowError& error : response.errors()) {
    if (error.row() < 0 || error.row() >= std::max(next_row, response.acknowledged_offset())) {
      options.errors(error);  // no row of ours
      continue;
    }
    const auto row = static_cast<size_t>(error.row());
    if (row >= told.size()) told.resize(row + 1);
    if (told[row] && error.row() != telling) continue;
    told[row] = true;
    telling = error.row();
    options.errors(error);
  }
}

absl::Status Import::State::Take(const v1::ImportResponse& response) {
  if (options.errors) Tell(response);
  progress = response;
  progress.clear_errors();
  // With `more`, errors of rows that are acknowledged are still to come.
  if (!response.more()) told_to = response.acknowledged_offset();
  if (options.answers) stopped = options.answers(progress);
  return stopped;
}

absl::Status Import::State::Broken() {
  absl::Status status = stream->End();
  stream.reset();
  return status.ok() ? absl::UnavailableError("the stream broke off") : status;
}

absl::Status Import::State::Open() {
  absl::StatusOr<std::unique_ptr<internal::Stream>> opened =
      connection->Open(*v1::ImportRequest::descriptor(), call);
  if (!opened.ok()) return opened.status();
  stream = *std::move(opened);
  sent = answered = 0;
  v1::ImportRequest first;
  *first.mutable_config() = options.config;
  first.mutable_config()->set_answered_offset(told_to);
  if (!stream->Write(first, Deadline())) return Broken();
  v1::ImportResponse response;
  do {
    if (!stream->Read(&response, Deadline())) return Broken();
    if (absl::Status status = Take(response); !status.ok()) return status;
    // These come in the order of their rows.
    if (response.more() && response.errors_size() > 0)
      told_to = response.errors(response.errors_size() - 1).row() + 1;
  } while (response.more());
  if (whole()) return absl::OkStatus();
  while (!held.empty() && !held.front().complete() &&
         held.front().offset() + held.front().records_size() <= progress.acknowledged_offset()) {
    held.pop_front();
  }
  return absl::OkStatus();
}

absl::Status Import::State::ReadAnswer() {
  v1::ImportResponse response;
  do {
    if (!stream->Read(&response, Deadline())) return Broken();
    moved = true;
    if (absl::Status status = Take(response); !status.ok()) return status;
  } while (response.more());
  if (whole()) {
    ++answered;
  } else {
    held.pop_front();
    --sent;
  }
  return absl::OkStatus();
}

absl::Status Import::State::PumpOnce(size_t most) {
  if (stream == nullptr) {
    if (absl::Status status = Open(); !status.ok()) return status;
  }
  while (sent < held.size() || sent - answered > most) {
    if (sent < held.size() && sent - answered < kWindow) {
      if (!stream->Write(held[sent], Deadline())) return Broken();
      ++sent;
    } else if (absl::Status status = ReadAnswer(); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

absl::Status Import::State::Pump(size_t most) {
  while (true) {
    absl::Status last;
    // What has moved begins anew, with its own time and pauses.
    absl::Status status = internal::RetryLoop(connection->options().retry, Deadline(),
                                              /*repeatable=*/true, internal::RealPacer(), [&] {
                                                moved = false;
                                                last = PumpOnce(most);
                                                if (last.ok() || moved || !stopped.ok())
                                                  return absl::OkStatus();
                                                return MayGoOn(last) ? Transient(last) : last;
                                              });
    if (!status.ok()) return status;
    if (last.ok() || !stopped.ok() || !MayGoOn(last)) return last;
  }
}

absl::Status Import::State::Send() {
  if (chunk.records_size() == 0 && !chunk.complete()) return absl::OkStatus();
  chunk_bytes = 0;
  held.push_back(std::exchange(chunk, v1::ImportRequest()));
  return Pump(kWindow - 1);
}

Import::Import(Connection* connection, ImportOptions options, const CallOptions& call)
    : state_(std::make_unique<State>(connection, std::move(options), call)) {}
Import::~Import() = default;

const std::string& Import::id() const { return state_->options.config.import_id(); }

const v1::ImportResponse& Import::progress() const { return state_->progress; }

const v1::Record* Import::Held(int64_t row) const {
  for (const v1::ImportRequest& chunk : state_->held) {
    if (row < chunk.offset()) break;
    if (row < chunk.offset() + chunk.records_size())
      return &chunk.records(static_cast<int>(row - chunk.offset()));
  }
  return nullptr;
}

absl::StatusOr<int64_t> Import::Begin() {
  if (absl::Status status = state_->Pump(kWindow); !status.ok()) return status;
  state_->bulk = state_->options.config.bulk() || state_->progress.sequence() == 0;
  return state_->progress.acknowledged_offset();
}

void Import::SkipTo(int64_t row) { state_->next_row = row; }

absl::Status Import::Add(v1::Record record) {
  State& state = *state_;
  if (state.stream == nullptr && state.held.empty()) {
    if (absl::StatusOr<int64_t> begun = Begin(); !begun.ok()) return begun.status();
  }
  const int64_t row = state.next_row++;
  if (row < state.progress.acknowledged_offset()) return absl::OkStatus();
  if (state.chunk.records_size() == 0) state.chunk.set_offset(row);
  state.chunk_bytes += record.ByteSizeLong();
  *state.chunk.add_records() = std::move(record);
  return state.IsFull() ? state.Send() : absl::OkStatus();
}

absl::StatusOr<v1::ImportResponse> Import::Finish() {
  State& state = *state_;
  // Alone, so that the answer to the last rows says how many wait.
  absl::Status status = state.Send();
  if (!status.ok()) return status;
  state.chunk.set_offset(state.next_row);
  state.chunk.set_complete(true);
  status = state.Send();
  if (status.ok()) status = state.Pump(0);
  if (!status.ok()) return status;
  if (!state.progress.done())
    return absl::InternalError("the server answered to all and did not say that it is done");
  return state.progress;
}

}  // namespace headwater
