// Bad input that no field's own rule describes: what is wrong in how fields go together, in page
// tokens, read points, masks, sizes and encodings. Each is refused by name and changes nothing.
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "testing/make.h"
#include "testing/samples.h"
#include "testing/server.h"

namespace headwater::integration {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

class SpecialInputTest : public ::testing::Test {
 protected:
  SpecialInputTest() {
    MakeSamples(client());
    rows_ = server_.Rows();
    seen_ = DumpAll(client());
  }
  ~SpecialInputTest() override {
    EXPECT_TRUE(server_.Rows() == rows_) << "something was written";
    EXPECT_TRUE(DumpAll(client()) == seen_) << "something else is seen";
  }

  template <class Stub, class Request, class Response>
  grpc::Status Refused(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                    Response*),
                       const Request& request, grpc::StatusCode code,
                       const std::string& field = "") {
    const Answer<Response> answer = client().Call(method, request);
    EXPECT_EQ(answer.code(), code) << Show(answer.status) << "\n"
                                   << request.ShortDebugString().substr(0, 300);
    if (!field.empty()) {
      EXPECT_THAT(BadFields(answer.status), Contains(field)) << Show(answer.status);
    }
    return answer.status;
  }
  template <class Stub, class Request, class Response>
  void Invalid(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
               const std::string& request, const std::string& field) {
    Refused(method, From<Request>(request), grpc::StatusCode::INVALID_ARGUMENT, field);
  }

  const Client& client() { return server_.client(); }

  TestServer server_;
  std::string rows_;
  std::string seen_;
};

// Each a resource, and the field that is wrong in it.
TEST_F(SpecialInputTest, FieldsOfASourceThatDoNotGoTogether) {
  const struct {
    const char* source;
    const char* field;
  } kSources[] = {
      {"kind: SOURCE_KIND_PERSON collective { size: 3 }", "source.collective"},
      {"kind: SOURCE_KIND_EVIDENCE", "source.evidence"},
      {"kind: SOURCE_KIND_PERSON evidence { medium: EVIDENCE_MEDIUM_IMAGE }", "source.evidence"},
      {"kind: SOURCE_KIND_PERSON aliases: ['a', 'b', 'a']", "source.aliases[2]"},
      {"kind: SOURCE_KIND_PERSON domains: ['a.vn', 'a.vn']", "source.domains[1]"},
      {"kind: SOURCE_KIND_PERSON localized_names: [{language: 'vi' text: 'a'}, "
       "{language: 'vi' text: 'b'}]",
       "source.localized_names[1].language"},
      {"name: 'sources/other' kind: SOURCE_KIND_PERSON", "source.name"},
      {"name: 'claims/fresh' kind: SOURCE_KIND_PERSON", "source.name"},
  };
  for (const auto& [source, field] : kSources) {
    Invalid(&Sources::CreateSource,
            absl::StrCat("source_id: 'fresh' source { display_name: 'a' ", source, " }"), field);
  }
}

TEST_F(SpecialInputTest, FieldsOfAnAttributionThatDoNotGoTogether) {
  const struct {
    const char* attribution;
    const char* field;
  } kAttributions[] = {
      {"stance: STANCE_RELAYS", "attribution.cites"},
      {"stance: STANCE_RELAYS basis: BASIS_FIRST_HAND cites { source: 'sources/second' }",
       "attribution.basis"},
      {"stance: STANCE_ASSERTS denial { extent: DENIAL_EXTENT_FULL }", "attribution.denial"},
      {"stance: STANCE_DENIES denial { extent: DENIAL_EXTENT_PART }", "attribution.denial.part"},
      {"stance: STANCE_DENIES denial { extent: DENIAL_EXTENT_FULL part: 'all' }",
       "attribution.denial.part"},
      {"stance: STANCE_ASSERTS no_comment { form: NO_COMMENT_FORM_DECLINED }",
       "attribution.no_comment"},
      {"stance: STANCE_NO_COMMENT no_comment { form: NO_COMMENT_FORM_DECLINED asked_by: "
       "'sources/first' }",
       "attribution.no_comment.asked_by"},
      {"stance: STANCE_ASSERTS cites {}", "attribution.cites[0]"},
      {"stance: STANCE_ASSERTS cites { source: 'sources/second' stance: STANCE_RELAYS }",
       "attribution.cites[0].stance"},
      {"stance: STANCE_ASSERTS cites { source: 'sources/first' }", "attribution.cites[0].source"},
      {"stance: STANCE_ASSERTS cites { source: 'sources/second' } cites { source: "
       "'sources/second' }",
       "attribution.cites[1]"},
      {"stance: STANCE_ASSERTS cites { attribution: 'claims/first/attributions/fresh' }",
       "attribution.cites[0].attribution"},
      {"stance: STANCE_ASSERTS quote { exact: 'abc' position { start: 5 end: 5 } }",
       "attribution.quote.position.end"},
      {"stance: STANCE_ASSERTS quote { exact: 'abc' position { start: 9 end: 5 } }",
       "attribution.quote.position.end"},
      {"stance: STANCE_ASSERTS quote { exact: 'abc' position { start: 0 end: 4 } }",
       "attribution.quote.position"},
      {"stance: STANCE_ASSERTS name: 'claims/other/attributions/fresh'", "attribution.name"},
  };
  for (const auto& [attribution, field] : kAttributions) {
    Invalid(&Attributions::CreateAttribution,
            absl::StrCat("parent: 'claims/first' attribution_id: 'fresh' attribution { source: "
                         "'sources/first' document: 'documents/first' ",
                         attribution, " }"),
            field);
  }
}

