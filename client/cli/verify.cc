// headwater verify
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/embedding_file.h"
#include "cli/field_docs.h"
#include "cli/files.h"
#include "cli/json_output.h"
#include "cli/verify_view.h"
#include "headwater/v1/verification.pb.h"

namespace headwater::cli {
namespace {

constexpr int kMostMatches = 50;

struct Options {
  std::vector<std::string> words;
  std::string file;
  std::string embeddings;  // a file
  bool quote = false;
  std::string language;
  int max_matches = 0;
  bool show_unlikely = false;
  bool all = false;
  int64_t at_least = 0;
};

// An address and nothing else.
bool IsAddress(absl::string_view text) {
  return (absl::StartsWithIgnoreCase(text, "https://") ||
          absl::StartsWithIgnoreCase(text, "http://")) &&
         text.find_first_of(" \n\t") == absl::string_view::npos;
}

// Puts what is to be verified into the request.
absl::Status SetSubject(const Options& options, v1::VerifyRequest* request) {
  if (options.words.empty() == options.file.empty())
    return UsageError("give a text, or --file, and not both");
  std::string text = absl::StrJoin(options.words, " ");
  if (!options.file.empty()) {
    absl::StatusOr<std::string> read = ReadFile(options.file);
    if (!read.ok()) return read.status();
    text = *std::move(read);
  }
  if (absl::StripAsciiWhitespace(text).empty()) return UsageError("there is no text to verify");
  if (options.quote) {
    request->set_quote(text);
  } else if (options.file.empty() && IsAddress(text)) {
    request->set_uri(text);
  } else {
    request->set_text(text);
  }
  return absl::OkStatus();
}

void Print(const Options& options, const v1::VerifyRequest& request,
           const v1::VerifyResponse& response, Session& session) {
  switch (session.format()) {
    case Format::kJson:
      return PrintJson(session.out(), response);
    case Format::kNdjson:
      return PrintJsonLine(session.out(), response);
    default:
      break;
  }
  PrintVerification(session.out(), session.terminal(), response, options.all);
  if (request.has_uri() && !response.has_document())
    session.err() << "nothing found: no document on record has the address " << request.uri()
                  << "\n";
}

absl::StatusOr<ExitCode> Verify(const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  if (options.max_matches < 0 || options.max_matches > kMostMatches)
    return UsageError("--max-matches is 1 to 50");
  v1::VerifyRequest request;
  if (absl::Status status = SetSubject(options, &request); !status.ok()) return status;
  request.set_language(options.language);
  request.set_max_matches(options.max_matches);
  request.set_show_unlikely(options.show_unlikely);
  if (!options.embeddings.empty()) {
    absl::StatusOr<std::vector<v1::Embedding>> read =
        ReadEmbeddings("--embeddings", options.embeddings);
    if (!read.ok()) return read.status();
    for (v1::Embedding& each : *read) *request.add_embeddings() = std::move(each);
  }
  if (options.at_least > 0) request.mutable_read()->set_min_sequence(options.at_least);
  v1::VerifyResponse response;
  if (absl::Status status = session.Call(request, &response); !status.ok()) return status;
  Print(options, request, response, session);
  if (absl::Status status = session.Flush(); !status.ok()) return status;
  return FoundSomething(response) ? kOk : kNotFound;
}

std::string Doc(const char* field) {
  return std::string(FieldDoc(std::string("headwater.v1.VerifyRequest.") + field));
}

constexpr char kExamples[] =
    "headwater verify \"Huawei engineers failed to make training run on Ascend chips\"\n"
    "  headwater verify --file article.txt --all\n"
    "  pdftotext report.pdf - | headwater verify --file -\n"
    "  headwater verify --quote \"was put off\"\n"
    "  headwater verify https://www.ft.com/content/eb984646-6320-4bfe-a78d-a1da2274b092";

}  // namespace

void AddVerify(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* verify = app->add_subcommand(
      "verify",
      "Ask whether something has been said, by whom, and how well it is supported: each sentence "
      "of a text with the claims that it repeats, or the document at an address with its claims "
      "and who cites it. Exit code 0 where a claim was matched or the document is on record, 3 "
      "where nothing is found; that is no word on whether it is true.");
  verify->add_option("TEXT", options->words,
                     "A sentence, a paragraph, or the address of a document, https://….");
  verify
      ->add_option("--file", options->file, "Read the text, a whole article, from it; - for stdin.")
      ->option_text("FILE");
  verify->add_flag("--quote", options->quote, "The text is a quote: it is matched as a whole.");
  verify->add_option("--language", options->language, Doc("language"))->option_text("TAG");
  verify->add_option("--max-matches", options->max_matches, Doc("max_matches"))
      ->option_text("NUMBER");
  verify->add_flag("--show-unlikely", options->show_unlikely, Doc("show_unlikely"));
  verify->add_flag("--all", options->all, "Also the sentences for which nothing was found.");
  verify
      ->add_option("--embeddings", options->embeddings,
                   "The statements as vectors: an Embedding in JSON a line, one for each sentence "
                   "that `--all --output json` lists, in their order; - for stdin.")
      ->option_text("FILE");
  AddAtLeast(verify, &options->at_least);
  AddExample(verify, kExamples);
  verify->callback([options, command] {
    *command = [options](Session& session) { return Verify(*options, session); };
  });
}

}  // namespace headwater::cli
