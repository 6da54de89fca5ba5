#include "records/rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/timestamp.pb.h"
#include "records/format.h"
#include "records/resource.h"
#include "records/rule_plan.h"

namespace headwater::records {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// 0001-01-01 and 9999-12-31, the range of google.protobuf.Timestamp.
constexpr int64_t kFirstSecond = -62135596800;
constexpr int64_t kLastSecond = 253402300799;

// One walk over one message.
class Walker {
 public:
  Walker(bool into_resources, std::vector<Violation>* violations)
      : into_resources_(into_resources), violations_(*violations) {}

  void Walk(const Message& message, const MessagePlan& plan, absl::string_view path) {
    const Reflection* reflection = message.GetReflection();
    const auto& unknown = reflection->GetUnknownFields(message);
    if (!unknown.empty()) {
      Add(path,
          absl::StrCat("has a field ", unknown.field(0).number(),
                       " that this server does not know: the client is newer than the server"));
    }
    for (const FieldPlan& field : plan.fields) {
      if (violations_.size() >= kMaxViolations) return;
      if (field.rule.output_only()) continue;
      if (field.field->is_repeated()) {
        WalkList(message, field, path);
      } else {
        WalkOne(message, field, path);
      }
    }
  }

 private:
  static std::string Join(absl::string_view path, const FieldDescriptor* field) {
    return path.empty() ? field->name() : absl::StrCat(path, ".", field->name());
  }

  void Add(absl::string_view path, std::string description) {
    if (violations_.size() < kMaxViolations)
      violations_.push_back({std::string(path), std::move(description)});
  }

  void WalkList(const Message& message, const FieldPlan& plan, absl::string_view path) {
    const Reflection* reflection = message.GetReflection();
    const int size = reflection->FieldSize(message, plan.field);
    if (size == 0) {
      if (plan.rule.required()) Add(Join(path, plan.field), "is required: give at least one");
      return;
    }
    const std::string list = Join(path, plan.field);
    if (plan.rule.max_items() != 0 && size > static_cast<int>(plan.rule.max_items())) {
      Add(list,
          absl::StrCat("has ", size, " items; at most ", plan.rule.max_items(), " are allowed"));
      return;
    }
    for (int i = 0; i < size && violations_.size() < kMaxViolations; ++i) {
      auto item_path = [&] { return absl::StrCat(list, "[", i, "]"); };
      if (plan.message != nullptr) {
        if (Enters(plan))
          Walk(reflection->GetRepeatedMessage(message, plan.field, i), *plan.message, item_path());
      } else if (plan.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        std::string scratch;
        const std::string& text =
            reflection->GetRepeatedStringReference(message, plan.field, i, &scratch);
        if (text.empty()) {
          Add(item_path(), "is empty");
        } else {
          CheckText(text, plan, item_path());
        }
      }
    }
  }

  void WalkOne(const Message& message, const FieldPlan& plan, absl::string_view path) {
    const Reflection* reflection = message.GetReflection();
    switch (plan.field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        std::string scratch;
        const std::string& text = reflection->GetStringReference(message, plan.field, &scratch);
        // An empty string in a oneof was chosen, not left out.
        const bool chosen =
            plan.field->containing_oneof() != nullptr && reflection->HasField(message, plan.field);
        if (!text.empty()) {
          CheckText(text, plan, Join(path, plan.field));
        } else if (plan.rule.required() || chosen) {
          Add(Join(path, plan.field), "is required");
        }
        return;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (!reflection->HasField(message, plan.field)) {
          if (plan.rule.required()) Add(Join(path, plan.field), "is required");
        } else if (plan.is_timestamp) {
          CheckTimestamp(reflection->GetMessage(message, plan.field), Join(path, plan.field));
        } else if (plan.message != nullptr && Enters(plan)) {
          Walk(reflection->GetMessage(message, plan.field), *plan.message, Join(path, plan.field));
        }
        return;
      case FieldDescriptor::CPPTYPE_ENUM:
        return CheckEnum(reflection->GetEnumValue(message, plan.field), plan, path);
      case FieldDescriptor::CPPTYPE_INT32:
        return CheckRange(reflection->GetInt32(message, plan.field), plan, path);
      case FieldDescriptor::CPPTYPE_INT64:
        return CheckRange(reflection->GetInt64(message, plan.field), plan, path);
      default:
        return;
    }
  }