TEST_F(SpecialInputTest, FieldsOfOtherResourcesThatDoNotGoTogether) {
  const struct {
    const char* relation;
    const char* field;
  } kRelations[] = {
      {"target: 'claims/first' state: RELATION_STATE_SUGGESTED suggested_by: 'a'",
       "relation.target"},
      {"target: 'claims/other' state: RELATION_STATE_CONFIRMED", "relation.confirmed_by"},
      {"target: 'claims/other' state: RELATION_STATE_SUGGESTED", "relation.suggested_by"},
      {"target: 'claims/other' state: RELATION_STATE_SUGGESTED suggested_by: 'a' confirmed_by: "
       "'b'",
       "relation.confirmed_by"},
      {"target: 'claims/other' state: RELATION_STATE_SUGGESTED suggested_by: 'a' confirm_time {}",
       "relation.confirm_time"},
      {"target: 'claims/other' state: RELATION_STATE_REFUSED suggested_by: 'a'",
       "relation.refused_by"},
      {"target: 'claims/other' state: RELATION_STATE_REFUSED refused_by: 'b' confirmed_by: 'a'",
       "relation.confirmed_by"},
      {"target: 'claims/other' state: RELATION_STATE_SUGGESTED suggested_by: 'a' refused_by: 'b'",
       "relation.refused_by"},
      {"target: 'claims/other' state: RELATION_STATE_CONFIRMED confirmed_by: 'a' refuse_time {}",
       "relation.refuse_time"},
  };
  for (const auto& [relation, field] : kRelations) {
    Invalid(&Relations::CreateRelation,
            absl::StrCat("parent: 'claims/first' relation_id: 'fresh' relation { kind: "
                         "RELATION_KIND_NARROWS ",
                         relation, " }"),
            field);
  }
  for (const char* number : {"nan", "inf", "-inf"}) {
    Invalid(&Reviews::CreateReview,
            absl::StrCat("parent: 'claims/first' review_id: 'fresh' review { author: "
                         "'sources/first' rating { value: ",
                         number, " } }"),
            "review.rating.value");
  }
  Invalid(&Claims::CreateClaim,
          "claim_id: 'fresh' claim { text: 'a' language: 'vi' nature: CLAIM_NATURE_FACT "
          "translations { language: 'vi' text: 'b' } }",
          "claim.translations[0].language");
}

