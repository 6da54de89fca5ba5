// Export through gRPC: everything that is live, in one order and in the same bytes, wherever it
// breaks off.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "headwater/v1/exchange_service.grpc.pb.h"
#include "testing/api_test_base.h"
#include "testing/samples.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// An export under way.
class Exporting {
 public:
  Exporting(const Client& client, const v1::ExportRequest& request)
      : Exporting(client.channel(), request) {}
  Exporting(const std::shared_ptr<grpc::Channel>& channel, const v1::ExportRequest& request)
      : stub_(v1::ExchangeService::NewStub(channel)), reader_(stub_->Export(&context_, request)) {}

  bool Next(v1::ExportResponse* piece) { return reader_->Read(piece); }
  grpc::Status Finish() { return reader_->Finish(); }
  void Cancel() { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<v1::ExchangeService::Stub> stub_;
  std::unique_ptr<grpc::ClientReader<v1::ExportResponse>> reader_;
};

struct Exported {
  std::vector<v1::ExportResponse> pieces;
  grpc::Status status;

  std::vector<v1::Record> records() const {
    std::vector<v1::Record> all;
    for (const v1::ExportResponse& piece : pieces)
      all.insert(all.end(), piece.records().begin(), piece.records().end());
    return all;
  }
  std::string bytes() const {
    std::string bytes;
    for (const v1::Record& record : records()) absl::StrAppend(&bytes, record.SerializeAsString());
    return bytes;
  }
};

std::string NameOf(const v1::Record& record) {
  const auto* field = v1::Record::descriptor()->FindFieldByNumber(record.resource_case());
  const auto& resource = record.GetReflection()->GetMessage(record, field);
  return resource.GetReflection()->GetString(resource,
                                             resource.GetDescriptor()->FindFieldByName("name"));
}

class ExportTest : public ApiTest {
 protected:
  Exported Export(const std::string& request = "") {
    return Export(From<v1::ExportRequest>(request));
  }
  Exported Export(const v1::ExportRequest& request) {
    Exporting exporting(client(), request);
    Exported exported;
    for (v1::ExportResponse piece; exporting.Next(&piece);) exported.pieces.push_back(piece);
    exported.status = exporting.Finish();
    return exported;
  }
  std::vector<std::string> Names(const std::string& request) {
    const Exported exported = Export(request);
    EXPECT_TRUE(exported.status.ok()) << Show(exported.status);
    std::vector<std::string> names;
    for (const v1::Record& record : exported.records()) names.push_back(NameOf(record));
    return names;
  }
  // The field that the request is refused for.
  std::string Refusal(const std::string& request) {
    const Exported exported = Export(request);
    EXPECT_THAT(exported.pieces, IsEmpty());
    EXPECT_EQ(exported.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    const std::vector<std::string> fields = BadFields(exported.status);
    return fields.size() == 1 ? fields.front() : Show(exported.status);
  }
  // Claims c00000, …: some 300 bytes each.
  void MakeClaims(int count, const std::string& prefix = "c") {
    v1::BatchCreateClaimsRequest batch;
    for (int i = 0; i < count; ++i) {
      *batch.add_requests() =
          NewClaim(absl::StrCat(prefix, 10000 + i), std::string(250, 'a' + i % 26));
    }
    Ok(&Claims::BatchCreateClaims, batch);
  }
};

TEST_F(ExportTest, AnEmptyStoreGivesOneMessageWithoutRecords) {
  const Exported exported = Export();
  EXPECT_TRUE(exported.status.ok()) << Show(exported.status);
  ASSERT_THAT(exported.pieces, SizeIs(1));
  EXPECT_EQ(exported.pieces[0].ByteSizeLong(), 0u);
}

TEST_F(ExportTest, HoldsWhatIsLiveAsItWasWrittenKindByKindInTheOrderOfNames) {
  MakeSamples(client());
  const Exported exported = Export();
  ASSERT_TRUE(exported.status.ok()) << Show(exported.status);
  EXPECT_EQ(exported.pieces.back().read_sequence(), server_.head());
  std::vector<std::pair<int, std::string>> order;
  for (const v1::Record& record : exported.records()) {
    order.emplace_back(record.resource_case(), NameOf(record));
    EXPECT_EQ(order.back().second.find("/gone"), std::string::npos);
  }
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  ASSERT_EQ(order.size(), Samples().size());
  for (const v1::Record& sample : Samples()) {
    const auto found = std::find_if(order.begin(), order.end(), [&](const auto& each) {
      return each.first == sample.resource_case() && each.second == NameOf(sample);
    });
    ASSERT_NE(found, order.end()) << NameOf(sample);
    v1::Record record = exported.records()[found - order.begin()];
    // A text brings its SHA-256 along.
    if (record.has_document() && sample.document().sha256().empty())
      record.mutable_document()->clear_sha256();
    EXPECT_EQ(record.DebugString(), sample.DebugString());
  }
}

TEST_F(ExportTest, WhatTheServerMakesComesWhereItIsAskedFor) {
  MakeStory();
  v1::CreateDocumentRequest document = NewDocument("told", "s");
  document.mutable_document()->set_text("Ba người nói.");
  Ok(&Documents::CreateDocument, document);
  const Exported exported =
      Export("include_server_made: true kinds: RESOURCE_KIND_DOCUMENT kinds: RESOURCE_KIND_CLAIM");
  const std::vector<v1::Record> records = exported.records();
  ASSERT_THAT(records, SizeIs(3));
  EXPECT_EQ(records[1].document().text(), "Ba người nói.");
  EXPECT_EQ(records[1].document().text_length(), 13);
  EXPECT_EQ(records[2].claim().DebugString(), Ok(&Claims::GetClaim, ClaimNamed("c")).DebugString());
  const Exported plain = Export("kinds: RESOURCE_KIND_DOCUMENT");
  EXPECT_EQ(plain.records()[1].document().text_length(), 0);
  EXPECT_FALSE(plain.records()[1].document().sha256().empty());
}

TEST_F(ExportTest, ResumesBehindEveryMessageAtTheSameState) {
  MakeStory();
  MakeClaims(5000);
  const Exported whole = Export();
  ASSERT_TRUE(whole.status.ok()) << Show(whole.status);
  ASSERT_GT(whole.pieces.size(), 5u);
  for (const v1::ExportResponse& piece : whole.pieces) {
    EXPECT_LT(piece.ByteSizeLong(), size_t{300} << 10);
    EXPECT_EQ(piece.page_token().empty(), &piece == &whole.pieces.back());
  }
  // Before, on and behind what has been sent.
  MakeClaims(2000, "a");
  v1::UpdateClaimRequest update;
  update.mutable_claim()->set_name("claims/c14999");
  update.mutable_claim()->set_text("It is otherwise.");
  Ok(&Claims::UpdateClaim, update);
  v1::DeleteClaimRequest remove;
  remove.set_name("claims/c14000");
  remove.set_reason("for the test");
  Ok(&Claims::DeleteClaim, remove);
  for (size_t i = 0; i + 1 < whole.pieces.size(); ++i) {
    v1::ExportRequest request;
    request.set_page_token(whole.pieces[i].page_token());
    const Exported rest = Export(request);
    ASSERT_TRUE(rest.status.ok()) << Show(rest.status);
    Exported joined;
    joined.pieces.assign(whole.pieces.begin(), whole.pieces.begin() + i + 1);
    joined.pieces.insert(joined.pieces.end(), rest.pieces.begin(), rest.pieces.end());
    EXPECT_TRUE(joined.bytes() == whole.bytes()) << "after message " << i;
    EXPECT_EQ(rest.pieces.front().read_sequence(), whole.pieces.front().read_sequence());
  }
  v1::ExportRequest then;
  then.mutable_read()->set_sequence(whole.pieces.front().read_sequence());
  EXPECT_TRUE(Export(then).bytes() == whole.bytes());
  EXPECT_EQ(Export().records().size(), whole.records().size() + 1999);
}

TEST_F(ExportTest, LargeRecordsComeAFewAMessage) {
  MakeStory();
  const std::string text(900'000, 'x');
  for (int i = 0; i < 6; ++i) {
    v1::CreateDocumentRequest document = NewDocument(absl::StrCat("large", i), "s");
    document.mutable_document()->set_text(absl::StrCat(i, text));
    Ok(&Documents::CreateDocument, document);
  }
  const Exported exported = Export("kinds: RESOURCE_KIND_DOCUMENT");
  EXPECT_EQ(exported.records().size(), 7u);
  EXPECT_GE(exported.pieces.size(), 6u);
  for (const v1::ExportResponse& piece : exported.pieces)
    EXPECT_LT(piece.ByteSizeLong(), size_t{1} << 20);
}

TEST_F(ExportTest, FiltersAreThoseOfTheLists) {
  MakeStory();
  v1::CreateClaimRequest tagged = NewClaim("b");
  tagged.mutable_claim()->add_tags("kept");
  tagged.mutable_claim()->set_subject_date("2025-08");
  Ok(&Claims::CreateClaim, tagged);
  tagged.set_claim_id("a");
  tagged.mutable_claim()->set_subject_date("2025-09");
  Ok(&Claims::CreateClaim, tagged);
  EXPECT_THAT(Names("kinds: RESOURCE_KIND_CLAIM claims { tag: 'kept' }"),
              ElementsAre("claims/a", "claims/b"));
  // In the order of names, though their days are in another.
  EXPECT_THAT(Names("kinds: RESOURCE_KIND_CLAIM claims { subject_from: '2025-01' }"),
              ElementsAre("claims/a", "claims/b"));
  EXPECT_THAT(Names("kinds: RESOURCE_KIND_CLAIM claims { tag: 'kept' subject_from: '2025-09' }"),
              ElementsAre("claims/a"));
  EXPECT_THAT(Names("kinds: RESOURCE_KIND_ATTRIBUTION kinds: RESOURCE_KIND_SOURCE attributions { "
                    "parent: 'claims/-' source: 'sources/t' document: 'documents/d' }"),
              ElementsAre("sources/s", "sources/t", "sources/u", "claims/c/attributions/t"));
  EXPECT_THAT(Names("kinds: RESOURCE_KIND_ATTRIBUTION attributions { parent: 'claims/b' }"),
              IsEmpty());
}

TEST_F(ExportTest, RefusesWhatNoExportGives) {
  EXPECT_EQ(Refusal("claims { page_size: 3 }"), "claims.page_size");
  EXPECT_EQ(Refusal("sources { show_deleted: true }"), "sources.show_deleted");
  EXPECT_EQ(Refusal("claims { standing: STANDING_SINGLE_LINE }"), "claims.standing");
  EXPECT_EQ(Refusal("claims { flags: FLAG_KIND_ASKED }"), "claims.flags");
  EXPECT_EQ(Refusal("documents { read { sequence: 1 } }"), "documents.read");
  EXPECT_EQ(Refusal("documents { published_from: '../2025' }"), "documents.published_from");
  EXPECT_EQ(Refusal("attributions { source: 'sources/s' }"), "attributions.parent");
  EXPECT_EQ(Refusal("kinds: RESOURCE_KIND_UNSPECIFIED"), "kinds[0]");
  EXPECT_EQ(Refusal("kinds: RESOURCE_KIND_CLAIM kinds: RESOURCE_KIND_CLAIM"), "kinds[1]");
  EXPECT_EQ(Refusal("page_token: 'nonsense'"), "page_token");
  EXPECT_EQ(Export("read { sequence: 99 }").status.error_code(), grpc::StatusCode::OUT_OF_RANGE);
}

TEST_F(ExportTest, ATokenIsOfItsExportAlone) {
  MakeClaims(2000);
  v1::ExportRequest request;
  request.set_page_token(Export().pieces.front().page_token());
  request.set_include_server_made(true);
  const Exported other = Export(request);
  EXPECT_THAT(BadFields(other.status), ElementsAre("page_token"));
}

TEST_F(ExportTest, AReaderThatTakesNothingHoldsUpNobodyAndTheThirtyThirdIsRefused) {
  MakeClaims(10'000);
  MakeClaims(10'000, "d");
  // gRPC is not to read far ahead for those who do not.
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 64 << 10);
  const auto channel =
      grpc::CreateCustomChannel(server_.address(), grpc::InsecureChannelCredentials(), arguments);
  std::vector<std::unique_ptr<Exporting>> exports;
  v1::ExportResponse piece;
  for (int i = 0; i < 32; ++i) {
    exports.push_back(std::make_unique<Exporting>(channel, v1::ExportRequest()));
    ASSERT_TRUE(exports.back()->Next(&piece));
  }
  EXPECT_EQ(Ok(&Claims::GetClaim, ClaimNamed("c10000")).name(), "claims/c10000");
  const Exported refused = Export();
  EXPECT_EQ(refused.status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(ReasonOf(refused.status), "TOO_MANY_STREAMS");
  // One that is cancelled makes room.
  exports.front()->Cancel();
  EXPECT_EQ(exports.front()->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(Eventually([&] { return Export("kinds: RESOURCE_KIND_SOURCE").status.ok(); }));
  for (size_t i = 1; i < exports.size(); ++i) {
    exports[i]->Cancel();
    exports[i]->Finish();
  }
}

TEST_F(ExportTest, AShutdownDoesNotWaitForReaders) {
  MakeClaims(10'000);
  MakeClaims(10'000, "d");
  Exporting exporting(client(), v1::ExportRequest());
  v1::ExportResponse piece;
  ASSERT_TRUE(exporting.Next(&piece));
  const absl::Time begun = absl::Now();
  server_.Restart(absl::Seconds(60));
  EXPECT_LT(absl::Now() - begun, absl::Seconds(20));
  while (exporting.Next(&piece)) {
  }
  EXPECT_FALSE(exporting.Finish().ok());
}

}  // namespace
}  // namespace headwater::integration
