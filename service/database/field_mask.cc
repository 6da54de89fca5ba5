#include "database/field_mask.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "google/protobuf/util/message_differencer.h"
#include "records/format.h"
#include "records/rules.h"

namespace headwater::database {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Path = std::vector<const FieldDescriptor*>;

// Takes the field at the path from `update`, which is left without it.
void Take(const Path& path, size_t depth, Message* update, Message* resource) {
  const FieldDescriptor* field = path[depth];
  if (depth + 1 == path.size()) {
    resource->GetReflection()->ClearField(resource, field);
    resource->GetReflection()->SwapFields(update, resource, {field});
    return;
  }
  const bool there = update->GetReflection()->HasField(*update, field) ||
                     resource->GetReflection()->HasField(*resource, field);
  if (!there) return;  // nothing to take and nothing to clear
  Take(path, depth + 1, update->GetReflection()->MutableMessage(update, field),
       resource->GetReflection()->MutableMessage(resource, field));
}

// The fields that a mask's path leads through; empty where there is no such path.
Path Resolve(const google::protobuf::Descriptor* type, absl::string_view text) {
  Path path;
  for (absl::string_view segment : absl::StrSplit(text, '.')) {
    const FieldDescriptor* field = type == nullptr || (!path.empty() && path.back()->is_repeated())
                                       ? nullptr
                                       : type->FindFieldByName(std::string(segment));
    if (field == nullptr) return {};
    path.push_back(field);
    type = field->message_type();
  }
  return path;
}

bool Equal(const Message& a, const Message& b, const FieldDescriptor* field) {
  google::protobuf::util::MessageDifferencer differencer;
  return differencer.CompareWithFields(a, b, {field}, {field});
}

bool IsPrefix(const Path& shorter, const Path& longer) {
  return shorter.size() <= longer.size() &&
         std::equal(shorter.begin(), shorter.end(), longer.begin());
}

// Leaves each field to one path: what is taken twice would be empty the second time.
std::vector<Path> WithoutCovered(std::vector<Path> paths) {
  std::sort(paths.begin(), paths.end());  // a path comes right before those that it covers
  std::vector<Path> kept;
  for (Path& path : paths) {
    if (kept.empty() || !IsPrefix(kept.back(), path)) kept.push_back(std::move(path));
  }
  return kept;
}

absl::StatusOr<std::vector<Path>> PathsOf(const google::protobuf::Descriptor* type,
                                          const google::protobuf::FieldMask& mask,
                                          absl::string_view prefix) {
  std::vector<Path> paths;
  for (int i = 0; i < mask.paths_size(); ++i) {
    const std::string where = absl::StrCat(prefix, "update_mask.paths[", i, "]");
    Path path = Resolve(type, mask.paths(i));
    if (path.empty()) {
      return InvalidField(
          where, absl::StrCat("'", records::Shown(mask.paths(i)), "' is no field of ", type->name(),
                              "; write a field's name, or one inside another as 'quote.cue'"));
    }
    if (records::IsServerMade(path.front()) || records::IsImmutable(path.front())) {
      return InvalidField(where,
                          absl::StrCat("'", mask.paths(i), "' can't be changed by an update"));
    }
    paths.push_back(std::move(path));
  }
  return WithoutCovered(std::move(paths));
}

// All fields that may change (`all`), or those of them that are set.
std::vector<Path> Changeable(const Message& update, bool all) {
  std::vector<Path> paths;
  for (int i = 0; i < update.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = update.GetDescriptor()->field(i);
    if (records::IsServerMade(field) || records::IsImmutable(field)) continue;
    const auto* reflection = update.GetReflection();
    const bool set = field->is_repeated() ? reflection->FieldSize(update, field) > 0
                                          : reflection->HasField(update, field);
    if (all || set) paths.push_back({field});
  }
  return paths;
}

// An immutable field that is sent along must be as it stands: it would be dropped in silence
// otherwise.
absl::Status CheckImmutable(const Message& current, const Message& update,
                            absl::string_view prefix) {
  for (int i = 0; i < update.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = update.GetDescriptor()->field(i);
    if (!records::IsImmutable(field) || records::IsServerMade(field)) continue;
    if (!update.GetReflection()->HasField(update, field) || Equal(current, update, field)) continue;
    return InvalidField(absl::StrCat(prefix, field->name()),
                        "can't be changed by an update; send it as it stands or leave it out");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Message>> Updated(const Message& current, const Message& update,
                                                 const google::protobuf::FieldMask& mask,
                                                 absl::string_view path) {
  const std::string word =
      absl::StrCat(path, absl::AsciiStrToLower(current.GetDescriptor()->name()), ".");
  HW_RETURN_IF_ERROR(CheckImmutable(current, update, word));
  std::vector<Path> paths;
  const bool all = mask.paths_size() == 1 && mask.paths(0) == "*";
  if (all || mask.paths_size() == 0) {
    paths = Changeable(update, all);
  } else {
    HW_ASSIGN_OR_RETURN(paths, PathsOf(current.GetDescriptor(), mask, path));
  }
  std::unique_ptr<Message> from(update.New());
  from->CopyFrom(update);
  std::unique_ptr<Message> resource(current.New());
  resource->CopyFrom(current);
  for (const Path& one : paths) Take(one, 0, from.get(), resource.get());
  return resource;
}

}  // namespace headwater::database
