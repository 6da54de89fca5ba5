#include "cli/common_flags.h"

#include "absl/strings/str_cat.h"
#include "cli/json_output.h"
#include "cli/sheet.h"
#include "exchange/kinds.h"

namespace headwater::cli {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void AddAsOf(CLI::App* app, std::string* as_of) {
  app->add_option("--as-of", *as_of,
                  "The state after this sequence (digits alone) or at this time (RFC 3339).")
      ->option_text("SEQUENCE|TIME");
}

void AddAtLeast(CLI::App* app, int64_t* sequence) {
  app->add_option("--at-least", *sequence,
                  "Only once what is searched holds this sequence, which a write printed.")
      ->option_text("SEQUENCE");
}

void AddShowDeleted(CLI::App* app, bool* show_deleted) {
  app->add_flag("--show-deleted", *show_deleted, "Also what is deleted.");
}

void AddEtag(CLI::App* app, std::string* etag) {
  app->add_option("--etag", *etag,
                  "Only if this is still the latest revision's etag; a stale one is a conflict.")
      ->option_text("ETAG")
      ->transform([](const std::string& etag) {
        // An etag is quoted (AIP-154), and a shell takes the quotes away.
        return etag.empty() || etag.front() == '"' ? etag : absl::StrCat("\"", etag, "\"");
      });
}

void AddRequestId(CLI::App* app, std::string* request_id) {
  app->add_option(
         "--request-id", *request_id,
         "Names the request: sent again within 24 hours it is done once. A new UUID if not "
         "given.")
      ->option_text("ID");
}

void AddName(CLI::App* app, const Kind& kind, std::string* name) {
  app->add_option(
         kind.in_claim ? "CLAIM/ID" : "ID", *name,
         kind.in_claim
             ? absl::StrCat("Which one; claims/CLAIM/", kind.collection, "/ID will do as well.")
             : absl::StrCat("Which one; ", kind.collection, "/ID will do as well."))
      ->required();
}

void AddExample(CLI::App* app, absl::string_view lines) {
  app->footer(absl::StrCat(
      "Also --server, --actor, --output and --timeout, see `headwater --help`.\n\nExample:\n  ",
      lines));
}

absl::Status CheckFormat(const Session& session) {
  if (session.format() != Format::kDot) return absl::OkStatus();
  return UsageError("--output dot is only for trace");
}

absl::Status PrintResource(Session& session, const Message& resource, absl::string_view done) {
  if (session.format() == Format::kJson) {
    PrintJson(session.out(), resource);
  } else if (session.format() == Format::kNdjson) {
    PrintJsonLine(session.out(), resource);
  } else if (done.empty()) {
    PrintSheet(session.out(), session.terminal(), resource);
  } else {
    const FieldDescriptor* sequence = resource.GetDescriptor()->FindFieldByName("sequence");
    const FieldDescriptor* etag = resource.GetDescriptor()->FindFieldByName("etag");
    session.out() << done << " " << exchange::NameOf(resource) << " (sequence "
                  << resource.GetReflection()->GetInt64(resource, sequence) << ", etag "
                  << resource.GetReflection()->GetString(resource, etag) << ")\n";
  }
  return session.Flush();
}

}  // namespace headwater::cli
