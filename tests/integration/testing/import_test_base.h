// For the integration tests: imports as streams, and rows in a word.
#ifndef HEADWATER_TESTS_INTEGRATION_TESTING_IMPORT_TEST_BASE_H_
#define HEADWATER_TESTS_INTEGRATION_TESTING_IMPORT_TEST_BASE_H_

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "headwater/v1/exchange_service.grpc.pb.h"
#include "testing/api_test_base.h"

namespace headwater::integration {

using Rows = std::vector<v1::Record>;

// One stream of an import.
class Importing {
 public:
  explicit Importing(const Client& client)
      : stub_(v1::ExchangeService::NewStub(client.channel())), stream_(stub_->Import(&context_)) {}

  bool Send(const v1::ImportRequest& request) { return stream_->Write(request); }
  // Reads up to the next answer without `more`, gathering errors; false where the stream is over.
  bool Read(v1::ImportResponse* answer) {
    answer->Clear();
    v1::ImportResponse piece;
    do {
      if (!stream_->Read(&piece)) return false;
      v1::ImportResponse gathered = piece;
      *gathered.mutable_errors() = answer->errors();
      gathered.mutable_errors()->MergeFrom(piece.errors());
      *answer = std::move(gathered);
    } while (piece.more());
    return true;
  }
  grpc::Status Finish() {
    stream_->WritesDone();
    v1::ImportResponse rest;
    while (stream_->Read(&rest)) {
    }
    return stream_->Finish();
  }
  void Cancel() { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<v1::ExchangeService::Stub> stub_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::ImportRequest, v1::ImportResponse>> stream_;
};

inline v1::ImportRequest Config(const std::string& config) {
  v1::ImportRequest request;
  *request.mutable_config() = From<v1::ImportConfig>(config);
  return request;
}

inline v1::ImportRequest Chunk(const Rows& rows, size_t begin, size_t end, bool complete = false) {
  v1::ImportRequest request;
  request.set_offset(static_cast<int64_t>(begin));
  for (size_t i = begin; i < end; ++i) *request.add_records() = rows[i];
  request.set_complete(complete);
  return request;
}

inline v1::Record Source(const std::string& id, const std::string& more = "") {
  return From<v1::Record>(absl::StrCat("source { name: 'sources/", id, "' display_name: '", id,
                                       "' kind: SOURCE_KIND_NEWS_OUTLET ", more, " }"));
}
inline v1::Record Claim(const std::string& id, const std::string& text = "It is so.") {
  return From<v1::Record>(absl::StrCat("claim { name: 'claims/", id, "' text: '", text,
                                       "' language: 'en' nature: CLAIM_NATURE_FACT }"));
}
inline v1::Record Document(const std::string& id, const std::string& publisher,
                           const std::string& more = "") {
  return From<v1::Record>(absl::StrCat("document { name: 'documents/", id, "' title: '", id,
                                       "' publisher: 'sources/", publisher, "' ", more, " }"));
}
inline v1::Record Attribution(const std::string& claim, const std::string& source,
                              const std::string& document, const std::string& cited = "",
                              const std::string& more = "") {
  const std::string cites = cited.empty() ? ""
                                          : absl::StrCat("cites { attribution: 'claims/", claim,
                                                         "/attributions/", cited, "' }");
  return From<v1::Record>(absl::StrCat("attribution { name: 'claims/", claim, "/attributions/",
                                       source, "' source: 'sources/", source,
                                       "' document: 'documents/", document,
                                       "' stance: STANCE_ASSERTS ", cites, " ", more, " }"));
}

// A story of `n` outlets, each with a document, who assert `n` claims, the second citing the first
// and so on, and the first the last: circles. In the order of an export.
inline Rows Story(int n) {
  Rows rows;
  const auto id = [](int i) { return absl::StrCat("x", 100 + i); };
  for (int i = 0; i < n; ++i) rows.push_back(Source(id(i)));
  for (int i = 0; i < n; ++i) rows.push_back(Document(id(i), id(i)));
  for (int i = 0; i < n; ++i) rows.push_back(Claim(id(i)));
  for (int c = 0; c < n; ++c) {
    for (int s = 0; s < n; ++s) rows.push_back(Attribution(id(c), id(s), id(s), id((s + 1) % n)));
  }
  return rows;
}

class ImportTest : public ApiTest {
 protected:
  // Sends it all in chunks of `size`; the last answer, its errors those of all.
  v1::ImportResponse Import(const std::string& config, const Rows& rows, size_t size = 100) {
    return ImportTo(client(), config, rows, size);
  }
  v1::ImportResponse ImportTo(const Client& to, const std::string& config, const Rows& rows,
                              size_t size = 100) {
    Importing importing(to);
    importing.Send(Config(config));
    v1::ImportResponse answer;
    EXPECT_TRUE(importing.Read(&answer)) << Show(importing.Finish());
    v1::ImportResponse all;
    for (size_t i = 0; i == 0 || i < rows.size(); i += size) {
      const size_t end = std::min(rows.size(), i + size);
      importing.Send(Chunk(rows, i, end, end == rows.size()));
      if (!importing.Read(&answer)) {
        ADD_FAILURE() << Show(importing.Finish());
        return all;
      }
      all.mutable_errors()->MergeFrom(answer.errors());
    }
    EXPECT_TRUE(answer.done());
    EXPECT_TRUE(importing.Finish().ok());
    *answer.mutable_errors() = std::move(*all.mutable_errors());
    return answer;
  }

  // All that an export gives out.
  Rows RecordsFrom(const Client& from) {
    grpc::ClientContext context;
    const auto stub = v1::ExchangeService::NewStub(from.channel());
    const auto reader = stub->Export(&context, v1::ExportRequest());
    Rows records;
    for (v1::ExportResponse piece; reader->Read(&piece);) {
      for (v1::Record& record : *piece.mutable_records()) records.push_back(std::move(record));
    }
    EXPECT_TRUE(reader->Finish().ok());
    return records;
  }
  std::string ExportFrom(const Client& from) {
    std::string bytes;
    for (const v1::Record& record : RecordsFrom(from))
      absl::StrAppend(&bytes, record.SerializeAsString());
    return bytes;
  }
  std::string Export() { return ExportFrom(client()); }

  // What an undisturbed import of these rows exports.
  std::string Undisturbed(const Rows& rows) {
    TestServer other;
    ImportTo(other.client(), "import_id: 'undisturbed'", rows);
    return ExportFrom(other.client());
  }
};

// "row name field REASON" of each error.
inline std::vector<std::string> Told(const v1::ImportResponse& response) {
  std::vector<std::string> told;
  for (const v1::RowError& error : response.errors())
    told.push_back(
        absl::StrCat(error.row(), " ", error.name(), " ", error.field(), " ", error.reason()));
  return told;
}

inline std::string Counts(const v1::ImportResponse& response) {
  return response.counts().ShortDebugString();
}

}  // namespace headwater::integration

#endif  // HEADWATER_TESTS_INTEGRATION_TESTING_IMPORT_TEST_BASE_H_
