// headwater impact
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/impact_view.h"
#include "cli/json_output.h"
#include "cli/read_point.h"
#include "cli/table.h"
#include "exchange/fields.h"
#include "headwater/totals.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {
namespace {

// A page as large as the server gives.
constexpr int kPageSize = 1000;

struct Options {
  std::string name;
  std::string as_of;
};

// Prints pages as they come.
class Printer {
 public:
  explicit Printer(Session* session)
      : session_(*session),
        json_(&session->out(), *v1::AssessImpactResponse::descriptor()->FindFieldByName("claims")),
        table_(&session->out(), session->terminal(), ImpactHeader()) {}

  absl::Status Add(v1::AssessImpactResponse* page) {
    for (const v1::ClaimImpact& impact : page->claims()) {
      if (session_.format() == Format::kJson) {
        json_.Add(impact);
      } else if (session_.format() == Format::kNdjson) {
        PrintJsonLine(session_.out(), impact);
      } else {
        table_.Add(ImpactRow(impact));
      }
    }
    table_.Flush();
    changed_ += page->claims_size();
    page->clear_claims();
    AddPage(*page, &totals_);
    return session_.Flush();
  }

  absl::Status End() {
    if (session_.format() == Format::kJson) json_.End(&totals_);
    if (session_.format() == Format::kTable)
      session_.err() << ImpactSummary(totals_, changed_) << "\n";
    return session_.Flush();
  }

 private:
  Session& session_;
  MergedJson json_;
  Table table_;
  int64_t changed_ = 0;
  v1::AssessImpactResponse totals_;  // without its claims
};

// The full name, which alone tells of what kind it is.
absl::Status CheckName(const std::string& text) {
  const Kind* kind = exchange::KindOfName(text);
  for (const char* word : {"source", "document", "attribution"}) {
    if (kind != nullptr && kind->word == word) return absl::OkStatus();
  }
  return UsageError(absl::StrCat(
      "\"", text,
      "\" is no full name of a source, document or attribution: give sources/ID, documents/ID or "
      "claims/CLAIM/attributions/ID"));
}

absl::StatusOr<ExitCode> Impact(const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  if (absl::Status status = CheckName(options.name); !status.ok()) return status;
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  v1::AssessImpactRequest request;
  request.set_name(options.name);
  request.set_page_size(kPageSize);
  if (!options.as_of.empty()) *request.mutable_read() = *std::move(read);
  Printer printer(&session);
  v1::AssessImpactResponse page;
  absl::Status status = session.ForEachPage(request, &page, [&] { return printer.Add(&page); });
  if (status.ok()) status = printer.End();
  if (!status.ok()) return status;
  return kOk;
}

}  // namespace

void AddImpact(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* impact = app->add_subcommand(
      "impact",
      "Tell which claims would change were a source, a document or an attribution withdrawn: how "
      "they stand and would stand, and why. Nothing is changed.");
  impact
      ->add_option("NAME", options->name,
                   "What would be withdrawn: sources/ID, documents/ID or "
                   "claims/CLAIM/attributions/ID.")
      ->required();
  AddAsOf(impact, &options->as_of);
  AddExample(impact,
             "headwater impact sources/ft\n"
             "  headwater impact documents/deepseek-huawei --output ndjson");
  impact->callback([options, command] {
    *command = [options](Session& session) { return Impact(*options, session); };
  });
}

}  // namespace headwater::cli
