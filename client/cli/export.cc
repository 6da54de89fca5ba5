// headwater export
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/read_point.h"
#include "exchange/fields.h"
#include "exchange/kinds.h"
#include "exchange/severed.h"
#include "exchange/writers.h"
#include "headwater/exchange.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string to;
  std::string as_of;
  std::string format = "native";
};

// Writes all resources at one state.
class Exporter {
 public:
  // `format` as in exchange::WriteFormats.
  Exporter(Session* session, v1::ReadOptions read, std::string format, std::ostream* out)
      : session_(session), format_(std::move(format)), out_(out) {
    *request_.mutable_read() = std::move(read);
  }

  absl::Status Run() {
    absl::StatusOr<std::unique_ptr<exchange::Writer>> writer = exchange::OpenWriter(format_, out_);
    if (!writer.ok()) return writer.status();
    writer_ = *std::move(writer);
    absl::Status status = session_->Use([this](Connection* connection) {
      return headwater::Export(connection, request_,
                               [this](v1::ExportResponse* piece) { return Write(*piece); });
    });
    return status.ok() ? writer_->Finish() : status;
  }

  int count() const { return count_; }
  std::vector<exchange::SeveredReference> severed() const { return severed_.Found(); }
  int64_t sequence() const { return sequence_; }

 private:
  absl::Status Write(const v1::ExportResponse& piece) {
    sequence_ = piece.read_sequence();
    for (const v1::Record& record : piece.records()) {
      const Kind* kind = exchange::KindOf(record);
      if (kind == nullptr) return absl::DataLossError("the server sent an empty record");
      const google::protobuf::Message& resource = exchange::ResourceIn(record, *kind);
      severed_.Add(exchange::NameOf(resource), exchange::ReferencesIn(resource));
      if (absl::Status status = writer_->Add(record); !status.ok()) return status;
      ++count_;
    }
    if (!*out_) return absl::DataLossError("the export could not be written in full");
    return absl::OkStatus();
  }

  Session* session_;
  const std::string format_;
  v1::ExportRequest request_;
  std::ostream* out_;
  std::unique_ptr<exchange::Writer> writer_;
  exchange::SeveredReferences severed_;
  int64_t sequence_ = 0;
  int count_ = 0;
};

// What --force has severed is on record as it stands, but a server that never had what it refers to
// cannot tell it from a mistake.
void TellSevered(const std::vector<exchange::SeveredReference>& severed, std::ostream& err) {
  if (severed.empty()) return;
  err << "severed: " << severed.size()
      << (severed.size() == 1 ? " reference leads" : " references lead")
      << " to what is deleted. Importing this elsewhere rejects the rows that have "
      << (severed.size() == 1 ? "it" : "them") << ", and those that refer to them:\n";
  constexpr size_t kMostShown = 20;
  for (size_t i = 0; i < std::min(severed.size(), kMostShown); ++i)
    err << "  " << severed[i].from << " refers to " << severed[i].to << "\n";
  if (severed.size() > kMostShown) err << "  and " << severed.size() - kMostShown << " more\n";
}

absl::Status FileError(absl::string_view what, const std::string& path) {
  return absl::UnknownError(absl::StrCat(what, " ", path, ": ", std::strerror(errno)));
}

// Exports to a file that is there whole or not at all.
absl::Status ExportToFile(Session& session, v1::ReadOptions read, const std::string& format,
                          const std::string& path) {
  std::string temporary = absl::StrCat(path, ".XXXXXX");
  const int file = mkstemp(temporary.data());
  if (file < 0) return FileError("cannot write", temporary);
  std::ofstream out(temporary, std::ios::binary);
  Exporter exporter(&session, std::move(read), format, &out);
  absl::Status status = exporter.Run();
  out.close();
  if (status.ok() && !out) status = FileError("cannot write", temporary);
  if (status.ok() && fsync(file) != 0) status = FileError("cannot write", temporary);
  close(file);
  if (status.ok() && std::rename(temporary.c_str(), path.c_str()) != 0) {
    status = FileError("cannot write", path);
  }
  if (!status.ok()) {
    std::remove(temporary.c_str());
    return status;
  }
  session.err() << "exported " << exporter.count() << " records at sequence " << exporter.sequence()
                << " to " << path << "\n";
  TellSevered(exporter.severed(), session.err());
  return absl::OkStatus();
}

absl::StatusOr<ExitCode> Export(const Options& options, Session& session) {
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  absl::Status status;
  if (options.to.empty() || options.to == "-") {
    Exporter exporter(&session, *std::move(read), options.format, &session.out());
    status = exporter.Run();
    if (status.ok()) status = session.Flush();
    if (status.ok()) TellSevered(exporter.severed(), session.err());
  } else {
    status = ExportToFile(session, *std::move(read), options.format, options.to);
  }
  if (!status.ok()) return status;
  return kOk;
}

std::vector<std::string> FormatWords() {
  std::vector<std::string> words;
  for (const exchange::WriteFormat& format : exchange::WriteFormats()) words.push_back(format.word);
  return words;
}

std::string FormatsForHelp() {
  std::string text = "In which format.";
  for (const exchange::WriteFormat& format : exchange::WriteFormats())
    absl::StrAppend(&text, " ", format.word, ": ", format.description);
  return text;
}

}  // namespace

void AddExport(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* command_line = app->add_subcommand(
      "export",
      "Write all records as import reads them: one JSON record a line, sources first, then "
      "documents, claims, attributions, relations and reviews, each in the order of their names, "
      "with the texts of documents and without what the server made. All lines show one state; the "
      "same state gives the same bytes. What is deleted is left out. References to it, severed by "
      "--force, stay as they are and are told on stderr: another server rejects the rows that have "
      "them.");
  command_line
      ->add_option("--to", options->to,
                   "Write to this file instead of stdout; it is replaced when the export is whole.")
      ->option_text("FILE");
  command_line->add_option("--format", options->format, FormatsForHelp())
      ->check(CLI::IsMember(FormatWords()))
      ->option_text("FORMAT");
  AddAsOf(command_line, &options->as_of);
  AddExample(command_line,
             "headwater export --to backup.ndjson\n"
             "  headwater export --format prov --to provenance.json");
  command_line->callback([options, command] {
    *command = [options](Session& session) { return Export(*options, session); };
  });
}

}  // namespace headwater::cli
