#include "cli/import_file.h"

#include <utility>
#include <vector>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "cli/failure.h"
#include "cli/files.h"
#include "exchange/kinds.h"

namespace headwater::cli {

void RejectedRows::Add(const std::string& header, const std::string& raw) {
  if (!wanted() || raw.empty()) return;
  if (!file_.is_open()) {
    file_.open(path_, std::ios::binary | std::ios::trunc);
    if (!header.empty()) file_ << header << "\n";
  }
  file_ << raw << "\n";
}

absl::Status RejectedRows::Close() {
  if (!file_.is_open()) return absl::OkStatus();
  file_.close();
  if (file_) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot write the rejected rows to ", path_));
}

absl::StatusOr<std::unique_ptr<ImportFile>> ImportFile::Open(const std::string& path,
                                                             const ImportFileSettings& settings) {
  exchange::ReadSettings read;
  read.language = settings.language;
  if (!settings.map.empty()) {
    absl::StatusOr<std::string> map = ReadFile(settings.map);
    if (!map.ok()) return map.status();
    read.mapping = *std::move(map);
  }
  absl::StatusOr<std::unique_ptr<exchange::Input>> input = exchange::Input::Open(path);
  if (!input.ok()) return UsageError(input.status().message());
  std::unique_ptr<ImportFile> file(new ImportFile());
  file->input_ = input->get();
  absl::StatusOr<std::unique_ptr<exchange::Reader>> reader =
      exchange::OpenReader(settings.format, *std::move(input), read, &file->format_);
  if (!reader.ok()) return UsageError(reader.status().message());
  file->reader_ = *std::move(reader);
  return file;
}

absl::StatusOr<bool> ImportFile::Next(exchange::Row* row) {
  absl::StatusOr<bool> more = reader_->Next(row);
  if (!more.ok()) status_ = more.status();
  if (!more.ok() || !*more || is_native()) return more;
  std::erase_if(row->records, [this](const v1::Record& record) {
    const std::string name =
        exchange::NameOf(exchange::ResourceIn(record, *exchange::KindOf(record)));
    const bool again = !names_.insert(absl::HashOf(name)).second;
    repeated_ += again ? 1 : 0;
    return again;
  });
  return more;
}

}  // namespace headwater::cli
