// Imports whose rows are judged before those that came earlier are committed: it must come to the
// same, and stand beside what others write meanwhile.
#include <atomic>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "testing/import_test_base.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAreArray;

class Dice {
 public:
  explicit Dice(uint32_t seed) : random_(seed) {}
  // From 0 to below `n`.
  int operator()(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
  template <class Item>
  const Item& Of(const std::vector<Item>& items) {
    return items[static_cast<size_t>((*this)(static_cast<int>(items.size())))];
  }

 private:
  std::mt19937 random_;
};

const std::vector<std::string> kTexts = {"Three people told us so.", "Three people told them so.",
                                         "Nobody told us so.", ""};
const std::vector<std::string> kQuotes = {"Three people", "told us", "told them", "Nobody", ""};

v1::Record RandomRow(Dice& dice) {
  const auto id = [&] { return absl::StrCat("x", dice(4)); };
  switch (dice(6)) {
    case 0: {
      v1::Record source = Source(id());
      if (dice(4) == 0) source.mutable_source()->set_kind(v1::SOURCE_KIND_ANONYMOUS);
      return source;
    }
    case 1:
    case 2: {
      v1::Record document = Document(id(), id());
      document.mutable_document()->set_text(dice.Of(kTexts));
      return document;
    }
    case 3:
      return Claim(id(), dice(5) == 0 ? "It is otherwise." : "It is so.");
    default: {
      v1::Record attribution = Attribution(id(), id(), id(), dice(3) == 0 ? id() : "");
      if (const std::string& quote = dice.Of(kQuotes); !quote.empty())
        attribution.mutable_attribution()->mutable_quote()->set_exact(quote);
      return attribution;
    }
  }
}

// Sends all chunks without waiting for an answer; the last one, its errors those of all.
v1::ImportResponse ImportAhead(const Client& to, const v1::ImportRequest& config, const Rows& rows,
                               size_t size) {
  Importing importing(to);
  importing.Send(config);
  v1::ImportResponse answer;
  EXPECT_TRUE(importing.Read(&answer)) << Show(importing.Finish());
  std::thread sender([&] {
    for (size_t i = 0; i < rows.size(); i += size) {
      const size_t end = std::min(rows.size(), i + size);
      importing.Send(Chunk(rows, i, end, end == rows.size()));
    }
  });
  v1::ImportResponse all;
  for (size_t i = 0; i < rows.size(); i += size) {
    if (!importing.Read(&answer)) {
      sender.join();
      ADD_FAILURE() << "at row " << i << ": " << Show(importing.Finish());
      return all;
    }
    EXPECT_EQ(answer.acknowledged_offset(), std::min(rows.size(), i + size));
    all.mutable_errors()->MergeFrom(answer.errors());
  }
  sender.join();
  EXPECT_TRUE(answer.done());
  EXPECT_TRUE(importing.Finish().ok());
  *answer.mutable_errors() = std::move(*all.mutable_errors());
  return answer;
}

TEST_F(ImportTest, RowsJudgedAheadComeToTheSameAsOneChunkAfterTheOther) {
  for (uint32_t seed = 0; seed < 25; ++seed) {
    Dice dice(seed);
    Rows rows;
    while (rows.size() < 80) rows.push_back(RandomRow(dice));
    const auto size = static_cast<size_t>(1 + dice(9));
    const std::string config = absl::StrCat("import_id: 'i' on_existing: ", 1 + dice(3));
    TestServer one;
    TestServer other;
    const v1::ImportResponse expected = ImportTo(one.client(), config, rows, size);
    const v1::ImportResponse ahead = ImportAhead(other.client(), Config(config), rows, size);
    EXPECT_EQ(Counts(ahead), Counts(expected)) << "seed " << seed;
    EXPECT_THAT(Told(ahead), ElementsAreArray(Told(expected))) << "seed " << seed;
    EXPECT_TRUE(ExportFrom(other.client()) == ExportFrom(one.client())) << "seed " << seed;
    if (HasFailure()) return;
  }
}

TEST_F(ImportTest, InBulkItComesToTheSame) {
  Dice dice(1);
  Rows rows = {Source("s"), Document("d", "s")};
  for (int i = 0; i < 3000; ++i) {
    const std::string id = absl::StrCat("c", i);
    rows.push_back(Claim(id, absl::StrCat("It is so, ", id, ".")));
    rows.push_back(Attribution(id, "s", i % 500 == 0 ? "missing" : "d"));
    if (dice(20) == 0) rows.push_back(RandomRow(dice));
  }
  const Rows first = {Source("first")};
  TestServer small;
  TestServer bulk;
  for (TestServer* server : {&small, &bulk}) ImportTo(server->client(), "import_id: '1'", first, 1);
  TestServer empty;  // in bulk by itself
  const v1::ImportResponse expected = ImportTo(small.client(), "import_id: 'i'", rows, 500);
  const v1::ImportResponse large =
      ImportTo(bulk.client(), "import_id: 'i' bulk: true", rows, 10'000);
  EXPECT_EQ(Counts(large), Counts(expected));
  EXPECT_THAT(Told(large), ElementsAreArray(Told(expected)));
  EXPECT_GT(expected.counts().rejected(), 10);
  EXPECT_EQ(ExportFrom(bulk.client()), ExportFrom(small.client()));
  EXPECT_EQ(Counts(ImportAhead(empty.client(), Config("import_id: 'i'"), rows, 4000)),
            Counts(expected));
  ImportTo(empty.client(), "import_id: '1'", first, 1);
  EXPECT_EQ(ExportFrom(empty.client()), ExportFrom(small.client()));
}

// What may never be: quotes that do not stand in their document, publishers whom nobody knows,
// sources and documents that are not there, though nobody was deleted by force.
void ExpectSound(const std::vector<v1::Record>& records) {
  std::map<std::string, v1::Record> named;
  for (const v1::Record& record : records) {
    if (record.has_source()) named[record.source().name()] = record;
    if (record.has_document()) named[record.document().name()] = record;
  }
  for (const v1::Record& record : records) {
    if (record.has_document() && named.contains(record.document().publisher())) {
      EXPECT_NE(named[record.document().publisher()].source().kind(), v1::SOURCE_KIND_ANONYMOUS)
          << record.ShortDebugString();
    }
    if (!record.has_attribution()) continue;
    const v1::Attribution& attribution = record.attribution();
    EXPECT_TRUE(named.contains(attribution.source())) << record.ShortDebugString();
    EXPECT_TRUE(named.contains(attribution.document())) << record.ShortDebugString();
    const std::string& text = named[attribution.document()].document().text();
    if (!text.empty()) {
      EXPECT_TRUE(absl::StrContains(text, attribution.quote().exact()));
    }
  }
}

TEST_F(ImportTest, RowsJudgedAheadStandBesideWhatOthersWrite) {
  for (uint32_t seed = 0; seed < 10; ++seed) {
    TestServer server;
    std::atomic<bool> done = false;
    // Gives documents other texts, makes sources unknown, deletes what was just made.
    std::thread others([&] {
      Dice dice(1000 + seed);
      const Client client = server.NewClient();
      while (!done) {
        const std::string id = absl::StrCat("x", dice(4));
        if (dice(3) == 0) {
          v1::UpdateSourceRequest update;
          update.mutable_source()->set_name("sources/" + id);
          update.mutable_source()->set_kind(dice(2) == 0 ? v1::SOURCE_KIND_ANONYMOUS
                                                         : v1::SOURCE_KIND_NEWS_OUTLET);
          update.mutable_update_mask()->add_paths("kind");
          client.Call(&Sources::UpdateSource, update);
        } else if (dice(3) == 0) {
          v1::DeleteDocumentRequest remove;
          remove.set_name("documents/" + id);
          remove.set_reason("for the test");
          client.Call(&Documents::DeleteDocument, remove);
        } else {
          v1::UpdateDocumentRequest update;
          update.mutable_document()->set_name("documents/" + id);
          update.mutable_document()->set_text(dice.Of(kTexts));
          update.mutable_update_mask()->add_paths("text");
          update.mutable_update_mask()->add_paths("sha256");
          client.Call(&Documents::UpdateDocument, update);
        }
      }
    });
    Dice dice(seed);
    Rows rows;
    while (rows.size() < 400) rows.push_back(RandomRow(dice));
    const v1::ImportResponse answer = ImportAhead(
        server.client(), Config("import_id: 'i' on_existing: ON_EXISTING_UPDATE"), rows, 5);
    done = true;
    others.join();
    const v1::ImportCounts& counts = answer.counts();
    EXPECT_EQ(counts.created() + counts.updated() + counts.unchanged() + counts.rejected(), 400);
    ExpectSound(RecordsFrom(server.client()));
    if (HasFailure()) return;
  }
}

// Each document is made by one chunk and quoted by the next, which is judged before that is
// committed; somebody lies in wait for the document, to give it a text in which the quote does not
// stand. Either that is refused, or the quote is.
TEST_F(ImportTest, AQuoteFromADocumentOfTheChunkBeforeHoldsAgainstWhoeverChangesIt) {
  constexpr int kDocuments = 300;
  std::atomic<int> next = 0;
  const auto change = [&] {
    const Client client = server_.NewClient();
    for (int i = 0; i < kDocuments;) {
      i = std::max(i, next.load());
      v1::UpdateDocumentRequest update;
      update.mutable_document()->set_name(absl::StrCat("documents/d", i));
      update.mutable_document()->set_text("Nobody told us so.");
      update.mutable_update_mask()->add_paths("text");
      update.mutable_update_mask()->add_paths("sha256");
      const auto answer = client.Call(&Documents::UpdateDocument, update);
      if (answer.code() == grpc::StatusCode::NOT_FOUND) continue;
      next = ++i;
    }
  };
  std::vector<std::thread> others;
  for (int i = 0; i < 3; ++i) others.emplace_back(change);
  Rows rows = {Source("a"), Claim("c")};
  for (int i = 0; i < kDocuments; ++i) {
    const std::string id = absl::StrCat("d", i);
    rows.push_back(Document(id, "a", "text: 'Three people told us so.'"));
    rows.push_back(From<v1::Record>(
        absl::StrCat("attribution { name: 'claims/c/attributions/", id,
                     "' source: 'sources/a' document: 'documents/", id,
                     "' stance: STANCE_ASSERTS quote { exact: 'Three people' } }")));
  }
  const v1::ImportResponse answer = ImportAhead(client(), Config("import_id: 'i'"), rows, 1);
  for (std::thread& other : others) other.join();
  EXPECT_EQ(answer.counts().created() + answer.counts().rejected(), rows.size());
  ExpectSound(RecordsFrom(client()));
}

}  // namespace
}  // namespace headwater::integration
