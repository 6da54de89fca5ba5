// headwater import
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/import_file.h"
#include "cli/import_flags.h"
#include "cli/import_report.h"
#include "cli/import_run.h"
#include "cli/import_whole.h"
#include "cli/interrupt.h"
#include "exchange/readers.h"

namespace headwater::cli {
namespace {

// Imports a file. Where it cannot come to the end, `*how_to_go_on` is how it can.
absl::Status ImportOne(const std::string& path, const ImportContext& context,
                       std::string* how_to_go_on) {
  absl::StatusOr<std::unique_ptr<ImportFile>> file = ImportFile::Open(path, context.flags.file);
  if (!file.ok()) return file.status();
  const bool several = context.flags.paths.size() > 1;
  context.report.BeginFile(several ? path : std::string(), (*file)->is_native());
  context.report.BeginProgress(0, (*file)->total_bytes());
  // Errors of the file are told as they are, those of the server in the session's words.
  absl::Status of_file;
  absl::Status status = context.session.Use([&](Connection*) {
    absl::Status ended;
    if (context.flags.dry_run) {
      ended = TryFile(context, file->get());
    } else if (context.flags.all_or_nothing) {
      ended = ImportAllOrNothing(context, file->get());
    } else {
      ImportRun run(context, file->get());
      ended = run.Run();
      if (!ended.ok()) *how_to_go_on = run.HowToGoOn();
    }
    of_file = (*file)->status();
    return of_file.ok() ? ended : absl::OkStatus();
  });
  if (of_file.ok()) return status;
  return absl::Status(of_file.code(), absl::StrCat(path, ": ", of_file.message()));
}

void PrintSummary(const ImportReport& report, Session& session) {
  if (session.format() == Format::kTable) {
    report.PrintSummary(session.out());
  } else {
    report.PrintJsonSummary(session.out());
  }
}

absl::StatusOr<ExitCode> RunImport(const ImportFlags& flags, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  if (absl::Status status = CheckFlags(flags); !status.ok()) return status;
  const InterruptWatch interrupts;
  ImportReport report(&session.err(), session.err_terminal(), flags.dry_run);
  RejectedRows rejects(flags.rejects);
  const ImportContext context{flags, session, report, rejects};
  absl::Status status;
  std::string how_to_go_on;
  for (const std::string& path : flags.paths) {
    status = ImportOne(path, context, &how_to_go_on);
    if (!status.ok()) break;
  }
  report.progress().Clear();
  if (absl::Status closed = rejects.Close(); status.ok()) status = closed;
  report.TellTheRest(rejects.wanted());
  if (status.ok() || report.done() > 0) PrintSummary(report, session);
  if (absl::Status flushed = session.Flush(); status.ok()) status = flushed;
  if (!status.ok()) {
    session.err() << how_to_go_on;
    if (!absl::IsCancelled(status) || InterruptWatch::signal() == 0) return status;
    return InterruptWatch::exit_code();
  }
  return report.rejected() == 0 ? kOk : kPartial;
}

std::string FormatsForHelp() {
  std::string text = "auto: by content and name.";
  for (const exchange::ReadFormat& format : exchange::ReadFormats()) {
    absl::StrAppend(&text, " ", format.word, ": ", format.description);
  }
  return text;
}

constexpr char kAbout[] =
    "Read records from files, of Headwater's own format (one in JSON a line as {\"source\": "
    "{…}}, in any order) or of others; gzip and zstd are unpacked. Rows that are there already "
    "and the same are unchanged; rows that differ from what stands, or are wrong, are rejected "
    "with their line and the reason (the first 1,000 on stderr), and the others go in. Exit code 0 "
    "if none was rejected, 6 if some were. A row of another format makes several records, with ids "
    "made of what they are known by: where a name comes again in the file, the first one stands. "
    "Rows may have 16 MiB.\n"
    "A file goes in as it is read. Rows that refer to what is not there wait at the server, 2 "
    "million at most, until the file ends. Memory does not grow with a native file but for a bit a "
    "record where some are rejected; other formats take some 16 bytes a record to tell names that "
    "come again. What it takes to find the row of a record again lies in TMPDIR: 32 bytes a row, "
    "nothing for native files; with --rejects the rows' text too, while the server has rows that "
    "wait.\n"
    "An import that broke off, even by kill -9, goes on with --resume.";

void AddWays(CLI::App* command_line, ImportFlags* flags) {
  command_line
      ->add_option("--on-existing", flags->on_existing,
                   "What becomes of a row whose name is there with other values: fail rejects it "
                   "(for native files if left out), skip lets what stands stand (for others), "
                   "update makes a revision of it.")
      ->check(CLI::IsMember({"fail", "skip", "update"}));
  command_line->add_flag("--bulk", flags->bulk,
                         "Commit up to 10,000 records at a time: a first load goes faster, and who "
                         "writes beside it may wait for some 0.3 s. Into a server without any "
                         "record it goes so by itself.");
  command_line->add_flag("--all-or-nothing", flags->all_or_nothing,
                         "Make all records or, where one row is rejected, none. At most 10,000 "
                         "records and 15 MiB.");
  command_line->add_flag(
      "--dry-run", flags->dry_run,
      "Have the server say what would become of each row, and write nothing. Of what is more than "
      "10,000 records or 15 MiB it sees a piece at a time, so that rows of different pieces are "
      "not held against one another; stderr says so.");
  command_line->add_flag(
      "--resume", flags->resume,
      "Go on with the import of FILE that broke off last: rows that are in are read over. It is "
      "known by the server, the actor, FILE's path, size and time of change, and the flags "
      "--format, --map, --language and --on-existing; its id is kept for 7 days in "
      "~/.local/state/headwater/imports (or $XDG_STATE_HOME). One that was finished changes "
      "nothing. Without this flag each import is a new one.");
  command_line
      ->add_option("--import-id", flags->import_id,
                   "What the server knows the import by, for 7 days: a word of your own, needed to "
                   "resume what comes from stdin, or on another machine.")
      ->option_text("ID");
}

}  // namespace

void AddImport(CLI::App* app, Command* command) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command_line = app->add_subcommand("import", kAbout);
  command_line->add_option("FILE", flags->paths, "The files, one after another; - for stdin.")
      ->required();
  command_line->add_option("--format", flags->file.format, FormatsForHelp());
  command_line->add_option(
      "--map", flags->file.map,
      "For CSV: a file that says what its columns mean (see client/samples/mappings). "
      "Without it, columns are named as the fields of one kind.");
  command_line->add_option(
      "--language", flags->file.language,
      "The language of text of which the file does not say it; und if left out.");
  AddWays(command_line, flags.get());
  command_line->add_option(
      "--rejects", flags->rejects,
      "Where to write rejected rows as they stand in FILE, all of them: mend them there and "
      "import that.");
  AddExample(command_line,
             "headwater import records.ndjson\n"
             "  headwater export --server old:7411 | headwater import -\n"
             "  headwater import --rejects wrong.csv --map columns.json sources.csv.gz\n"
             "  headwater import --resume records.ndjson");
  command_line->callback([flags, command] {
    *command = [flags](Session& session) { return RunImport(*flags, session); };
  });
}

}  // namespace headwater::cli
