#include "database/testing/random_store.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "database/api.h"
#include "keys/name.h"
#include "kv/fault_engine.h"
#include "kv/memory_engine.h"

namespace headwater::database::testing {
namespace {

constexpr size_t kSources = 6;
constexpr size_t kDocuments = 6;
constexpr size_t kClaims = 8;
constexpr size_t kAttributions = 18;
constexpr size_t kRelations = 6;

constexpr v1::Stance kStances[] = {v1::STANCE_ASSERTS, v1::STANCE_ASSERTS, v1::STANCE_RELAYS,
                                   v1::STANCE_RELAYS,  v1::STANCE_DENIES,  v1::STANCE_DOUBTS,
                                   v1::STANCE_ASKS};

v1::Withdrawal Retraction() {
  v1::Withdrawal withdrawal;
  withdrawal.set_kind(v1::WITHDRAWAL_KIND_RETRACTED);
  withdrawal.set_reason("It was wrong.");
  return withdrawal;
}

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

std::string ClaimOf(const std::string& attribution) {
  return keys::Name::Parse(attribution)->Parent().Text();
}

RandomStore::RandomStore(uint64_t seed) : random_(seed), engine_(kv::NewMemoryEngine()) {
  Options options;
  options.pool = &pool_;
  database_ = *Database::Open(std::make_unique<kv::FaultEngine>(engine_), options);
  for (size_t i = 0; i < kClaims; ++i) {
    v1::CreateClaimRequest request;
    request.set_claim_id(absl::StrCat("c", i));
    request.mutable_claim()->set_text("It is so.");
    request.mutable_claim()->set_language("en");
    request.mutable_claim()->set_nature(Percent(85) ? v1::CLAIM_NATURE_FACT
                                                    : v1::CLAIM_NATURE_OPINION);
    EXPECT_TRUE(TryWrite(request));
    claims.insert(absl::StrCat("claims/c", i));
  }
  MakeSources();
  MakeDocuments();
  MakeAttributions();
  MakeRelations();
  DeleteAndWithdrawSome();
}

void RandomStore::MakeSources() {
  for (size_t i = 0; i < kSources; ++i) {
    v1::CreateSourceRequest request;
    request.set_source_id(absl::StrCat("s", i));
    v1::Source& source = *request.mutable_source();
    source.set_kind(i > 2 && Percent(40) ? v1::SOURCE_KIND_ANONYMOUS : v1::SOURCE_KIND_NEWS_OUTLET);
    source.set_display_name(absl::StrCat("s", i));
    if (i > 0 && Percent(15)) source.set_part_of(absl::StrCat("sources/s", Below(i)));
    if (TryWrite(request)) sources[absl::StrCat("sources/s", i)] = source;
  }
}

void RandomStore::MakeDocuments() {
  for (size_t i = 0; i < kDocuments; ++i) {
    v1::CreateDocumentRequest request;
    request.set_document_id(absl::StrCat("d", i));
    v1::Document& document = *request.mutable_document();
    document.set_publisher(absl::StrCat("sources/s", Below(3)));
    document.set_title("A document");
    if (TryWrite(request)) documents[absl::StrCat("documents/d", i)] = document;
  }
}

void RandomStore::MakeAttributions() {
  for (size_t i = 0; i < kAttributions; ++i) {
    v1::CreateAttributionRequest request;
    request.set_parent(absl::StrCat("claims/c", Below(kClaims)));
    request.set_attribution_id(absl::StrCat("a", i));
    v1::Attribution& attribution = *request.mutable_attribution();
    attribution.set_source(OneOf(sources));
    attribution.set_document(OneOf(documents));
    attribution.set_stance(kStances[Below(std::size(kStances))]);
    if (attribution.stance() == v1::STANCE_DENIES) {
      attribution.mutable_denial()->set_extent(Percent(80) ? v1::DENIAL_EXTENT_FULL
                                                           : v1::DENIAL_EXTENT_NON_DENIAL);
    }
    if (attribution.stance() != v1::STANCE_RELAYS && Percent(50))
      attribution.set_basis(v1::BASIS_FIRST_HAND);
    const bool cites = attribution.stance() == v1::STANCE_RELAYS || Percent(25);
    for (size_t k = 0; cites && k < 1 + Below(2); ++k) {
      v1::Citation& citation = *attribution.add_cites();
      const bool alone = attributions.empty() || Percent(35);
      if (alone)
        citation.set_source(OneOf(sources));
      else
        citation.set_attribution(OneOf(attributions));
      if (alone && citation.source() == attribution.source())
        attribution.mutable_cites()->RemoveLast();
    }
    if (Percent(20)) attribution.add_hedges("may");
    if (TryWrite(request)) {
      attributions[absl::StrCat(request.parent(), "/attributions/a", i)] = attribution;
      everything[absl::StrCat(request.parent(), "/attributions/a", i)] = attribution;
    }
  }
}

void RandomStore::MakeRelations() {
  for (size_t i = 0; i < kRelations; ++i) {
    const std::string claim = absl::StrCat("claims/c", Below(kClaims));
    const std::string target = absl::StrCat("claims/c", Below(kClaims));
    v1::CreateRelationRequest request;
    request.set_parent(claim);
    request.set_relation_id(absl::StrCat("r", i));
    v1::Relation& relation = *request.mutable_relation();
    relation.set_target(target);
    relation.set_kind(Percent(50) ? v1::RELATION_KIND_SAME_AS : v1::RELATION_KIND_CONTRADICTS);
    const bool confirmed = Percent(80);
    relation.set_state(confirmed ? v1::RELATION_STATE_CONFIRMED : v1::RELATION_STATE_SUGGESTED);
    (confirmed ? relation.mutable_confirmed_by() : relation.mutable_suggested_by())->assign("desk");
    if (!TryWrite(request) || !confirmed) continue;
    auto& pairs = relation.kind() == v1::RELATION_KIND_SAME_AS ? same_ : rivals_;
    pairs[claim].insert(target);
    pairs[target].insert(claim);
  }
}

void RandomStore::DeleteAndWithdrawSome() {
  for (int i = 0; i < 2 && !attributions.empty(); ++i) {
    if (!Percent(60)) continue;
    v1::DeleteAttributionRequest request;
    request.set_name(OneOf(attributions));
    request.set_reason("A mistake.");
    request.set_force(true);
    EXPECT_TRUE(TryWrite(request));
    attributions.erase(request.name());
  }
  if (!attributions.empty() && Percent(50)) WithdrawAttribution(OneOf(attributions));
  if (Percent(25)) WithdrawDocument(OneOf(documents));
}

bool RandomStore::IsWithdrawn(const v1::Attribution& attribution) const {
  return attribution.has_withdrawal() || documents.at(attribution.document()).has_withdrawal();
}

void RandomStore::WithdrawAttribution(const std::string& name) {
  v1::Attribution& attribution = attributions.at(name);
  if (attribution.has_withdrawal()) return;
  v1::WithdrawAttributionRequest request;
  request.set_name(name);
  *request.mutable_withdrawal() = Retraction();
  EXPECT_TRUE(TryWrite(request));
  *attribution.mutable_withdrawal() = Retraction();
}

void RandomStore::WithdrawDocument(const std::string& name) {
  v1::Document& document = documents.at(name);
  if (document.has_withdrawal()) return;
  v1::WithdrawDocumentRequest request;
  request.set_name(name);
  *request.mutable_withdrawal() = Retraction();
  EXPECT_TRUE(TryWrite(request));
  *document.mutable_withdrawal() = Retraction();
}

void RandomStore::SeverStub(const std::string& attribution, const std::string& source) {
  const std::string gone = absl::StrCat("sources/gone-", severed_++);
  v1::CreateSourceRequest create;
  create.set_source_id(IdOf(gone));
  create.mutable_source()->set_kind(sources.at(source).kind());
  create.mutable_source()->set_display_name("gone");
  EXPECT_TRUE(TryWrite(create));
  v1::UpdateAttributionRequest update;
  update.mutable_attribution()->set_name(attribution);
  for (v1::Citation citation : attributions.at(attribution).cites()) {
    if (citation.source() == source) citation.set_source(gone);
    *update.mutable_attribution()->add_cites() = citation;
  }
  update.mutable_update_mask()->add_paths("cites");
  EXPECT_TRUE(TryWrite(update));
  v1::DeleteSourceRequest remove;
  remove.set_name(gone);
  remove.set_reason("As if it had taken all back.");
  remove.set_force(true);
  EXPECT_TRUE(TryWrite(remove));
}

std::set<std::string> RandomStore::SameAs(const std::string& claim) const {
  std::set<std::string> same = {claim};
  std::vector<std::string> todo = {claim};
  while (!todo.empty()) {
    const auto found = same_.find(todo.back());
    todo.pop_back();
    if (found == same_.end()) continue;
    for (const std::string& other : found->second) {
      if (same.insert(other).second) todo.push_back(other);
    }
  }
  return same;
}

std::set<std::string> RandomStore::RivalsOf(const std::set<std::string>& some) const {
  std::set<std::string> rivals;
  for (const std::string& claim : some) {
    const auto found = rivals_.find(claim);
    if (found != rivals_.end()) rivals.insert(found->second.begin(), found->second.end());
  }
  return rivals;
}

Reading RandomStore::At(int64_t sequence) const {
  Reading reading;
  reading.point.view.snapshot = *engine_->TakeSnapshot();
  reading.point.view.head = reading.point.view.snapshot->head();
  reading.point.sequence = static_cast<uint64_t>(sequence);
  reading.patience = kv::Patience::kMayWait;
  return reading;
}

v1::Assessment RandomStore::Assess(const std::string& claim, int64_t sequence) {
  v1::AssessClaimRequest request;
  request.set_name(claim);
  request.mutable_read()->set_sequence(sequence);
  const Reply reply = database_->Read(request, kv::Patience::kMayWait);
  EXPECT_TRUE(reply.ok()) << reply.status();
  v1::Assessment assessment;
  if (reply.ok()) assessment.ParseFromString(*reply);
  return assessment;
}

}  // namespace headwater::database::testing
