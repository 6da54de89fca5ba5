#include "dataset.h"

#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/status_macros.h"
#include "headwater/v1/attribution_service.pb.h"
#include "headwater/v1/claim_service.pb.h"
#include "headwater/v1/document_service.pb.h"
#include "headwater/v1/provenance_service.pb.h"
#include "headwater/v1/source_service.pb.h"

namespace headwater::bench {
namespace {

constexpr int kBatch = 1000;
constexpr int kFull = 22;
// Of 20 claims: 0 and 10 are full, 1 to 9 have a chain, 11 to 19 none.
constexpr int kTurn = 20;

int AttributionsOf(int claim) {
  if (claim % 10 == 0) return kFull;
  return claim % kTurn < 10 ? kChain : 0;
}

std::string ClaimId(int number) { return absl::StrFormat("c-%08d", number); }
std::string SourceName(int number) { return absl::StrFormat("sources/s-%06d", number); }
std::string DocumentName(int number) { return absl::StrFormat("documents/d-%06d", number); }
std::string AttributionId(int place) { return absl::StrFormat("a-%02d", place); }

v1::Source MakeSource(int number) {
  v1::Source source;
  source.set_name(SourceName(number));
  source.set_kind(v1::SOURCE_KIND_NEWS_OUTLET);
  source.set_display_name(absl::StrFormat("The Daily Record no. %06d", number));
  source.add_domains(absl::StrFormat("s%06d.example.org", number));
  source.set_country("VN");
  return source;
}

v1::Document MakeDocument(int number, int sources) {
  v1::Document document;
  document.set_name(DocumentName(number));
  document.set_publisher(SourceName(number % sources));
  document.set_title(absl::StrFormat("What the minister said about project %06d", number));
  document.set_uri(absl::StrFormat("https://example.org/news/%06d", number));
  document.set_language("en");
  document.set_published_date("2025-05-14");
  return document;
}

v1::Claim MakeClaim(int number) {
  v1::Claim claim;
  claim.set_name("claims/" + ClaimId(number));
  claim.set_text(absl::StrFormat(
      "The engineers of laboratory %08d did not bring the second training run to an end in the "
      "spring, and the company went back to the older machines for the rest of the year.",
      number));
  claim.set_language("en");
  v1::LocalizedText* translation = claim.add_translations();
  translation->set_language("vi");
  translation->set_text(
      "Các kỹ sư của phòng thí nghiệm đã không hoàn tất lần huấn luyện thứ hai trong mùa xuân.");
  claim.set_nature(v1::CLAIM_NATURE_FACT);
  v1::Entity* about = claim.add_about();
  about->set_name(absl::StrFormat("Laboratory %06d", number % 997));
  about->set_uri(absl::StrFormat("https://example.org/entity/%06d", number % 997));
  claim.set_subject_date("2025-05");
  claim.add_tags("training");
  return claim;
}

// The attribution at `place` of a claim; it cites the one before it. The first is told by another
// publisher, all others speak in documents of their own: a chain of 4 has 5 voices.
v1::Attribution MakeAttribution(int claim, int place, int sources, int documents) {
  const int source = (claim * 7 + place) % sources;
  const int document = (source + (place == 0 ? 5 : 0)) % sources + sources * (claim % 10);
  v1::Attribution attribution;
  attribution.set_name(
      absl::StrCat("claims/", ClaimId(claim), "/attributions/", AttributionId(place)));
  attribution.set_source(SourceName(source));
  attribution.set_document(DocumentName(document % documents));
  attribution.set_said_date("2025-05-14");
  attribution.mutable_quote()->set_exact("did not bring the run to an end");
  attribution.mutable_quote()->set_form(v1::QUOTE_FORM_DIRECT);
  attribution.add_hedges("according to people familiar with it");
  if (place == 0) {
    attribution.set_stance(v1::STANCE_ASSERTS);
    attribution.set_basis(v1::BASIS_FIRST_HAND);
  } else {
    attribution.set_stance(v1::STANCE_RELAYS);
    attribution.add_cites()->set_attribution(
        absl::StrCat("claims/", ClaimId(claim), "/attributions/", AttributionId(place - 1)));
  }
  return attribution;
}

// Sends `requests` of one kind, as many as a batch takes at a time.
template <class Batch>
class Batches {
 public:
  explicit Batches(database::Database* database) : database_(database) {}

  auto* Add() { return batch_.add_requests(); }
  absl::Status SendWhenFull() {
    return batch_.requests_size() < kBatch ? absl::OkStatus() : Send();
  }
  absl::Status Send() {
    if (batch_.requests_size() == 0) return absl::OkStatus();
    return database_->WriteAndWait<Batch>(std::exchange(batch_, Batch())).status();
  }

