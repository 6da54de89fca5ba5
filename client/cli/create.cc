// headwater KIND create
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/body.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/requests.h"
#include "exchange/fields.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string name;
  std::string request_id;
  bool accept_identical = false;
  std::unique_ptr<Body> body;
};

absl::StatusOr<ExitCode> Create(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  const MessagePtr request = NewRequest(kind, "Create");
  google::protobuf::Message* resource = MutableResource(request.get(), kind);
  if (const auto given = options.body->Read(resource); !given.ok()) return given.status();
  exchange::ClearServerMade(resource);
  // The name may stand in the JSON alone.
  const std::string text = options.name.empty() ? exchange::NameOf(*resource) : options.name;
  absl::StatusOr<NewName> name = ResolveNewName(kind, text);
  if (!name.ok()) return name.status();
  SetField(request.get(), "parent", name->parent);
  SetField(request.get(), absl::StrCat(kind.word, "_id"), name->id);
  SetField(request.get(), "request_id", options.request_id);
  SetField(request.get(), "accept_identical", options.accept_identical);
  const MessagePtr made = NewResponse(*request);
  if (absl::Status status = session.Call(*request, made.get()); !status.ok()) return status;
  if (absl::Status status = PrintResource(session, *made, "created"); !status.ok()) return status;
  return kOk;
}

std::string Example(const Kind& kind) {
  if (kind.word == "source") {
    return "headwater source create ft --kind NEWS_OUTLET --display-name \"Financial Times\" \\\n"
           "    --aliases FT --domains ft.com --localized-names language=vi,text=\"Thời báo Tài "
           "chính\"";
  }
  if (kind.word == "document") {
    return "headwater document create ft-r2 --publisher ft --title \"A model delayed\" \\\n"
           "    --published-date 2025-08-14 --language en --text-file article.txt";
  }
  if (kind.word == "claim") {
    return "headwater claim create r2-missed-may --text \"R2 was not launched in May 2025.\" \\\n"
           "    --language en --nature FACT --subject-date 2025-05 --about name=DeepSeek --tags r2";
  }
  if (kind.word == "attribution") {
    return "headwater attribution create r2-missed-may/ft --source ft --stance RELAYS \\\n"
           "    --document ft-r2 --cites r2-missed-may/ft-three-people \\\n"
           "    --quote.exact \"was put off\" --hedges reportedly";
  }
  if (kind.word == "relation") {
    return "headwater relation create h20-has-backdoors/narrows --kind NARROWS \\\n"
           "    --target nvidia-gpus-have-backdoors --state CONFIRMED --confirmed-by \"Desk\"";
  }
  return "headwater review create r2-missed-may/first --author fact-desk --rating.alternate-name "
         "True";
}

}  // namespace

void AddCreate(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand("create", absl::StrCat("Make a new ", kind.word, "."));
  app->add_option(kind.in_claim ? "CLAIM[/ID]" : "ID", options->name,
                  kind.in_claim ? "Its claim, and its id; the server makes one if it is not given."
                                : "Its id; the server makes one if it is not given.");
  options->body = std::make_unique<Body>(app, kind, Body::Use::kCreate);
  app->add_flag("--accept-identical", options->accept_identical,
                "Be content if it exists already and is the same in every field.");
  AddRequestId(app, &options->request_id);
  AddExample(app, Example(kind));
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return Create(kind, *options, session); };
  });
}

}  // namespace headwater::cli
