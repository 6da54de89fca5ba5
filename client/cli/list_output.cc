#include "cli/list_output.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/json_output.h"
#include "cli/requests.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "headwater/v1/claim_service.pb.h"

namespace headwater::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Prints pages as they are given, in the session's format.
class ListPrinter {
 public:
  using AddRow = std::function<void(const Message& item, Table* table)>;

  ListPrinter(Session* session, const FieldDescriptor& items, std::vector<std::string> header,
              AddRow add_row)
      : session_(session),
        items_(items),
        json_(&session->out(), items),
        table_(&session->out(), session->terminal(), std::move(header)),
        add_row_(std::move(add_row)) {}

  absl::Status Add(const Message& page) {
    const google::protobuf::Reflection& reflection = *page.GetReflection();
    for (int i = 0; i < reflection.FieldSize(page, &items_); ++i) {
      const Message& item = reflection.GetRepeatedMessage(page, &items_, i);
      if (session_->format() == Format::kJson) {
        json_.Add(item);
      } else if (session_->format() == Format::kNdjson) {
        PrintJsonLine(session_->out(), item);
      } else {
        add_row_(item, &table_);
      }
    }
    table_.Flush();
    return session_->Flush();
  }

  absl::Status End(Message* last_page) {
    table_.Flush();
    if (session_->format() == Format::kJson) json_.End(last_page);
    if (session_->format() == Format::kTable && table_.printed() == 0) {
      session_->err() << "(none)\n";
    }
    return session_->Flush();
  }

 private:
  Session* session_;
  const FieldDescriptor& items_;
  MergedJson json_;
  Table table_;
  AddRow add_row_;
};

ListPrinter ResourcePrinter(Session* session, const exchange::Kind& kind,
                            const FieldDescriptor& items) {
  return ListPrinter(session, items, Header(kind),
                     [&kind](const Message& item, Table* table) { table->Add(Row(kind, item)); });
}

bool AsksHowTheyStand(const Message& request) {
  const auto* claims = dynamic_cast<const v1::ListClaimsRequest*>(&request);
  return claims != nullptr && (claims->standing() != v1::STANDING_UNSPECIFIED ||
                               claims->flags_size() > 0 || claims->show_standings());
}

// The same with how each claim stands.
absl::Status PrintStandings(Session& session, const exchange::Kind& kind, const Message& request) {
  v1::ListClaimsResponse page;
  // Of all pages: they stand behind the claims in JSON.
  google::protobuf::RepeatedPtrField<v1::ClaimStanding> standings;
  int next = 0;
  ListPrinter printer(&session, ItemsField(page), StandingHeader(kind),
                      [&](const Message& item, Table* table) {
                        table->Add(StandingRow(kind, item, page.standings(next++)));
                      });
  absl::Status status = session.ForEachPage(request, &page, [&] {
    if (page.standings_size() != page.claims_size())
      return absl::DataLossError("the server does not say how each claim stands");
    next = 0;
    if (session.format() == Format::kJson) standings.MergeFrom(page.standings());
    return printer.Add(page);
  });
  if (!status.ok()) return status;
  page.mutable_standings()->Swap(&standings);
  return printer.End(&page);
}

}  // namespace

absl::Status PrintList(Session& session, const exchange::Kind& kind, const Message& request) {
  if (AsksHowTheyStand(request)) return PrintStandings(session, kind, request);
  const MessagePtr page = NewResponse(request);
  ListPrinter printer = ResourcePrinter(&session, kind, ItemsField(*page));
  absl::Status status =
      session.ForEachPage(request, page.get(), [&] { return printer.Add(*page); });
  return status.ok() ? printer.End(page.get()) : status;
}

absl::Status PrintRevisions(Session& session, const Message& request) {
  const MessagePtr page = NewResponse(request);
  // A row tells what changed since the revision before it, which comes after it: it waits for that.
  std::optional<v1::Revision> waiting;
  ListPrinter printer(&session, ItemsField(*page), RevisionHeader(),
                      [&waiting](const Message& item, Table* table) {
                        const auto& revision = static_cast<const v1::Revision&>(item);
                        if (waiting) table->Add(RevisionRow(*waiting, &revision));
                        waiting = revision;
                        if (revision.operation() != v1::OPERATION_CREATE) return;
                        table->Add(RevisionRow(revision, nullptr));
                        waiting.reset();
                      });
  absl::Status status =
      session.ForEachPage(request, page.get(), [&] { return printer.Add(*page); });
  return status.ok() ? printer.End(page.get()) : status;
}

absl::Status PrintListResponse(Session& session, const exchange::Kind& kind, Message* response) {
  ListPrinter printer = ResourcePrinter(&session, kind, ItemsField(*response));
  absl::Status status = printer.Add(*response);
  return status.ok() ? printer.End(response) : status;
}

}  // namespace headwater::cli
