#include "records/rule_plan.h"

#include <mutex>

#include "absl/container/flat_hash_map.h"
#include "google/protobuf/timestamp.pb.h"
#include "records/resource.h"
#include "records/rules.h"

namespace headwater::records {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Which index a field's references stand in. A test holds that every field with a `reference` rule
// in a resource is here.
const absl::flat_hash_map<absl::string_view, keys::Reference>& References() {
  using R = keys::Reference;
  static const auto* const kReferences = new absl::flat_hash_map<absl::string_view, R>{
      {"headwater.v1.Source.part_of", R::kSourcePartOf},
      {"headwater.v1.Source.owner", R::kSourceOwner},
      {"headwater.v1.Source.known_distinct_from", R::kSourceKnownDistinctFrom},
      {"headwater.v1.Evidence.author", R::kEvidenceAuthor},
      {"headwater.v1.Evidence.authenticated_by", R::kEvidenceAuthenticatedBy},
      {"headwater.v1.Document.publisher", R::kDocumentPublisher},
      {"headwater.v1.Derivation.document", R::kDocumentDerivedFrom},
      {"headwater.v1.Withdrawal.document", R::kWithdrawalDocument},
      {"headwater.v1.Attribution.source", R::kAttributionSource},
      {"headwater.v1.Attribution.document", R::kAttributionDocument},
      {"headwater.v1.Citation.attribution", R::kCitedAttribution},
      {"headwater.v1.Citation.source", R::kCitedSource},
      {"headwater.v1.NoComment.asked_by", R::kNoCommentAskedBy},
      {"headwater.v1.Relation.target", R::kRelationTarget},
      {"headwater.v1.Review.author", R::kReviewAuthor},
  };
  return *kReferences;
}

// Makes plans and keeps them. Message types of the API do not contain themselves.
class Planner {
 public:
  const MessagePlan& PlanOf(const Descriptor* descriptor) {
    const std::lock_guard lock(mutex_);
    return Make(descriptor);
  }

 private:
  const MessagePlan& Make(const Descriptor* descriptor) {
    auto found = plans_.find(descriptor);
    if (found != plans_.end()) return *found->second;
    auto plan = std::make_unique<MessagePlan>();
    plan->descriptor = descriptor;
    plan->reflection = google::protobuf::MessageFactory::generated_factory()
                           ->GetPrototype(descriptor)
                           ->GetReflection();
    plan->kind = KindOf(descriptor);
    for (int i = 0; i < descriptor->field_count(); ++i) {
      plan->fields.push_back(MakeField(descriptor->field(i)));
      plan->may_refer |= plan->fields.back().MayRefer();
    }
    return *plans_.emplace(descriptor, std::move(plan)).first->second;
  }

  FieldPlan MakeField(const FieldDescriptor* field) {
    FieldPlan plan;
    plan.field = field;
    plan.rule = field->options().GetExtension(v1::rule);
    for (const std::string& name : plan.rule.reference()) {
      if (std::optional<keys::Kind> kind = keys::KindFromName(name)) plan.targets.push_back(*kind);
    }
    plan.is_server_made = IsServerMade(field);
    auto reference = References().find(field->full_name());
    if (reference != References().end()) plan.reference = reference->second;
    if (const Descriptor* type = field->message_type()) {
      plan.is_timestamp = type == google::protobuf::Timestamp::descriptor();
      plan.is_resource = KindOf(type).has_value();
      if (type->file()->package() == "headwater.v1") plan.message = &Make(type);
    }
    return plan;
  }

  std::mutex mutex_;
  absl::flat_hash_map<const Descriptor*, std::unique_ptr<MessagePlan>> plans_;  // guarded by mutex_
};

}  // namespace

const MessagePlan& PlanOf(const Descriptor* descriptor) {
  static auto* const planner = new Planner;
  // Even a shared lock is a cache line that all threads write, at every request.
  thread_local absl::flat_hash_map<const Descriptor*, const MessagePlan*> known;
  const MessagePlan*& plan = known[descriptor];
  if (plan == nullptr) plan = &planner->PlanOf(descriptor);
  return *plan;
}

}  // namespace headwater::records