TEST_F(SpecialInputTest, SourcesThatNeitherPublishNorOwn) {
  for (const char* source : {"sources/unnamed", "sources/recording"}) {
    v1::CreateDocumentRequest document = NewDocument("fresh", "first");
    document.mutable_document()->set_publisher(source);
    const grpc::Status status =
        Refused(&Documents::CreateDocument, document, grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_EQ(ReasonOf(status), "MAY_NOT_PUBLISH");
    v1::CreateSourceRequest owned = NewSource("fresh");
    owned.mutable_source()->set_owner(source);
    Refused(&Sources::CreateSource, owned, grpc::StatusCode::FAILED_PRECONDITION);
  }
}

TEST_F(SpecialInputTest, Parents) {
  v1::CreateAttributionRequest request = NewAttribution("nobody", "second", "first");
  const grpc::Status status =
      Refused(&Attributions::CreateAttribution, request, grpc::StatusCode::FAILED_PRECONDITION);
  const auto failure = DetailOf<google::rpc::PreconditionFailure>(status);
  ASSERT_EQ(failure.violations_size(), 1);
  EXPECT_EQ(failure.violations(0).subject(), "claims/nobody");
  request.set_parent("claims/gone");
  Refused(&Attributions::CreateAttribution, request, grpc::StatusCode::FAILED_PRECONDITION);
  request.set_parent("claims/-");
  Refused(&Attributions::CreateAttribution, request, grpc::StatusCode::INVALID_ARGUMENT, "parent");
}

TEST_F(SpecialInputTest, WhatIsDeletedIsNotThere) {
  v1::CreateDocumentRequest request = NewDocument("fresh", "gone");
  Refused(&Documents::CreateDocument, request, grpc::StatusCode::FAILED_PRECONDITION);
  v1::GetClaimRequest get = ClaimNamed("gone");
  const grpc::Status status = Refused(&Claims::GetClaim, get, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(DetailOf<google::rpc::ResourceInfo>(status).description(), "is deleted");
  v1::BatchGetClaimsRequest batch;
  batch.add_names("claims/first");
  batch.add_names("claims/gone");
  Refused(&Claims::BatchGetClaims, batch, grpc::StatusCode::NOT_FOUND);
  v1::UpdateClaimRequest update;
  update.mutable_claim()->set_name("claims/gone");
  update.mutable_claim()->set_note("a");
  Refused(&Claims::UpdateClaim, update, grpc::StatusCode::NOT_FOUND);
  v1::TraceClaimRequest trace;
  trace.set_name("claims/gone");
  Refused(&Provenance::TraceClaim, trace, grpc::StatusCode::NOT_FOUND);
}

TEST_F(SpecialInputTest, ReadPoints) {
  v1::GetClaimRequest get = ClaimNamed("first");
  get.mutable_read()->set_sequence(server_.head() + 1);
  EXPECT_EQ(ReasonOf(Refused(&Claims::GetClaim, get, grpc::StatusCode::OUT_OF_RANGE)),
            "SEQUENCE_NOT_THERE");
  get.mutable_read()->set_sequence(INT64_MAX);
  Refused(&Claims::GetClaim, get, grpc::StatusCode::OUT_OF_RANGE);
  for (const int64_t negative : {int64_t{-1}, INT64_MIN}) {
    get.mutable_read()->set_sequence(negative);
    Refused(&Claims::GetClaim, get, grpc::StatusCode::INVALID_ARGUMENT, "read.sequence");
    get.mutable_read()->set_min_sequence(negative);
    Refused(&Claims::GetClaim, get, grpc::StatusCode::INVALID_ARGUMENT, "read.min_sequence");
  }
  get.mutable_read()->set_min_sequence(server_.head() + 1);
  EXPECT_EQ(ReasonOf(Refused(&Claims::GetClaim, get, grpc::StatusCode::UNAVAILABLE)),
            "NOT_THERE_YET");
  const int64_t now = absl::ToUnixSeconds(absl::Now());
  for (const int64_t future : {now + 3600, int64_t{253402300799}}) {
    get.mutable_read()->mutable_time()->set_seconds(future);
    EXPECT_EQ(ReasonOf(Refused(&Claims::GetClaim, get, grpc::StatusCode::OUT_OF_RANGE)),
              "TIME_IN_FUTURE");
  }
  for (const int64_t past : {int64_t{0}, int64_t{-1}, int64_t{-62135596800}}) {
    get.mutable_read()->mutable_time()->set_seconds(past);
    Refused(&Claims::GetClaim, get, grpc::StatusCode::NOT_FOUND);
  }
  get.mutable_read()->mutable_time()->set_seconds(253402300800);
  Refused(&Claims::GetClaim, get, grpc::StatusCode::INVALID_ARGUMENT, "read.time");
}

TEST_F(SpecialInputTest, PageTokens) {
  v1::ListClaimsRequest list;
  list.set_page_size(1);
  const std::string token = client().Call(&Claims::ListClaims, list).message.next_page_token();
  ASSERT_NE(token, "");
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token, &bytes));
  const auto encoded = [](const std::string& raw) {
    std::string text;
    absl::WebSafeBase64Escape(raw, &text);
    return text;
  };
  std::vector<std::string> bad = {"garbage",       "!!!",
                                  "AAAA",          std::string(2000, 'A'),
                                  token + "!",     encoded("\x02" + bytes.substr(1)),
                                  encoded("\x01"), encoded("\x01short")};
  for (size_t cut = 1; cut <= 9; ++cut) bad.push_back(encoded(bytes.substr(0, cut)));
  for (size_t i = 0; i <= 8; ++i) {
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    bad.push_back(encoded(flipped));
  }
  // A sequence that is not there yet; one that never ends; one longer than 64 bits.
  const std::string head = bytes.substr(0, 9);
  bad.push_back(encoded(head + "\xff\x7f" + bytes.substr(10)));
  bad.push_back(encoded(head + std::string(9, '\xff') + "\x01" + bytes.substr(10)));
  bad.push_back(encoded(head + std::string(20, '\xff')));
  for (const std::string& one : bad) {
    list.set_page_token(one);
    Refused(&Claims::ListClaims, list, grpc::StatusCode::INVALID_ARGUMENT, "page_token");
  }
  // That of another listing, be it the same method's.
  list.set_page_token(token);
  for (const char* other : {"tag: 'users'", "show_deleted: true", "language: 'en'",
                            "read { sequence: 3 }", "about: 'Huawei'"}) {
    v1::ListClaimsRequest changed = list;
    changed.MergeFrom(From<v1::ListClaimsRequest>(other));
    Refused(&Claims::ListClaims, changed, grpc::StatusCode::INVALID_ARGUMENT, "page_token");
  }
  v1::ListSourcesRequest sources;
  sources.set_page_token(token);
  Refused(&Sources::ListSources, sources, grpc::StatusCode::INVALID_ARGUMENT, "page_token");
  v1::ListClaimRevisionsRequest revisions;
  revisions.set_name("claims/first");
  revisions.set_page_token(token);
  Refused(&Claims::ListClaimRevisions, revisions, grpc::StatusCode::INVALID_ARGUMENT, "page_token");
}

