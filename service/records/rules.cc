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

// Where a walk is. Put into words only where something is wrong.
class Place {
 public:
  explicit Place(absl::string_view root) : root_(root) {}
  // A field of the message at `message`, or one item of a list.
  Place(const Place& message, const FieldDescriptor* field, int item = -1)
      : message_(&message), field_(field), item_(item) {}

  // "claim.translations[2].language"
  std::string Text() const {
    if (message_ == nullptr) return std::string(root_);
    const std::string before = message_->Text();
    std::string text = before.empty() ? field_->name() : absl::StrCat(before, ".", field_->name());
    if (item_ >= 0) absl::StrAppend(&text, "[", item_, "]");
    return text;
  }

 private:
  const absl::string_view root_;
  const Place* const message_ = nullptr;
  const FieldDescriptor* const field_ = nullptr;
  const int item_ = -1;
};

// One walk over one message.
class Walker {
 public:
  Walker(bool into_resources, std::vector<Violation>* violations)
      : into_resources_(into_resources), violations_(*violations) {}

  void Walk(const Message& message, const MessagePlan& plan, const Place& place) {
    const Reflection* const reflection = plan.reflection;
    const auto& unknown = reflection->GetUnknownFields(message);
    if (!unknown.empty()) {
      Add(place,
          absl::StrCat("has a field ", unknown.field(0).number(),
                       " that this server does not know: the client is newer than the server"));
    }
    for (const FieldPlan& field : plan.fields) {
      if (violations_.size() >= kMaxViolations) return;
      if (field.rule.output_only()) continue;
      if (field.field->is_repeated()) {
        WalkList(message, *reflection, field, place);
      } else {
        WalkOne(message, *reflection, field, Place(place, field.field));
      }
    }
  }

 private:
  void Add(const Place& place, std::string description) {
    if (violations_.size() < kMaxViolations)
      violations_.push_back({place.Text(), std::move(description)});
  }

  // `parent` is the place of the message.
  void WalkList(const Message& message, const Reflection& reflection, const FieldPlan& plan,
                const Place& parent) {
    const int size = reflection.FieldSize(message, plan.field);
    if (size == 0) {
      if (plan.rule.required()) Add(Place(parent, plan.field), "is required: give at least one");
      return;
    }
    if (plan.rule.max_items() != 0 && size > static_cast<int>(plan.rule.max_items())) {
      Add(Place(parent, plan.field),
          absl::StrCat("has ", size, " items; at most ", plan.rule.max_items(), " are allowed"));
      return;
    }
    for (int i = 0; i < size && violations_.size() < kMaxViolations; ++i) {
      const Place place(parent, plan.field, i);
      if (plan.message != nullptr) {
        if (Enters(plan))
          Walk(reflection.GetRepeatedMessage(message, plan.field, i), *plan.message, place);
      } else if (plan.field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
        // One that says nothing is none.
        CheckEnum(reflection.GetRepeatedEnumValue(message, plan.field, i), /*required=*/true, plan,
                  place);
      } else if (plan.field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        std::string scratch;
        const std::string& text =
            reflection.GetRepeatedStringReference(message, plan.field, i, &scratch);
        if (text.empty()) {
          Add(place, "is empty");
        } else {
          CheckText(text, plan, place);
        }
      }
    }
  }

  void WalkOne(const Message& message, const Reflection& reflection, const FieldPlan& plan,
               const Place& place) {
    switch (plan.field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING: {
        // Bytes are no text; only an embedding has some, and CheckEmbedding looks at them.
        if (plan.field->type() == FieldDescriptor::TYPE_BYTES) return;
        std::string scratch;
        const std::string& text = reflection.GetStringReference(message, plan.field, &scratch);
        // An empty string in a oneof was chosen, not left out.
        const bool chosen =
            plan.field->containing_oneof() != nullptr && reflection.HasField(message, plan.field);
        if (!text.empty()) {
          CheckText(text, plan, place);
        } else if (plan.rule.required() || chosen) {
          Add(place, "is required");
        }
        return;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (!reflection.HasField(message, plan.field)) {
          if (plan.rule.required()) Add(place, "is required");
        } else if (plan.is_timestamp) {
          CheckTimestamp(reflection.GetMessage(message, plan.field), place);
        } else if (plan.message != nullptr && Enters(plan)) {
          Walk(reflection.GetMessage(message, plan.field), *plan.message, place);
        }
        return;
      case FieldDescriptor::CPPTYPE_ENUM:
        return CheckEnum(reflection.GetEnumValue(message, plan.field), plan.rule.required(), plan,
                         place);
      case FieldDescriptor::CPPTYPE_INT32:
        return CheckRange(reflection.GetInt32(message, plan.field), plan, place);
      case FieldDescriptor::CPPTYPE_INT64:
        return CheckRange(reflection.GetInt64(message, plan.field), plan, place);
      default:
        return;
    }
  }

  bool Enters(const FieldPlan& plan) const { return into_resources_ || !plan.is_resource; }

  void CheckText(const std::string& text, const FieldPlan& plan, const Place& place) {
    if (std::optional<std::string> wrong = WhatIsWrongWith(text, plan.rule)) {
      return Add(place, *std::move(wrong));
    }
    if (plan.targets.empty()) return;
    const std::optional<keys::Name> name = keys::Name::Parse(text);
    const bool any_claim = !into_resources_ && text == "claims/-" && plan.field->name() == "parent";
    if (any_claim) return;
    if (!name ||
        std::find(plan.targets.begin(), plan.targets.end(), name->kind) == plan.targets.end()) {
      Add(place, absl::StrCat("'", Shown(text), "' is no name of ", NamePatterns(plan.targets)));
    }
  }

  void CheckTimestamp(const Message& message, const Place& place) {
    const auto& time = static_cast<const google::protobuf::Timestamp&>(message);
    if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond) {
      Add(place, "lies outside the years 1 to 9999");
    } else if (time.nanos() < 0 || time.nanos() > 999999999) {
      Add(place, "has nanos outside 0 to 999,999,999");
    }
  }

  void CheckEnum(int number, bool required, const FieldPlan& plan, const Place& place) {
    const EnumDescriptor* type = plan.field->enum_type();
    if (type->FindValueByNumber(number) == nullptr) {
      Add(place, absl::StrCat(number, " is unknown; one of ", Choices(type), " would do"));
    } else if (number == 0 && required) {
      Add(place, absl::StrCat("is required; one of ", Choices(type)));
    }
  }

  void CheckRange(int64_t number, const FieldPlan& plan, const Place& place) {
    if (!plan.rule.has_range() || (number >= plan.rule.min() && number <= plan.rule.max())) return;
    Add(place, absl::StrCat(number, " is out of range; ", plan.rule.min(), " to ", plan.rule.max(),
                            " would do"));
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
      .Walk(resource, PlanOf(resource.GetDescriptor()), Place(path));
}

void CheckRequest(const Message& request, std::vector<Violation>* violations) {
  Walker(/*into_resources=*/false, violations)
      .Walk(request, PlanOf(request.GetDescriptor()), Place(""));
}

void ClearServerMade(Message* resource) {
  const MessagePlan& plan = PlanOf(resource->GetDescriptor());
  for (const FieldPlan& field : plan.fields) {
    if (field.is_server_made) resource->GetReflection()->ClearField(resource, field.field);
  }
}

bool IsServerMade(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule).output_only() || field->name() == "etag";
}

bool IsImmutable(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule).immutable();
}

}  // namespace headwater::records
