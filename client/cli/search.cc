// headwater search
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/embedding_file.h"
#include "cli/field_docs.h"
#include "cli/json_output.h"
#include "cli/search_view.h"
#include "headwater/v1/search.pb.h"

namespace headwater::cli {
namespace {

constexpr int kLargestPage = 100;

struct Options {
  std::vector<std::string> words;
  std::string language;
  int limit = 20;
  bool all = false;
  bool facets = false;
  std::string embedding;  // a file
  int64_t at_least = 0;
};

// A page that has something, or all pages, as one response.
absl::Status Fetch(const Options& options, v1::SearchClaimsRequest request, Session& session,
                   v1::SearchClaimsResponse* whole) {
  while (true) {
    v1::SearchClaimsResponse page;
    if (absl::Status status = session.Call(request, &page); !status.ok()) return status;
    whole->clear_next_page_token();
    whole->MergeFrom(page);
    const bool enough = !options.all && !whole->results().empty();
    if (page.next_page_token().empty() || enough) return absl::OkStatus();
    request.set_page_token(page.next_page_token());
  }
}

absl::StatusOr<ExitCode> Search(const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  if (options.limit < 1 || options.limit > kLargestPage)
    return UsageError("--limit is 1 to 100; --all gives whatever there is");
  v1::SearchClaimsRequest request;
  const std::string query = absl::StrJoin(options.words, " ");
  request.set_query(query);
  request.set_language(options.language);
  request.set_page_size(options.all ? kLargestPage : options.limit);
  request.set_show_facets(options.facets);
  if (!options.embedding.empty()) {
    absl::StatusOr<std::vector<v1::Embedding>> read =
        ReadEmbeddings("--embedding", options.embedding);
    if (!read.ok()) return read.status();
    if (read->size() > 1) return UsageError("--embedding: give one vector, that of the query");
    *request.mutable_embedding() = std::move(read->front());
  }
  if (options.at_least > 0) request.mutable_read()->set_min_sequence(options.at_least);
  v1::SearchClaimsResponse response;
  if (absl::Status status = Fetch(options, request, session, &response); !status.ok())
    return status;
  if (session.format() == Format::kJson) {
    PrintJson(session.out(), response);
  } else if (session.format() == Format::kNdjson) {
    for (const v1::SearchResult& result : response.results()) PrintJsonLine(session.out(), result);
  } else {
    PrintSearch(session.out(), session.terminal(), response);
  }
  if (absl::Status status = session.Flush(); !status.ok()) return status;
  if (session.format() == Format::kTable) session.err() << SearchAdvice(query, response);
  return response.results().empty() ? kNotFound : kOk;
}

constexpr char kExamples[] =
    "headwater search huawei engineers\n"
    "  headwater search '\"close to the matter\" -nvidia'      (a phrase, and what must not be "
    "there)\n"
    "  headwater search 'deepseek about:huawei stance:denies'  (also source: tag: lang:)\n"
    "  headwater search 'standing:single_line after:2025-08'   (also before:; without words: a "
    "list)\n"
    "  headwater search --facets engin*                        (words that begin so)";

}  // namespace

void AddSearch(CLI::App* app, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* search = app->add_subcommand(
      "search",
      "Find claims by words: in their texts, translations, quotes and titles, the names of those "
      "who say them and of what they are about; best first, each with how it stands. Exit code 3 "
      "where nothing is found.");
  search
      ->add_option("QUERY", options->words,
                   "Words; \"phrases\"; -word for what must not be there; begin*; and filters such "
                   "as source:ft. In single quotes the shell leaves it alone; one that begins with "
                   "- stands behind --.")
      ->required();
  search
      ->add_option("--language", options->language,
                   std::string(FieldDoc("headwater.v1.SearchClaimsRequest.language")))
      ->option_text("TAG");
  search->add_option("--limit", options->limit, "The most to show, 1 to 100; 20 if not given.")
      ->option_text("NUMBER");
  search->add_flag("--all", options->all, "Whatever there is, page by page.");
  search->add_flag("--facets", options->facets,
                   "Also how the results are spread over sources, topics, tags, languages and "
                   "stances.");
  search
      ->add_option("--embedding", options->embedding,
                   "Also claims whose vectors are near the one in the file, which is an Embedding "
                   "in JSON on one line; - for stdin.")
      ->option_text("FILE");
  AddAtLeast(search, &options->at_least);
  AddExample(search, kExamples);
  search->callback([options, command] {
    *command = [options](Session& session) { return Search(*options, session); };
  });
}

}  // namespace headwater::cli
