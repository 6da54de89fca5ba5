// What the protos promise, held over all of them: a field that is added without a bound, a form or
// a place in the index of references fails here.
#include "records/rules.h"

#include <functional>
#include <map>
#include <set>

#include "gtest/gtest.h"
#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/document_service.pb.h"
#include "headwater/v1/provenance_service.pb.h"
#include "headwater/v1/relation_service.pb.h"
#include "headwater/v1/review_service.pb.h"
#include "headwater/v1/source_service.pb.h"
#include "records/resource.h"
#include "records/rule_plan.h"

namespace headwater::records {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Types = std::set<const Descriptor*>;

bool IsOurs(const Descriptor* type) { return type->file()->package() == "headwater.v1"; }

v1::FieldRule RuleOf(const FieldDescriptor* field) {
  return field->options().GetExtension(v1::rule);
}

// Adds the type and those of ours within it, as far as `enters` says.
void Collect(const Descriptor* type, const std::function<bool(const Descriptor*)>& enters,
             Types* types) {
  if (!IsOurs(type) || !enters(type) || !types->insert(type).second) return;
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->message_type() != nullptr)
      Collect(type->field(i)->message_type(), enters, types);
  }
}

// The resources and what they are made of.
Types InResources() {
  Types types;
  for (keys::Kind kind : keys::kAllKinds) {
    Collect(
        DescriptorOf(kind), [](const Descriptor*) { return true; }, &types);
  }
  return types;
}

std::vector<const Descriptor*> Requests() {
  std::vector<const Descriptor*> requests;
  for (const auto* file :
       {v1::GetSourceRequest::descriptor()->file(), v1::GetDocumentRequest::descriptor()->file(),
        v1::GetClaimRequest::descriptor()->file(), v1::GetAttributionRequest::descriptor()->file(),
        v1::GetRelationRequest::descriptor()->file(), v1::GetReviewRequest::descriptor()->file(),
        v1::TraceClaimRequest::descriptor()->file()}) {
    EXPECT_EQ(file->service_count(), 1) << file->name();
    for (int i = 0; i < file->service(0)->method_count(); ++i)
      requests.push_back(file->service(0)->method(i)->input_type());
  }
  EXPECT_GE(requests.size(), 70u);
  return requests;
}

// The requests and what they are made of, resources apart.
Types InRequests() {
  Types types;
  for (const Descriptor* request : Requests()) {
    Collect(
        request, [](const Descriptor* type) { return !KindOf(type); }, &types);
  }
  return types;
}

Types Both() {
  Types types = InResources();
  types.merge(InRequests());
  return types;
}

void ForEachField(const Types& types, const std::function<void(const FieldDescriptor*)>& visit) {
  for (const Descriptor* type : types) {
    for (int i = 0; i < type->field_count(); ++i) visit(type->field(i));
  }
}

TEST(Rules, EveryStringHasABound) {
  ForEachField(Both(), [](const FieldDescriptor* field) {
    // Bytes are as many as dimensions.
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      EXPECT_GT(RuleOf(field).max_length(), 0u) << field->full_name();
    }
  });
}

TEST(Rules, EveryListHasABound) {
  ForEachField(Both(), [](const FieldDescriptor* field) {
    if (field->is_repeated()) {
      EXPECT_GT(RuleOf(field).max_items(), 0u) << field->full_name();
    }
    if (!field->is_repeated()) {
      EXPECT_EQ(RuleOf(field).max_items(), 0u) << field->full_name();
    }
  });
}

TEST(Rules, EveryStringInAResourceHasAFormOrRefersToSomething) {
  ForEachField(InResources(), [](const FieldDescriptor* field) {
    if (field->type() != FieldDescriptor::TYPE_STRING || IsServerMade(field)) return;
    const bool refers = RuleOf(field).reference_size() > 0;
    const bool formed = RuleOf(field).format() != v1::FORMAT_UNSPECIFIED;
    EXPECT_NE(refers, formed) << field->full_name();
  });
}

TEST(Rules, EveryNumberInAResourceThatAClientSetsHasARange) {
  ForEachField(InResources(), [](const FieldDescriptor* field) {
    const bool whole = field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
                       field->cpp_type() == FieldDescriptor::CPPTYPE_INT64;
    if (!whole || IsServerMade(field)) return;
    EXPECT_TRUE(RuleOf(field).has_range()) << field->full_name();
    EXPECT_LE(RuleOf(field).min(), RuleOf(field).max()) << field->full_name();
  });
}

