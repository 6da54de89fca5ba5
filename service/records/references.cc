#include "records/references.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "records/rule_plan.h"

namespace headwater::records {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

class Gatherer {
 public:
  explicit Gatherer(std::vector<FoundReference>* found) : found_(*found) {}

  void Walk(const Message& message, const MessagePlan& plan, absl::string_view path) {
    const Reflection& reflection = *plan.reflection;
    for (const FieldPlan& field : plan.fields) {
      if (!field.MayRefer()) continue;
      if (!field.field->is_repeated()) {
        if (reflection.HasField(message, field.field))
          TakeOne(message, reflection, field, Below(path, field));
        continue;
      }
      for (int i = 0; i < reflection.FieldSize(message, field.field); ++i)
        TakeItem(message, reflection, field, i, absl::StrCat(Below(path, field), "[", i, "]"));
    }
  }

 private:
  static std::string Below(absl::string_view path, const FieldPlan& field) {
    return path.empty() ? field.field->name() : absl::StrCat(path, ".", field.field->name());
  }

  void TakeOne(const Message& message, const Reflection& reflection, const FieldPlan& field,
               std::string path) {
    if (!field.reference)
      return Walk(reflection.GetMessage(message, field.field), *field.message, path);
    std::string scratch;
    Add(reflection.GetStringReference(message, field.field, &scratch), field, std::move(path));
  }

  void TakeItem(const Message& message, const Reflection& reflection, const FieldPlan& field,
                int index, std::string path) {
    if (!field.reference) {
      return Walk(reflection.GetRepeatedMessage(message, field.field, index), *field.message, path);
    }
    std::string scratch;
    Add(reflection.GetRepeatedStringReference(message, field.field, index, &scratch), field,
        std::move(path));
  }

  void Add(const std::string& text, const FieldPlan& field, std::string path) {
    if (std::optional<keys::Name> target = keys::Name::Parse(text))
      found_.push_back({*field.reference, *std::move(target), std::move(path)});
  }

  std::vector<FoundReference>& found_;
};

}  // namespace

std::vector<FoundReference> ReferencesOf(const Message& resource, absl::string_view path) {
  std::vector<FoundReference> found;
  Gatherer(&found).Walk(resource, PlanOf(resource.GetDescriptor()), path);
  return found;
}

}  // namespace headwater::records
