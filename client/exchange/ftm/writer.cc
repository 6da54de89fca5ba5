#include "exchange/ftm/writer.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "exchange/ftm/entities.h"
#include "exchange/ftm/statement.h"
#include "exchange/kinds.h"

namespace headwater::exchange {
namespace {

constexpr size_t kMaxNames = 100000;

class FtmWriter : public Writer {
 public:
  FtmWriter(FtmShape shape, FtmSettings settings, std::ostream* out)
      : shape_(shape), settings_(std::move(settings)), out_(out) {
    if (shape_ == FtmShape::kCsv) {
      *out_ << "\"" << absl::StrJoin(FtmColumns(), "\",\"") << "\"\n";
    }
  }

  absl::Status Add(const v1::Record& record) override {
    const Kind* kind = KindOf(record);
    if (kind == nullptr) return absl::InvalidArgumentError("a record without a resource");
    if (NameOf(ResourceIn(record, *kind)).empty()) {
      return absl::InvalidArgumentError(absl::StrCat(kind->word, ".name: is missing"));
    }
    if (record.has_source() && names_.size() < kMaxNames) {
      names_.emplace(record.source().name(), record.source().display_name());
    }
    const auto name = [this](absl::string_view source) {
      const auto found = names_.find(source);
      return found == names_.end() ? std::string(source) : found->second;
    };
    for (const FtmStatement& statement : FtmStatementsOf(record, settings_.dataset, name)) {
      *out_ << (shape_ == FtmShape::kCsv ? FtmCsvRow(statement) : FtmJsonLine(statement)) << "\n";
    }
    return absl::OkStatus();
  }

  absl::Status Finish() override {
    if (!out_->flush()) return absl::DataLossError("the statements could not be written in full");
    return absl::OkStatus();
  }

 private:
  FtmShape shape_;
  FtmSettings settings_;
  std::ostream* out_;
  absl::flat_hash_map<std::string, std::string> names_;  // what sources are called
};

}  // namespace

absl::StatusOr<std::unique_ptr<Writer>> OpenFtmWriter(FtmShape shape, FtmSettings settings,
                                                      std::ostream* out) {
  return std::make_unique<FtmWriter>(shape, std::move(settings), out);
}

}  // namespace headwater::exchange
