#include "request/import_messages.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "headwater/v1/record.pb.h"
#include "records/rules.h"
#include "request/parse.h"
#include "request/wire_reader.h"

namespace headwater::request {
namespace {

using database::ImportRow;
using database::RowFault;

constexpr uint32_t kRecords = v1::ImportRequest::kRecordsFieldNumber;
static_assert(kRecords == v1::ImportChunkRequest::kRecordsFieldNumber);

const MessageShape& RecordShape() {
  static const MessageShape& shape = MessageShape::Of(v1::Record::descriptor());
  return shape;
}

// What is wrong with a record, from the error that names it.
RowFault FaultIn(const absl::Status& status) {
  std::vector<RowFault> faults = database::FaultsIn(status);
  if (faults.empty()) return {"", "INVALID", std::string(status.message())};
  return std::move(faults.front());
}

ImportRow ReadRow(absl::string_view bytes) {
  ImportRow row;
  row.record = bytes;
  v1::Record record;
  if (absl::Status parsed = Parse(bytes, RecordShape(), &record); !parsed.ok()) {
    row.fault = FaultIn(parsed);
    return row;
  }
  if (record.resource_case() == v1::Record::RESOURCE_NOT_SET) {
    row.fault = RowFault{"", "INVALID", "is empty: a row has one resource"};
    return row;
  }
  row.kind = static_cast<keys::Kind>(record.resource_case());
  const auto* field = v1::Record::descriptor()->FindFieldByNumber(record.resource_case());
  row.resource.reset(record.GetReflection()->ReleaseMessage(&record, field));
  return row;
}

// The message's own fields, its records apart, whose bytes go to `records`.
absl::StatusOr<std::string> Split(absl::string_view bytes, const MessageShape& shape,
                                  std::vector<absl::string_view>* records) {
  std::string rest;
  WireReader reader(bytes);
  while (!reader.AtEnd()) {
    const size_t begin = reader.place();
    uint32_t number = 0;
    unsigned wire_type = 0;
    absl::string_view content;
    if (!reader.ReadTag(&number, &wire_type) || !reader.ReadValue(wire_type, &content))
      return database::InvalidField("", absl::StrCat("is not a valid ", shape.name(),
                                                     ": its encoding breaks off, or makes no "
                                                     "sense, at byte ",
                                                     begin));
    if (number == kRecords && wire_type == static_cast<unsigned>(WireType::kBytes)) {
      if (records->size() == database::kMostImportRows) {
        return database::InvalidField(
            "records",
            absl::StrCat("are more than ", database::kMostImportRows, "; send fewer at a time"));
      }
      records->push_back(content);
    } else {
      rest.append(bytes.data() + begin, reader.place() - begin);
    }
  }
  return rest;
}

template <class Message>
absl::Status TakeFields(absl::string_view rest, const MessageShape& shape, ImportMessage* out) {
  Message message;
  HW_RETURN_IF_ERROR(Parse(rest, shape, &message));
  std::vector<records::Violation> violations;
  records::CheckRequest(message, &violations);
  if (!violations.empty()) return database::InvalidArgument(violations);
  out->has_config = message.has_config();
  out->config = std::move(*message.mutable_config());
  out->chunk.offset = static_cast<uint64_t>(message.offset());
  out->chunk.complete = message.complete();
  return absl::OkStatus();
}

class ImportDialogue final : public Dialogue {
 public:
  ImportDialogue(database::Database* database, database::Caller caller)
      : database_(database), caller_(std::move(caller)) {}

  void Ask(std::string bytes, Done done) override {
    absl::StatusOr<ImportMessage> message =
        ReadImportMessage(std::move(bytes), MessageShape::Of(v1::ImportRequest::descriptor()));
    if (!message.ok()) return done(message.status());
    if (session_ == nullptr) return Begin(*message, std::move(done));
    if (message->has_config)
      return done(database::InvalidField("config", "stands in the first message alone"));
    session_->Take(std::move(message->chunk), Answering(std::move(done)));
  }
  void More(Done done) override { session_->More(Answering(std::move(done))); }

 private:
  void Begin(const ImportMessage& message, Done done) {
    if (!message.has_config)
      return done(database::InvalidField("config", "is required in the first message"));
    if (!message.chunk.rows.empty() || message.chunk.complete)
      return done(database::InvalidField(
          "records", "do not stand in the first message: its answer says where to begin"));
    absl::StatusOr<std::shared_ptr<database::ImportSession>> session =
        database_->OpenImport(message.config, caller_);
    if (!session.ok()) return done(session.status());
    session_ = *std::move(session);
    session_->Begin(Answering(std::move(done)));
  }

  static database::ImportDone Answering(Done done) {
    return [done = std::move(done)](absl::StatusOr<v1::ImportResponse> response) {
      if (!response.ok()) return done(response.status());
      done(DialogueAnswer{response->SerializeAsString(), response->more(), response->done()});
    };
  }

  database::Database* const database_;
  const database::Caller caller_;
  std::shared_ptr<database::ImportSession> session_;
};

}  // namespace

absl::StatusOr<ImportMessage> ReadImportMessage(std::string bytes, const MessageShape& shape) {
  ImportMessage message;
  message.chunk.bytes = std::make_unique<std::string>(std::move(bytes));
  std::vector<absl::string_view> records;
  HW_ASSIGN_OR_RETURN(const std::string rest, Split(*message.chunk.bytes, shape, &records));
  if (shape.name() == v1::ImportRequest::descriptor()->full_name()) {
    HW_RETURN_IF_ERROR(TakeFields<v1::ImportRequest>(rest, shape, &message));
  } else {
    HW_RETURN_IF_ERROR(TakeFields<v1::ImportChunkRequest>(rest, shape, &message));
  }
  message.chunk.rows.reserve(records.size());
  for (absl::string_view record : records) message.chunk.rows.push_back(ReadRow(record));
  return message;
}

std::unique_ptr<Dialogue> NewImportDialogue(database::Database* database,
                                            const database::Caller& caller) {
  return std::make_unique<ImportDialogue>(database, caller);
}

void ImportOneChunk(database::Database* database, absl::string_view request,
                    const database::Caller& caller, database::Done done) {
  absl::StatusOr<ImportMessage> message = ReadImportMessage(
      std::string(request), MessageShape::Of(v1::ImportChunkRequest::descriptor()));
  if (!message.ok()) return done(message.status());
  const v1::ImportConfig& config = message->config;
  const bool whole = config.all_or_nothing() || config.validate_only();
  if (whole && !message->chunk.complete) {
    return done(database::InvalidField(
        "complete", "is required: what is made all or nothing, or only validated, comes at once"));
  }
  absl::StatusOr<std::shared_ptr<database::ImportSession>> session =
      database->OpenImport(config, caller);
  if (!session.ok()) return done(session.status());
  // The session lives as long as its steps, which hold it. A whole one is begun first, for its
  // place.
  auto chunk = std::make_shared<database::ImportChunk>(std::move(message->chunk));
  const auto answer = [done](absl::StatusOr<v1::ImportResponse> response) {
    if (!response.ok()) return done(response.status());
    done(response->SerializeAsString());
  };
  if (!whole) return (*session)->Take(std::move(*chunk), answer);
  (*session)->Begin([session = *session, chunk, answer](absl::StatusOr<v1::ImportResponse> begun) {
    if (!begun.ok()) return answer(begun.status());
    session->Take(std::move(*chunk), answer);
  });
}

}  // namespace headwater::request
