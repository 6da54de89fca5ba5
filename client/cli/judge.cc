// headwater relation confirm|refuse
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/common_flags.h"
#include "cli/requests.h"
#include "google/protobuf/util/time_util.h"
#include "headwater/v1/relation_service.pb.h"

namespace headwater::cli {
namespace {

using google::protobuf::util::TimeUtil;

struct Options {
  std::string name;
  std::string by;
  std::string etag;
};

// "confirmed already, by Ann on 2025-08-31T10:00:00Z"
std::string Already(absl::string_view what, const std::string& by,
                    const google::protobuf::Timestamp& time) {
  const std::string when =
      time.seconds() == 0 ? "" : absl::StrCat(" on ", TimeUtil::ToString(time));
  return absl::StrCat(what, " already, by ", by, when);
}

absl::Status CheckNotJudgedSo(const v1::Relation& relation, v1::RelationState state) {
  if (relation.state() != state) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(relation.name(), " is ",
                   state == v1::RELATION_STATE_CONFIRMED
                       ? Already("confirmed", relation.confirmed_by(), relation.confirm_time())
                       : Already("refused", relation.refused_by(), relation.refuse_time())));
}

v1::UpdateRelationRequest Judgement(const v1::Relation& standing, v1::RelationState state,
                                    const Options& options) {
  v1::UpdateRelationRequest request;
  v1::Relation* relation = request.mutable_relation();
  relation->set_name(standing.name());
  // Nobody else's judgement is overwritten unseen.
  relation->set_etag(options.etag.empty() ? standing.etag() : options.etag);
  relation->set_state(state);
  if (state == v1::RELATION_STATE_CONFIRMED) {
    relation->set_confirmed_by(options.by);
    *relation->mutable_confirm_time() = TimeUtil::GetCurrentTime();
  } else {
    relation->set_refused_by(options.by);
    *relation->mutable_refuse_time() = TimeUtil::GetCurrentTime();
  }
  for (const char* path : {"state", "confirmed_by", "confirm_time", "refused_by", "refuse_time"})
    request.mutable_update_mask()->add_paths(path);
  return request;
}

absl::StatusOr<ExitCode> Judge(const Kind& kind, v1::RelationState state, const Options& options,
                               Session& session) {
  if (absl::Status status = CheckFormat(session); !status.ok()) return status;
  absl::StatusOr<std::string> name = ResolveName(kind, options.name);
  if (!name.ok()) return name.status();
  v1::GetRelationRequest get;
  get.set_name(*name);
  v1::Relation relation;
  if (absl::Status status = session.Call(get, &relation); !status.ok()) return status;
  if (absl::Status status = CheckNotJudgedSo(relation, state); !status.ok()) return status;
  const v1::UpdateRelationRequest request = Judgement(relation, state, options);
  if (absl::Status status = session.Call(request, &relation); !status.ok()) return status;
  const bool confirmed = state == v1::RELATION_STATE_CONFIRMED;
  if (absl::Status status = PrintResource(session, relation, confirmed ? "confirmed" : "refused");
      !status.ok()) {
    return status;
  }
  return kOk;
}

void AddJudge(const Kind& kind, v1::RelationState state, CLI::App* group, Command* command) {
  const bool confirm = state == v1::RELATION_STATE_CONFIRMED;
  auto options = std::make_shared<Options>();
  CLI::App* app = group->add_subcommand(
      confirm ? "confirm" : "refuse",
      confirm ? "Put on record that somebody stands behind a relation, as of now."
              : "Put on record that somebody found that a relation does not hold, as of now. It "
                "stays, so that it is not suggested again.");
  AddName(app, kind, &options->name);
  app->add_option("--by", options->by, "Who decided it.")->option_text("TEXT")->required();
  AddEtag(app, &options->etag);
  AddExample(app, absl::StrCat("headwater relation list - --state SUGGESTED\n"
                               "  headwater relation ",
                               confirm ? "confirm" : "refuse",
                               " r2-missed-may/same-as-r2-late --by \"Night desk\""));
  app->callback([&kind, state, options, command] {
    *command = [&kind, state, options](Session& session) {
      return Judge(kind, state, *options, session);
    };
  });
}

}  // namespace

void AddConfirm(const Kind& kind, CLI::App* group, Command* command) {
  AddJudge(kind, v1::RELATION_STATE_CONFIRMED, group, command);
}

void AddRefuse(const Kind& kind, CLI::App* group, Command* command) {
  AddJudge(kind, v1::RELATION_STATE_REFUSED, group, command);
}

}  // namespace headwater::cli
