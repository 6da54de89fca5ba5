#include "model.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "mask.h"

namespace headwater::model {
namespace {

int64_t Nanos(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1'000'000'000 + time.nanos();
}

void SetTime(const char* field, const google::protobuf::Timestamp& time, Message* resource) {
  resource->GetReflection()
      ->MutableMessage(resource, resource->GetDescriptor()->FindFieldByName(field))
      ->CopyFrom(time);
}

}  // namespace

void Model::Accept(const Request& request, const Verdict& verdict,
                   const google::protobuf::Timestamp& commit_time) {
  for (v1::Revision revision : verdict.changes) {
    *revision.mutable_commit_time() = commit_time;
    names_.push_back(NameIn(ResourceIn(revision.record())));
    log_.push_back(std::move(revision));
  }
  if (request.request_id.empty() || verdict.again) return;
  const std::string key =
      absl::StrCat(request.actor, " ", MethodOf(request), " ", request.request_id);
  answered_[key] = {Describe(request), verdict.answers, verdict.unchanged_count};
}

absl::StatusOr<int64_t> Model::Resolve(const v1::ReadOptions& read, absl::Time now) const {
  switch (read.point_case()) {
    case v1::ReadOptions::kSequence:
      if (read.sequence() < 0) return absl::InvalidArgumentError("negative");
      if (read.sequence() > head()) return absl::OutOfRangeError("not there");
      return RoundedDown(read.sequence());
    case v1::ReadOptions::kTime: {
      if (Nanos(read.time()) > absl::ToUnixNanos(now)) return absl::OutOfRangeError("future");
      int64_t last = 0;
      for (const v1::Revision& revision : log_) {
        if (Nanos(revision.commit_time()) <= Nanos(read.time())) last = revision.sequence();
      }
      return RoundedDown(last);
    }
    default:
      if (read.min_sequence() < 0) return absl::InvalidArgumentError("negative");
      if (read.min_sequence() > head()) return absl::UnavailableError("not there yet");
      return head();
  }
}

int64_t Model::RoundedDown(int64_t sequence) const {
  int64_t end = 0;
  for (const v1::Revision& revision : log_) {
    if (revision.last_sequence() <= sequence) end = revision.last_sequence();
  }
  return end;
}

const v1::Revision* Model::Find(const std::string& name, int64_t sequence) const {
  const v1::Revision* found = nullptr;
  for (int64_t i = 0; i < std::min(sequence, head()); ++i) {
    if (names_[i] == name) found = &log_[i];
  }
  return found;
}

bool Model::IsLive(const std::string& name, int64_t sequence) const {
  const v1::Revision* revision = Find(name, sequence);
  return revision != nullptr && revision->operation() != v1::OPERATION_DELETE;
}

std::vector<std::string> Model::Names(Kind kind, int64_t sequence, const std::string& claim) const {
  std::vector<std::string> names;
  for (int64_t i = 0; i < std::min(sequence, head()); ++i) {
    if (log_[i].operation() != v1::OPERATION_CREATE || KindIn(log_[i].record()) != kind) continue;
    if (claim.empty() || ClaimOfName(names_[i]) == claim) names.push_back(names_[i]);
  }
  std::sort(names.begin(), names.end(), NameBefore);
  return names;
}

std::vector<const v1::Revision*> Model::RevisionsOf(const std::string& name) const {
  std::vector<const v1::Revision*> revisions;
  for (int64_t i = 0; i < head(); ++i) {
    if (names_[i] == name) revisions.push_back(&log_[i]);
  }
  std::reverse(revisions.begin(), revisions.end());
  return revisions;
}

v1::Record Model::Rendered(const v1::Revision& revision, bool with_text) const {
  v1::Record record = revision.record();
  Message* resource = MutableResourceIn(&record);
  if (record.has_document() && !with_text) record.mutable_document()->clear_text();
  resource->GetReflection()->SetInt64(
      resource, resource->GetDescriptor()->FindFieldByName("sequence"), revision.sequence());
  const v1::Revision& first = *RevisionsOf(NameIn(*resource)).back();
  SetTime("create_time", first.commit_time(), resource);
  SetTime("update_time", revision.commit_time(), resource);
  if (revision.operation() == v1::OPERATION_DELETE)
    SetTime("delete_time", revision.commit_time(), resource);
  SetString("etag", EtagOf(revision), resource);
  return record;
}

}  // namespace headwater::model
