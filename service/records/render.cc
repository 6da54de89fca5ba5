#include "records/render.h"

#include "absl/strings/str_cat.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/record.pb.h"
#include "headwater/v1/revision.pb.h"
#include "headwater/v1/source.pb.h"
#include "keys/encoding.h"

namespace headwater::records {
namespace {

// The same in every resource; render_test.cc holds it.
constexpr int kSequence = v1::Source::kSequenceFieldNumber;
constexpr int kCreateTime = v1::Source::kCreateTimeFieldNumber;
constexpr int kUpdateTime = v1::Source::kUpdateTimeFieldNumber;
constexpr int kDeleteTime = v1::Source::kDeleteTimeFieldNumber;
constexpr int kEtag = v1::Source::kEtagFieldNumber;

constexpr int kVarintType = 0;
constexpr int kSizedType = 2;

void AppendTag(int field, int type, std::string* out) {
  keys::AppendVarint(static_cast<uint64_t>(field) << 3 | type, out);
}

// A google.protobuf.Timestamp.
void AppendTimeField(int field, int64_t micros, std::string* out) {
  constexpr int64_t kMicros = 1'000'000;
  const int64_t rest =
      (micros % kMicros + kMicros) % kMicros;  // nanos count forward, before 1970 too
  std::string time;
  AppendNumberField(1, static_cast<uint64_t>((micros - rest) / kMicros), &time);
  AppendNumberField(2, static_cast<uint64_t>(rest * 1000), &time);
  AppendTag(field, kSizedType, out);
  keys::AppendSized(time, out);
}

std::string ServerMade(const Entry& entry) {
  std::string out;
  AppendNumberField(kSequence, entry.sequence, &out);
  AppendTimeField(kCreateTime, entry.create_micros, &out);
  AppendTimeField(kUpdateTime, entry.commit_micros, &out);
  if (entry.deleted()) AppendTimeField(kDeleteTime, entry.commit_micros, &out);
  AppendBytesField(kEtag, Etag(entry.sequence), &out);
  return out;
}

}  // namespace

void AppendResource(const Stored& stored, std::string* out) {
  const std::string made = ServerMade(stored.entry);
  out->reserve(out->size() + stored.body.size() + made.size());
  out->append(stored.body.data(), stored.body.size());
  out->append(made);
}

void AppendResourceField(int field, const Stored& stored, std::string* out) {
  const std::string made = ServerMade(stored.entry);
  AppendTag(field, kSizedType, out);
  keys::AppendVarint(stored.body.size() + made.size(), out);
  out->append(stored.body.data(), stored.body.size());
  out->append(made);
}

void AppendDocumentWithText(const Stored& stored, absl::string_view text, std::string* out) {
  AppendResource(stored, out);
  AppendBytesField(v1::Document::kTextFieldNumber, text, out);
}

void AppendRevisionField(int field, const Stored& stored, keys::Kind kind, std::string* out) {
  using Revision = v1::Revision;
  const Entry& entry = stored.entry;
  std::string revision;
  AppendNumberField(Revision::kSequenceFieldNumber, entry.sequence, &revision);
  AppendTimeField(Revision::kCommitTimeFieldNumber, entry.commit_micros, &revision);
  AppendBytesField(Revision::kActorFieldNumber, entry.actor, &revision);
  AppendNumberField(Revision::kOperationFieldNumber, entry.operation, &revision);
  if (entry.deleted()) AppendBytesField(Revision::kReasonFieldNumber, entry.stored, &revision);
  AppendNumberField(Revision::kFirstSequenceFieldNumber, entry.first_sequence, &revision);
  AppendNumberField(Revision::kLastSequenceFieldNumber, entry.last_sequence, &revision);
  std::string record;
  AppendResourceField(static_cast<int>(kind), stored,
                      &record);  // a kind is its field's number in Record
  AppendBytesField(Revision::kRecordFieldNumber, record, &revision);
  AppendTag(field, kSizedType, out);
  keys::AppendSized(revision, out);
}

void AppendNumberField(int field, uint64_t number, std::string* out) {
  if (number == 0) return;
  AppendTag(field, kVarintType, out);
  keys::AppendVarint(number, out);
}

void AppendBytesField(int field, absl::string_view bytes, std::string* out) {
  if (bytes.empty()) return;
  AppendTag(field, kSizedType, out);
  keys::AppendSized(bytes, out);
}

std::string Etag(uint64_t sequence) { return absl::StrCat("\"", absl::Hex(sequence), "\""); }

}  // namespace headwater::records