// Whatever position and sequence somebody writes into a token, only what the listing is of comes
// out, and never half a request.
TEST_F(SpecialInputTest, PageTokensMadeByHandLeadNowhereElse) {
  v1::ListAttributionsRequest list;
  list.set_parent("claims/first");
  list.set_page_size(1);
  const std::string token =
      client().Call(&Attributions::ListAttributions, list).message.next_page_token();
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token, &bytes));
  for (int sequence = 0; sequence <= server_.head(); ++sequence) {
    for (const std::string& position :
         {std::string(), std::string("\0", 1), std::string("\x01"), std::string("\x02"),
          std::string("\xff"), std::string(300, 'z'), bytes.substr(10, 3),
          bytes.substr(10) + "z"}) {
      std::string made = bytes.substr(0, 9);
      made.push_back(static_cast<char>(sequence));
      made += position;
      std::string text;
      absl::WebSafeBase64Escape(made, &text);
      list.set_page_token(text);
      list.set_page_size(1000);
      const auto page = client().Call(&Attributions::ListAttributions, list);
      if (!page.ok()) {  // a state that no request ended with, which nobody was ever shown
        EXPECT_THAT(BadFields(page.status), ElementsAre("page_token")) << Show(page.status);
        continue;
      }
      EXPECT_EQ(page.message.read_sequence(), sequence);
      for (const v1::Attribution& attribution : page.message.attributions()) {
        EXPECT_THAT(attribution.name(), ::testing::StartsWith("claims/first/attributions/"));
        EXPECT_LE(attribution.sequence(), sequence);
        EXPECT_FALSE(attribution.has_delete_time());
      }
    }
  }
}

TEST_F(SpecialInputTest, Masks) {
  v1::UpdateClaimRequest update;
  update.mutable_claim()->set_name("claims/first");
  update.mutable_claim()->set_note("changed");
  for (const char* path :
       {"nothing", "name", "etag", "sequence", "create_time", "about.name", "about[0]", "text.a",
        "", ".", "note.", ".note", "subject_date.", "NOTE", "note,text", "translations.text"}) {
    update.mutable_update_mask()->clear_paths();
    update.mutable_update_mask()->add_paths(path);
    Refused(&Claims::UpdateClaim, update, grpc::StatusCode::INVALID_ARGUMENT,
            "update_mask.paths[0]");
  }
  update.mutable_update_mask()->clear_paths();
  update.mutable_update_mask()->add_paths("note");
  update.mutable_update_mask()->add_paths("*");
  Refused(&Claims::UpdateClaim, update, grpc::StatusCode::INVALID_ARGUMENT, "update_mask.paths[1]");
  update.mutable_update_mask()->clear_paths();
  update.mutable_update_mask()->add_paths("text");  // required, and not sent
  Refused(&Claims::UpdateClaim, update, grpc::StatusCode::INVALID_ARGUMENT, "claim.text");
}

