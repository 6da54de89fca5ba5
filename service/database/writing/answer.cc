#include "database/writing/answer.h"

#include <utility>

#include "base/status_macros.h"
#include "database/api.h"
#include "records/render.h"

namespace headwater::database {
namespace {

// One resource of an answer: the whole of it, or one of a list.
void Append(const records::Stored& stored, bool batch, std::string* reply) {
  if (batch) {
    records::AppendResourceField(kListedField, stored, reply);
  } else {
    records::AppendResource(stored, reply);
  }
}

// The revision that a change became, as it would be read back.
records::Stored Revision(const PendingWrite& write, size_t place, absl::string_view body) {
  const records::Change& change = write.prepared.changes[place];
  records::Stored stored;
  stored.entry.operation = change.operation;
  stored.entry.sequence = write.first_sequence + place;
  stored.entry.commit_micros = write.commit_micros;
  stored.entry.create_micros =
      change.create_micros != 0 ? change.create_micros : write.commit_micros;
  stored.body = change.body_sequence != 0 ? body : absl::string_view(change.stored);
  return stored;
}

}  // namespace

std::string AnswerTo(const PendingWrite& write) {
  std::string reply;
  for (const Answer& answer : write.prepared.answers) {
    if (answer.change) {
      Append(Revision(write, *answer.change, answer.body), write.request.batch, &reply);
    } else {
      Append(*answer.existing, write.request.batch, &reply);
    }
  }
  if (write.request.batch) {
    records::AppendNumberField(kUnchangedCountField,
                               static_cast<uint64_t>(write.prepared.unchanged_count), &reply);
  }
  return reply;
}

absl::StatusOr<std::string> AnswerAgain(const RecordedAnswer& recorded, bool batch,
                                        const records::Reader& reader) {
  HW_ASSIGN_OR_RETURN(const std::vector<records::Stored> all, reader.LoadAll(recorded.revisions));
  std::string reply;
  for (const records::Stored& stored : all) Append(stored, batch, &reply);
  if (batch) records::AppendNumberField(kUnchangedCountField, recorded.unchanged_count, &reply);
  return reply;
}

}  // namespace headwater::database
