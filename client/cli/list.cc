// headwater KIND list
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/field_flags.h"
#include "cli/list_output.h"
#include "cli/read_point.h"
#include "cli/requests.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string parent;
  std::string as_of;
  bool show_deleted = false;
  std::unique_ptr<FieldFlags> filters;
};

// A page as large as the server gives.
constexpr int kPageSize = 1000;

// What is not a filter: what every List request has.
bool IsNotAFilter(const google::protobuf::FieldDescriptor& field) {
  for (const char* name : {"parent", "page_size", "page_token", "read", "show_deleted"}) {
    if (field.name() == name) return true;
  }
  return false;
}

absl::StatusOr<ExitCode> List(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  const MessagePtr request = NewRequest(kind, "List");
  if (kind.in_claim) {
    absl::StatusOr<std::string> parent = ResolveParent(options.parent);
    if (!parent.ok()) return parent.status();
    SetField(request.get(), "parent", *parent);
  }
  absl::StatusOr<v1::ReadOptions> read = ParseReadPoint(options.as_of);
  if (!read.ok()) return read.status();
  if (!options.as_of.empty()) SetReadPoint(request.get(), *read);
  SetField(request.get(), "show_deleted", options.show_deleted);
  SetField(request.get(), "page_size", kPageSize);
  if (absl::Status status = options.filters->Apply(request.get()); !status.ok()) return status;
  if (absl::Status status = PrintList(session, kind, *request); !status.ok()) return status;
  return kOk;
}

std::string Example(const Kind& kind) {
  if (kind.word == "source") return "headwater source list --kind ANONYMOUS";
  if (kind.word == "document") return "headwater document list --publisher ft --output ndjson";
  if (kind.word == "claim") {
    return "headwater claim list --tag h20 --nature FACT\n"
           "  headwater claim list --about Huawei --standing SINGLE_LINE --flag ANONYMOUS_ONLY";
  }
  if (kind.word == "attribution") {
    return "headwater attribution list - --source reuters --stance ASSERTS\n"
           "  headwater attribution list huawei-engineers-failed --as-of 63";
  }
  if (kind.word == "relation") {
    return "headwater relation list - --kind CONTRADICTS\n"
           "  headwater relation list - --state SUGGESTED";
  }
  return "headwater review list r2-missed-may";
}

}  // namespace

void AddList(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand(
      "list", absl::StrCat("List ", kind.collection, ", in the order of their names."));
  if (kind.in_claim) {
    app->add_option("CLAIM", options->parent, "Whose; - for those of any claim.")->required();
  }
  AddAsOf(app, &options->as_of);
  AddShowDeleted(app, &options->show_deleted);
  options->filters =
      std::make_unique<FieldFlags>(app, "Filters", *RequestType(kind, "List"), IsNotAFilter);
  AddExample(app, Example(kind));
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return List(kind, *options, session); };
  });
}

}  // namespace headwater::cli
