#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "headwater/exchange.h"
#include "retry_loop.h"
#include "stream.h"

namespace headwater {
namespace {

class Exporting {
 public:
  Exporting(Connection* connection, const v1::ExportRequest& request, const ExportSink& take,
            const CallOptions& options)
      : connection_(connection), request_(request), take_(take), options_(options) {}

  absl::Status Run() {
    while (true) {
      absl::Status last;
      bool moved = false;
      // What has moved begins anew, with its own time and pauses.
      absl::Status status = internal::RetryLoop(connection_->options().retry, Deadline(),
                                                /*repeatable=*/true, internal::RealPacer(), [&] {
                                                  last = Stream(&moved);
                                                  return moved || ended_ ? absl::OkStatus() : last;
                                                });
      if (ended_) return end_;
      if (!status.ok()) return status;
      if (!internal::MayGoOn(last)) return last;
    }
  }

 private:
  absl::Time Deadline() const {
    return absl::Now() + options_.timeout.value_or(connection_->options().timeout);
  }

  // One try, until the stream ends; `ended_` where nothing is left to do.
  absl::Status Stream(bool* moved) {
    absl::StatusOr<std::unique_ptr<internal::Stream>> stream =
        connection_->Open(*v1::ExportRequest::descriptor(), options_);
    if (!stream.ok()) return stream.status();
    if ((*stream)->Write(request_, Deadline())) (*stream)->EndWrites();
    v1::ExportResponse piece;
    while ((*stream)->Read(&piece, Deadline())) {
      *moved = true;
      std::string next = piece.page_token();
      end_ = take_(&piece);
      ended_ = next.empty() || !end_.ok();
      if (ended_) return end_;
      request_.set_page_token(std::move(next));
    }
    absl::Status status = (*stream)->End();
    return status.ok() ? absl::UnavailableError("the export broke off") : status;
  }

  Connection* const connection_;
  v1::ExportRequest request_;
  const ExportSink& take_;
  const CallOptions& options_;
  bool ended_ = false;
  absl::Status end_;
};

}  // namespace

absl::Status Export(Connection* connection, const v1::ExportRequest& request,
                    const ExportSink& take, const CallOptions& options) {
  return Exporting(connection, request, take, options).Run();
}

}  // namespace headwater
