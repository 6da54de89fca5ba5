#include "cli/import_rows.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cli/requests.h"
#include "exchange/kinds.h"

namespace headwater::cli {
namespace {

// The reasons of the summary, in words.
std::string ReasonOf(const v1::RowError& error) {
  if (error.reason() == "ALREADY_EXISTS") return "differing";
  if (error.reason() == "REFERENCE_MISSING") return "referring to what is not there";
  return absl::StrReplaceAll(absl::AsciiStrToLower(error.reason()), {{"_", " "}});
}

}  // namespace

absl::StatusOr<bool> ImportRows::Next(exchange::Row* row) {
  absl::StatusOr<bool> more = file_->Next(row);
  if (!more.ok() || !*more) return more;
  report_->AddRow(row->rejected());
  if (row->rejected()) {
    ++unreadable_;
    const auto text = [](const exchange::Rejection& rejection) {
      return absl::StrCat(rejection.field, rejection.field.empty() ? "" : ": ", rejection.text);
    };
    report_->Reject(row->number, "", row->rejections.front().reason, text(row->rejections.front()));
    for (size_t i = 1; i < row->rejections.size(); ++i)
      report_->AlsoWrong(text(row->rejections[i]));
    KeepRejected(row->number, row->raw);
  }
  if (!row->records.empty()) {
    absl::Status status =
        trail_.Add(row->number, static_cast<int64_t>(row->records.size()), row->raw);
    if (!status.ok()) return status;
  }
  ShowProgress();
  return true;
}

void ImportRows::KeepRejected(int64_t row, const std::string& raw) {
  if (!rejects_->wanted() || row < 0) return;
  const auto number = static_cast<size_t>(row);
  if (number >= kept_.size()) kept_.resize(number + 1);
  if (kept_[number]) return;
  kept_[number] = true;
  rejects_->Add(file_->raw_header(), raw);
}

absl::Status ImportRows::Tell(const v1::RowError& error, const v1::Record* record) {
  if (error.row() == telling_) {
    report_->AlsoWrong(TextOf(error, nullptr));
    return absl::OkStatus();
  }
  telling_ = error.row();
  absl::StatusOr<RowTrail::Origin> origin = trail_.Find(error.row());
  if (!origin.ok()) return origin.status();
  const std::string text = report_->tells() ? TextOf(error, record) : "";
  report_->Reject(origin->row, error.name(), ReasonOf(error), text);
  KeepRejected(origin->row, origin->raw);
  return absl::OkStatus();
}

std::string ImportRows::TextOf(const v1::RowError& error, const v1::Record* record) {
  const Kind* kind = exchange::KindOfName(error.name());
  if (error.reason() == "DELETED" && kind != nullptr) {
    return absl::StrCat("is deleted; bring it back with `headwater ", kind->word, " undelete ",
                        error.name(), "`");
  }
  if (error.reason() == "ALREADY_EXISTS" && record != nullptr && kind != nullptr) {
    const MessagePtr request = NewRequest(*kind, "Get");
    SetField(request.get(), "name", error.name());
    SetField(request.get(), "include_text", true);
    const MessagePtr stands = NewResponse(*request);
    if (session_->Call(*request, stands.get()).ok()) {
      return absl::StrCat("differs from what stands\n",
                          BothSides(*stands, exchange::ResourceIn(*record, *kind)));
    }
  }
  return absl::StrCat(error.field(), error.field().empty() ? "" : " ", error.description());
}

}  // namespace headwater::cli
