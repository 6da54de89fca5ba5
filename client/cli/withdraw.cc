// headwater attribution|document withdraw
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/field_flags.h"
#include "cli/requests.h"
#include "headwater/v1/common.pb.h"

namespace headwater::cli {
namespace {

struct Options {
  std::string name;
  std::string etag;
  std::string request_id;
  std::unique_ptr<FieldFlags> withdrawal;
};

absl::StatusOr<ExitCode> Withdraw(const Kind& kind, const Options& options, Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(kind, options.name);
  if (!name.ok()) return name.status();
  const MessagePtr request = NewRequest(kind, "Withdraw");
  SetField(request.get(), "name", *name);
  SetField(request.get(), "etag", options.etag);
  SetField(request.get(), "request_id", options.request_id);
  google::protobuf::Message* withdrawal = request->GetReflection()->MutableMessage(
      request.get(), request->GetDescriptor()->FindFieldByName("withdrawal"));
  if (absl::Status status = options.withdrawal->Apply(withdrawal); !status.ok()) return status;
  const MessagePtr withdrawn = NewResponse(*request);
  if (absl::Status status = session.Call(*request, withdrawn.get()); !status.ok()) return status;
  if (absl::Status status = PrintResource(session, *withdrawn, "withdrew"); !status.ok()) {
    return status;
  }
  return kOk;
}

}  // namespace

void AddWithdraw(const Kind& kind, CLI::App* group, Command* command) {
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand(
      "withdraw", absl::StrCat("Put on record that ", kind.word == "document" ? "a " : "an ",
                               kind.word, " was taken back."));
  AddName(app, kind, &options->name);
  options->withdrawal =
      std::make_unique<FieldFlags>(app, "Withdrawal", *v1::Withdrawal::descriptor(),
                                   [](const google::protobuf::FieldDescriptor&) { return false; });
  AddEtag(app, &options->etag);
  AddRequestId(app, &options->request_id);
  AddExample(app, absl::StrCat("headwater ", kind.word, " withdraw ",
                               kind.in_claim ? "r2-missed-may/" : "",
                               "ft --kind CORRECTED \\\n    --reason \"The month was wrong.\" "
                               "--withdrawn-date 2025-08-21"));
  app->callback([&kind, options, command] {
    *command = [&kind, options](Session& session) { return Withdraw(kind, *options, session); };
  });
}

}  // namespace headwater::cli