 private:
  database::Database* const database_;
  Batch batch_;
};

std::mt19937& Generator() {
  thread_local std::mt19937 generator(std::random_device{}());
  return generator;
}

keys::Name ClaimName(int number) { return {keys::Kind::kClaim, "", ClaimId(number)}; }

}  // namespace

absl::Status Dataset::Fill(database::Database* database) const {
  v1::GetAttributionRequest last;
  last.set_name(MakeAttribution(claims_ - 10, kFull - 1, claims_ / 50, claims_ / 5).name());
  const auto there = database->Read(last, kv::Patience::kMayWait);
  if (there.ok() || !absl::IsNotFound(there.status())) return there.status();
  HW_RETURN_IF_ERROR(FillSourcesAndDocuments(database));
  HW_RETURN_IF_ERROR(FillClaims(database));
  return FillAttributions(database);
}

absl::Status Dataset::FillSourcesAndDocuments(database::Database* database) const {
  Batches<v1::BatchCreateSourcesRequest> sources(database);
  for (int i = 0; i < claims_ / 50; ++i) {
    *sources.Add()->mutable_source() = MakeSource(i);
    HW_RETURN_IF_ERROR(sources.SendWhenFull());
  }
  HW_RETURN_IF_ERROR(sources.Send());
  Batches<v1::BatchCreateDocumentsRequest> documents(database);
  for (int i = 0; i < claims_ / 5; ++i) {
    *documents.Add()->mutable_document() = MakeDocument(i, claims_ / 50);
    HW_RETURN_IF_ERROR(documents.SendWhenFull());
  }
  return documents.Send();
}

absl::Status Dataset::FillClaims(database::Database* database) const {
  Batches<v1::BatchCreateClaimsRequest> claims(database);
  for (int i = 0; i < claims_; ++i) {
    *claims.Add()->mutable_claim() = MakeClaim(i);
    HW_RETURN_IF_ERROR(claims.SendWhenFull());
  }
  return claims.Send();
}

absl::Status Dataset::FillAttributions(database::Database* database) const {
  Batches<v1::BatchCreateAttributionsRequest> attributions(database);
  for (int i = 0; i < claims_; ++i) {
    for (int place = 0; place < AttributionsOf(i); ++place) {
      auto* const request = attributions.Add();
      request->set_parent("claims/" + ClaimId(i));
      *request->mutable_attribution() = MakeAttribution(i, place, claims_ / 50, claims_ / 5);
      HW_RETURN_IF_ERROR(attributions.SendWhenFull());
    }
  }
  return attributions.Send();
}

absl::Status Dataset::Warm(database::Database* database) const {
  constexpr auto kMayWait = kv::Patience::kMayWait;
  for (int i = 0; i < claims_; ++i) {
    v1::GetClaimRequest get;
    get.set_name("claims/" + ClaimId(i));
    HW_RETURN_IF_ERROR(database->Read(get, kMayWait).status());
    v1::ListAttributionsRequest list;
    list.set_parent(get.name());
    HW_RETURN_IF_ERROR(database->Read(list, kMayWait).status());
    if (AttributionsOf(i) == 0) continue;
    v1::TraceClaimRequest trace;
    trace.set_name(get.name());
    HW_RETURN_IF_ERROR(database->Read(trace, kMayWait).status());
    v1::AssessClaimRequest assess;
    assess.set_name(get.name());
    HW_RETURN_IF_ERROR(database->Read(assess, kMayWait).status());
  }
  return absl::OkStatus();
}

int Dataset::RandomClaim(int first, int count) const {
  std::mt19937& random = Generator();
  const int turn = static_cast<int>(random() % static_cast<unsigned>(claims_ / kTurn));
  return turn * kTurn + first + static_cast<int>(random() % static_cast<unsigned>(count));
}

keys::Name Dataset::AnyClaim() const { return ClaimName(RandomClaim(0, kTurn)); }
keys::Name Dataset::FullClaim() const { return ClaimName(RandomClaim(0, 1)); }
keys::Name Dataset::ChainClaim() const { return ClaimName(RandomClaim(1, 9)); }
keys::Name Dataset::EmptyClaim() const { return ClaimName(RandomClaim(11, 9)); }

std::string Dataset::GetRequest(const keys::Name& claim) {
  v1::GetClaimRequest request;
  request.set_name(claim.Text());
  return request.SerializeAsString();
}

std::string Dataset::ListRequest(const keys::Name& claim) {
  v1::ListAttributionsRequest request;
  request.set_parent(claim.Text());
  request.set_page_size(kListedRows);
  return request.SerializeAsString();
}

std::string Dataset::TraceRequest(const keys::Name& claim) {
  v1::TraceClaimRequest request;
  request.set_name(claim.Text());
  return request.SerializeAsString();
}

std::string Dataset::AssessRequest(const keys::Name& claim) {
  v1::AssessClaimRequest request;
  request.set_name(claim.Text());
  return request.SerializeAsString();
}

std::string Dataset::BatchAssessRequest(absl::Span<const keys::Name> claims) {
  v1::BatchAssessClaimsRequest request;
  for (const keys::Name& claim : claims) request.add_names(claim.Text());
  return request.SerializeAsString();
}

std::string Dataset::CreateRequest(const keys::Name& claim) const {
  std::mt19937& random = Generator();
  v1::CreateAttributionRequest request;
  request.set_parent(claim.Text());
  request.set_attribution_id(absl::StrFormat("n-%08x%08x", random(), random()));
  v1::Attribution* const attribution = request.mutable_attribution();
  *attribution = MakeAttribution(0, 0, claims_ / 50, claims_ / 5);
  attribution->clear_name();
  attribution->set_source(SourceName(static_cast<int>(random() % (claims_ / 50 - 1u))));
  attribution->set_document(DocumentName(static_cast<int>(random() % (claims_ / 5u))));
  attribution->set_basis(v1::BASIS_SECOND_HAND);
  attribution->add_cites()->set_source(SourceName(claims_ / 50 - 1));
  return request.SerializeAsString();
}

}  // namespace headwater::bench