  bool Enters(const FieldPlan& plan) const { return into_resources_ || !plan.is_resource; }

  void CheckText(const std::string& text, const FieldPlan& plan, const std::string& path) {
    if (std::optional<std::string> wrong = WhatIsWrongWith(text, plan.rule)) {
      return Add(path, *std::move(wrong));
    }
    if (plan.targets.empty()) return;
    const std::optional<keys::Name> name = keys::Name::Parse(text);
    const bool any_claim = !into_resources_ && text == "claims/-" && plan.field->name() == "parent";
    if (any_claim) return;
    if (!name ||
        std::find(plan.targets.begin(), plan.targets.end(), name->kind) == plan.targets.end()) {
      Add(path, absl::StrCat("'", Shown(text), "' is no name of ", NamePatterns(plan.targets)));
    }
  }

  void CheckTimestamp(const Message& message, absl::string_view path) {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
    if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond) {
      Add(path, "lies outside the years 1 to 9999");
    } else if (time.nanos() < 0 || time.nanos() > 999999999) {
      Add(path, "has nanos outside 0 to 999,999,999");
    }
  }

  void CheckEnum(int number, const FieldPlan& plan, absl::string_view path) {
    const EnumDescriptor* type = plan.field->enum_type();
    if (type->FindValueByNumber(number) == nullptr) {
      Add(Join(path, plan.field),
          absl::StrCat(number, " is unknown; one of ", Choices(type), " would do"));
    } else if (number == 0 && plan.rule.required()) {
      Add(Join(path, plan.field), absl::StrCat("is required; one of ", Choices(type)));
    }
  }

  void CheckRange(int64_t number, const FieldPlan& plan, absl::string_view path) {
    if (!plan.rule.has_range() || (number >= plan.rule.min() && number <= plan.rule.max())) return;
    Add(Join(path, plan.field), absl::StrCat(number, " is out of range; ", plan.rule.min(), " to ",
                                             plan.rule.max(), " would do"));
  }

  static std::string Choices(const EnumDescriptor* type) {
    std::vector<std::string> names;
    for (int i = 1; i < type->value_count(); ++i) names.push_back(type->value(i)->name());
    return absl::StrJoin(names, ", ");
  }

  static std::string NamePatterns(const std::vector<keys::Kind>& kinds) {
    std::vector<std::string> patterns;
    for (keys::Kind kind : kinds) {
      const absl::string_view id = IsChild(kind) ? "claims/{claim}/" : "";
      patterns.push_back(absl::StrCat("the form '", id, Collection(kind), "/{id}'"));
    }
    return absl::StrCat(
        absl::StrJoin(patterns, " or "),
        ", an id being up to 63 of a to z, 0 to 9 and '-', with a letter or digit at both ends");
  }

  const bool into_resources_;
  std::vector<Violation>& violations_;
};

}  // namespace

void CheckResource(const Message& resource, absl::string_view path,
                   std::vector<Violation>* violations) {
  Walker(/*into_resources=*/true, violations)
      .Walk(resource, PlanOf(resource.GetDescriptor()), path);
}

void CheckRequest(const Message& request, std::vector<Violation>* violations) {
  Walker(/*into_resources=*/false, violations).Walk(request, PlanOf(request.GetDescriptor()), "");
}

void ClearServerMade(Message* resource) {
  const MessagePlan& plan = PlanOf(resource->GetDescriptor());
  for (const FieldPlan& field : plan.fields) {
    if (IsServerMade(field.field)) resource->GetReflection()->ClearField(resource, field.field);
  }
}

bool IsServerMade(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule).output_only() || field->name() == "etag";
}

bool IsImmutable(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule).immutable();
}

}  // namespace headwater::records
