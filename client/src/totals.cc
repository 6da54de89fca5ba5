#include "headwater/totals.h"

#include <set>
#include <string>
#include <utility>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace headwater {
namespace {

using google::protobuf::Message;
using google::protobuf::RepeatedPtrField;

// Adds a message of nothing but counts.
void AddCounts(const Message& page, Message* whole) {
  const google::protobuf::Descriptor& type = *page.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const google::protobuf::FieldDescriptor* field = type.field(i);
    whole->GetReflection()->SetInt64(whole, field,
                                     whole->GetReflection()->GetInt64(*whole, field) +
                                         page.GetReflection()->GetInt64(page, field));
  }
}

// Names that are not there yet.
void AddNew(const RepeatedPtrField<std::string>& page, RepeatedPtrField<std::string>* whole) {
  std::set<std::string> there(whole->begin(), whole->end());
  for (const std::string& name : page) {
    if (there.insert(name).second) *whole->Add() = name;
  }
}

// Both are by name, each once.
void AddTally(const RepeatedPtrField<v1::SourceCount>& page,
              RepeatedPtrField<v1::SourceCount>* whole) {
  RepeatedPtrField<v1::SourceCount> merged;
  auto before = whole->begin();
  for (const v1::SourceCount& count : page) {
    for (; before != whole->end() && before->source() < count.source(); ++before)
      *merged.Add() = std::move(*before);
    v1::SourceCount* added = merged.Add();
    *added = count;
    if (before == whole->end() || before->source() != count.source()) continue;
    added->set_count(added->count() + before->count());
    ++before;
  }
  for (; before != whole->end(); ++before) *merged.Add() = std::move(*before);
  whole->Swap(&merged);
}

}  // namespace

void AddPage(const v1::AssessImpactResponse& page, v1::AssessImpactResponse* whole) {
  whole->mutable_claims()->MergeFrom(page.claims());
  whole->set_next_page_token(page.next_page_token());
  whole->set_read_sequence(page.read_sequence());
  whole->set_examined_count(whole->examined_count() + page.examined_count());
  whole->set_unchanged_count(whole->unchanged_count() + page.unchanged_count());
  AddNew(page.too_large(), whole->mutable_too_large());
}

void AddPage(const v1::CompareSourcesResponse& page, v1::CompareSourcesResponse* whole) {
  whole->mutable_shared()->MergeFrom(page.shared());
  whole->set_next_page_token(page.next_page_token());
  whole->set_read_sequence(page.read_sequence());
  whole->set_first_display_name(page.first_display_name());
  whole->set_second_display_name(page.second_display_name());
  AddCounts(page.counts(), whole->mutable_counts());
  AddNew(page.too_large(), whole->mutable_too_large());
}

void AddPage(const v1::ProfileSourceResponse& page, v1::ProfileSourceResponse* whole) {
  whole->set_name(page.name());
  whole->set_next_page_token(page.next_page_token());
  whole->set_read_sequence(page.read_sequence());
  whole->set_display_name(page.display_name());
  whole->set_kind(page.kind());
  if (page.has_reliability()) *whole->mutable_reliability() = page.reliability();
  AddCounts(page.counts(), whole->mutable_counts());
  AddTally(page.leans_on(), whole->mutable_leans_on());
  AddTally(page.leaned_on_by(), whole->mutable_leaned_on_by());
  AddTally(page.denied_by(), whole->mutable_denied_by());
  AddNew(page.originated_claims(), whole->mutable_originated_claims());
  AddNew(page.denied_claims(), whole->mutable_denied_claims());
}

}  // namespace headwater