TEST_F(SpecialInputTest, BatchesThatAreWrongAsAWhole) {
  Invalid(&Claims::BatchCreateClaims,
          "requests { claim_id: 'fresh' request_id: 'a' claim { text: 'a' language: 'vi' nature: "
          "CLAIM_NATURE_FACT } }",
          "requests[0].request_id");
  Invalid(&Claims::BatchDeleteClaims,
          "requests { name: 'claims/first' reason: 'a' } requests { name: 'claims/first' reason: "
          "'a' }",
          "requests[1].name");
  Invalid(&Claims::BatchUpdateClaims,
          "requests { claim { name: 'claims/first' note: 'a' } } requests { claim { name: "
          "'claims/first' note: 'b' } }",
          "requests[1].claim.name");
  v1::BatchCreateClaimsRequest many;
  for (int i = 0; i < 10'001; ++i) *many.add_requests() = NewClaim(absl::StrCat("fresh", i));
  Refused(&Claims::BatchCreateClaims, many, grpc::StatusCode::INVALID_ARGUMENT, "requests");
}

TEST_F(SpecialInputTest, Lookups) {
  Invalid(&Sources::LookupSource, "", "name");
  Invalid(&Sources::LookupSource, "name: ''", "name");
  Invalid(&Sources::LookupSource, "domain: ''", "domain");
}

TEST_F(SpecialInputTest, OpenDatesOnTheSideThatCounts) {
  Invalid(&Claims::ListClaims, "subject_from: '../2025'", "subject_from");
  Invalid(&Claims::ListClaims, "subject_until: '2025/..'", "subject_until");
}

// 10 MB in one string is under what a message may have, and over what any field may.
TEST_F(SpecialInputTest, MessagesOfMegabytes) {
  v1::CreateClaimRequest request = NewClaim("fresh", std::string(10 << 20, 'a'));
  Refused(&Claims::CreateClaim, request, grpc::StatusCode::INVALID_ARGUMENT, "claim.text");
  v1::GetClaimRequest get;
  get.set_name(std::string(10 << 20, 'a'));
  Refused(&Claims::GetClaim, get, grpc::StatusCode::INVALID_ARGUMENT, "name");
  request.mutable_claim()->set_text(std::string(17 << 20, 'a'));
  Refused(&Claims::CreateClaim, request, grpc::StatusCode::RESOURCE_EXHAUSTED);
  // Every field within its bounds, and a mebibyte passed by all together.
  request = NewClaim("fresh");
  for (int i = 0; i < 200; ++i) {
    v1::LocalizedText* translation = request.mutable_claim()->add_translations();
    translation->set_language(absl::StrCat("en-x-n", i));  // each canonical, and another
    for (int c = 0; c < 2500; ++c) translation->mutable_text()->append("\xe1\xba\xbf");
  }
  Refused(&Claims::CreateClaim, request, grpc::StatusCode::INVALID_ARGUMENT, "claim");
}

TEST_F(SpecialInputTest, BytesThatAreNoMessage) {
  const std::string path = "/headwater.v1.ClaimService/CreateClaim";
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "\x0b";  // begins a group, and another in it
  for (const std::string& bytes :
       {std::string("\xff"), std::string("\x0a\xff\xff\xff\xff\x7f"), std::string(1000, '\x80'),
        std::string("\x1a\x05\x12\x7f"), deep, std::string("\x00\x00", 2)}) {
    const grpc::Status status = client().CallRaw(path, bytes);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << Show(status);
    EXPECT_EQ(BadFields(status).size(), 1U);
  }
  EXPECT_EQ(client().CallRaw("/headwater.v1.ClaimService/Nothing", "").error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(client().CallRaw("/nothing/at/all", "").error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(SpecialInputTest, ActorsThatCannotStandInTheLog) {
  const auto as = [](const std::string& actor) {
    return
        [actor](grpc::ClientContext* context) { context->AddMetadata("headwater-actor", actor); };
  };
  const auto answer =
      client().Call(&Claims::CreateClaim, NewClaim("fresh"), as(std::string(201, 'a')));
  EXPECT_EQ(answer.code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(answer.status), ElementsAre("headwater-actor"));
  const auto twice =
      client().Call(&Claims::CreateClaim, NewClaim("fresh"), [](grpc::ClientContext* context) {
        context->AddMetadata("headwater-actor", "a");
        context->AddMetadata("headwater-actor", "b");
      });
  EXPECT_EQ(twice.code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(twice.status), ElementsAre("headwater-actor"));
  const auto broken = client().Call(
      &Claims::CreateClaim, NewClaim("fresh"),
      [](grpc::ClientContext* context) { context->AddMetadata("headwater-actor-bin", "\xff"); });
  EXPECT_EQ(broken.code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(BadFields(broken.status), ElementsAre("headwater-actor-bin"));
}

}  // namespace
}  // namespace headwater::integration
