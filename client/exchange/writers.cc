#include "exchange/writers.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "exchange/ftm/writer.h"
#include "exchange/kinds.h"
#include "exchange/prov/writer.h"
#include "exchange/record_lines.h"

namespace headwater::exchange {
namespace {

class NativeWriter : public Writer {
 public:
  explicit NativeWriter(std::ostream* out) : out_(out) {}

  absl::Status Add(const v1::Record& record) override {
    const Kind* kind = KindOf(record);
    if (kind == nullptr) return absl::InvalidArgumentError("a record without a resource");
    if (NameOf(ResourceIn(record, *kind)).empty()) {
      return absl::InvalidArgumentError(absl::StrCat(kind->word, ".name: is missing"));
    }
    *out_ << FormatRecord(record) << "\n";
    return absl::OkStatus();
  }

  absl::Status Finish() override {
    if (!out_->flush()) return absl::DataLossError("the records could not be written in full");
    return absl::OkStatus();
  }

 private:
  std::ostream* out_;
};

absl::StatusOr<std::unique_ptr<Writer>> OpenNative(std::ostream* out) {
  return std::make_unique<NativeWriter>(out);
}

absl::StatusOr<std::unique_ptr<Writer>> OpenFtm(std::ostream* out) {
  return OpenFtmWriter(FtmShape::kJsonLines, FtmSettings(), out);
}

absl::StatusOr<std::unique_ptr<Writer>> OpenFtmCsv(std::ostream* out) {
  return OpenFtmWriter(FtmShape::kCsv, FtmSettings(), out);
}

}  // namespace

const std::vector<WriteFormat>& WriteFormats() {
  static const auto& formats = *new std::vector<WriteFormat>{
      {"native", "One record in JSON a line, as import reads it.", &OpenNative},
      {"prov", "W3C PROV-JSON: agents, entities, attributions, derivations.", &OpenProvWriter},
      {"ftm", "FollowTheMoney statements, one in JSON a line.", &OpenFtm},
      {"ftm-csv", "FollowTheMoney statements as CSV.", &OpenFtmCsv},
  };
  return formats;
}

absl::StatusOr<std::unique_ptr<Writer>> OpenWriter(absl::string_view format, std::ostream* out) {
  std::string words;
  for (const WriteFormat& one : WriteFormats()) {
    if (one.word == format) return one.open(out);
    absl::StrAppend(&words, words.empty() ? "" : ", ", one.word);
  }
  return absl::InvalidArgumentError(
      absl::StrCat("format: \"", format, "\" cannot be written; there are ", words));
}

}  // namespace headwater::exchange