// The walker reads these types and no others; a new one would go unchecked.
TEST(Rules, NoFieldIsOfATypeThatTheWalkerDoesNotKnow) {
  const std::set<FieldDescriptor::Type> known = {
      FieldDescriptor::TYPE_STRING, FieldDescriptor::TYPE_MESSAGE, FieldDescriptor::TYPE_ENUM,
      FieldDescriptor::TYPE_INT32,  FieldDescriptor::TYPE_INT64,   FieldDescriptor::TYPE_BOOL,
      FieldDescriptor::TYPE_DOUBLE, FieldDescriptor::TYPE_FLOAT,   FieldDescriptor::TYPE_BYTES};
  ForEachField(Both(), [&](const FieldDescriptor* field) {
    EXPECT_TRUE(known.count(field->type())) << field->full_name();
    EXPECT_FALSE(field->is_map()) << field->full_name();
    // CheckEmbedding looks at these two.
    if (field->type() == FieldDescriptor::TYPE_FLOAT ||
        field->type() == FieldDescriptor::TYPE_BYTES) {
      EXPECT_EQ(field->containing_type()->name(), "Embedding") << field->full_name();
      return;
    }
    if (field->is_repeated()) {
      EXPECT_TRUE(field->type() == FieldDescriptor::TYPE_STRING ||
                  field->type() == FieldDescriptor::TYPE_ENUM ||
                  field->type() == FieldDescriptor::TYPE_MESSAGE)
          << field->full_name();
    }
    // Numbers with a point have no rule: CheckConsistency looks at these three.
    if (field->type() == FieldDescriptor::TYPE_DOUBLE) {
      EXPECT_EQ(field->containing_type()->name(), "Rating") << field->full_name();
    }
    if (field->message_type() != nullptr && !IsOurs(field->message_type())) {
      EXPECT_TRUE(field->message_type()->full_name() == "google.protobuf.Timestamp" ||
                  field->message_type()->full_name() == "google.protobuf.FieldMask")
          << field->full_name();
    }
  });
}

// Planning would not end otherwise.
TEST(Rules, NoMessageContainsItself) {
  std::set<const Descriptor*> within;
  std::function<void(const Descriptor*)> descend = [&](const Descriptor* type) {
    ASSERT_TRUE(within.insert(type).second) << type->full_name();
    for (int i = 0; i < type->field_count(); ++i) {
      if (type->field(i)->message_type() != nullptr) descend(type->field(i)->message_type());
    }
    within.erase(type);
  };
  for (const Descriptor* type : Both()) descend(type);
}

TEST(Rules, EveryReferenceInAResourceStandsInTheIndexUnderANumberOfItsOwn) {
  constexpr int kReferences = static_cast<int>(keys::Reference::kReviewAuthor);
  std::map<int, std::string> fields;
  for (const Descriptor* type : InResources()) {
    for (const FieldPlan& plan : PlanOf(type).fields) {
      const std::string& name = plan.field->full_name();
      EXPECT_EQ(plan.rule.reference_size() > 0, plan.reference.has_value()) << name;
      if (!plan.reference) continue;
      const int number = static_cast<int>(*plan.reference);
      EXPECT_TRUE(number >= 1 && number <= kReferences) << name;
      EXPECT_TRUE(fields.emplace(number, name).second) << name << " and " << fields[number];
    }
  }
  EXPECT_EQ(fields.size(), size_t{kReferences});
}

TEST(Rules, ReferencesInRequestsStandInNoIndex) {
  const Types in_resources = InResources();
  for (const Descriptor* type : InRequests()) {
    if (in_resources.count(type)) continue;  // a withdrawal is part of both
    for (const FieldPlan& plan : PlanOf(type).fields)
      EXPECT_FALSE(plan.reference) << plan.field->full_name();
  }
}

TEST(Rules, ReferencesNameKindsThatThereAre) {
  for (const Descriptor* type : Both()) {
    for (const FieldPlan& plan : PlanOf(type).fields) {
      EXPECT_EQ(static_cast<int>(plan.targets.size()), plan.rule.reference_size())
          << plan.field->full_name();
      if (!plan.targets.empty()) {
        EXPECT_EQ(plan.field->cpp_type(), FieldDescriptor::CPPTYPE_STRING);
      }
    }
  }
}

// ClearServerMade looks at a resource's own fields alone.
TEST(Rules, WhatTheServerMakesStandsAtTheTop) {
  for (const Descriptor* type : InResources()) {
    for (int i = 0; i < type->field_count(); ++i) {
      if (!KindOf(type)) {
        EXPECT_FALSE(IsServerMade(type->field(i))) << type->full_name();
      }
      if (!KindOf(type)) {
        EXPECT_FALSE(IsImmutable(type->field(i))) << type->full_name();
      }
    }
  }
}

TEST(Rules, EveryResourceIsNamedInTheSameWay) {
  for (keys::Kind kind : keys::kAllKinds) {
    const FieldDescriptor* name = DescriptorOf(kind)->FindFieldByName("name");
    ASSERT_NE(name, nullptr);
    EXPECT_EQ(name->number(), 1);
    EXPECT_TRUE(IsImmutable(name));
    EXPECT_EQ(RuleOf(name).format(), v1::FORMAT_NAME);
  }
}

// The longest names there are.
TEST(Rules, EveryFieldThatHoldsANameIsLongEnoughForIt) {
  const std::string id(63, 'a');
  ForEachField(Both(), [&](const FieldDescriptor* field) {
    const v1::FieldRule rule = RuleOf(field);
    if (rule.reference_size() == 0 && rule.format() != v1::FORMAT_NAME) return;
    const keys::Name longest{keys::Kind::kAttribution, id, id};
    EXPECT_GE(rule.max_length(), longest.Text().size()) << field->full_name();
  });
}

}  // namespace
}  // namespace headwater::records
