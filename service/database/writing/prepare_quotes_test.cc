// Quotes in requests of many kinds, which the API's batches do not make, and what a preparation
// reads and relies on for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/worker_pool.h"
#include "database/database.h"
#include "database/writing/preparer.h"
#include "database/writing/write_request.h"
#include "google/protobuf/text_format.h"
#include "kv/fault_engine.h"
#include "kv/memory_engine.h"

namespace headwater::database {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

template <class Message>
Message From(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// Counts the texts that are read, and says of none that it is in memory where that is not wanted.
class TextsCounted final : public kv::Snapshot {
 public:
  explicit TextsCounted(std::shared_ptr<const kv::Snapshot> within) : within_(std::move(within)) {}

  uint64_t head() const override { return within_->head(); }
  absl::StatusOr<std::optional<std::string>> Get(kv::Keyspace keyspace, absl::string_view key,
                                                 kv::Patience patience) const override {
    if (keyspace == kv::Keyspace::kBlobs) {
      if (patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
      ++texts_read;
    }
    return within_->Get(keyspace, key, patience);
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      kv::Keyspace keyspace, absl::Span<const std::string> keys,
      kv::Patience patience) const override {
    return within_->MultiGet(keyspace, keys, patience);
  }
  absl::StatusOr<std::optional<kv::Row>> Version(kv::Keyspace keyspace, absl::string_view name,
                                                 absl::string_view from,
                                                 kv::Patience patience) const override {
    return within_->Version(keyspace, name, from, patience);
  }
  std::unique_ptr<kv::Cursor> Range(kv::Keyspace keyspace, absl::string_view begin,
                                    absl::string_view end, kv::Patience patience) const override {
    return within_->Range(keyspace, begin, end, patience);
  }

  mutable int texts_read = 0;

 private:
  const std::shared_ptr<const kv::Snapshot> within_;
};

// A source s, a claim c, a document d "Some words." and an attribution a that quotes "words" of it.
class PrepareQuotesTest : public ::testing::Test {
 protected:
  PrepareQuotesTest() {
    Options options;
    options.pool = &pool_;
    options.follow = false;
    database_ = *Database::Open(std::make_unique<kv::FaultEngine>(engine_), options);
    Make(From<v1::CreateSourceRequest>(
        "source_id: 's' source { kind: SOURCE_KIND_PERSON display_name: 's' }"));
    Make(From<v1::CreateClaimRequest>(
        "claim_id: 'c' claim { text: 'c' language: 'en' nature: CLAIM_NATURE_FACT }"));
    Make(NewDocument("d", "Some words."));
    Make(Quoting("a", "d", "exact: 'words' position { start: 5 end: 10 }"));
  }

  template <class Request>
  void Make(const Request& request) {
    const Reply reply = database_->WriteAndWait(request);
    EXPECT_TRUE(reply.ok()) << reply.status();
  }

  static v1::CreateDocumentRequest NewDocument(const std::string& id, const std::string& text) {
    return From<v1::CreateDocumentRequest>(
        absl::StrCat("document_id: '", id, "' document { publisher: 'sources/s' title: 't' text: '",
                     text, "' }"));
  }
  static v1::UpdateDocumentRequest Retold(const std::string& id, const std::string& text) {
    return From<v1::UpdateDocumentRequest>(
        absl::StrCat("document { name: 'documents/", id, "' text: '", text, "' }"));
  }
  static v1::CreateAttributionRequest Quoting(const std::string& id, const std::string& document,
                                              const std::string& quote) {
    return From<v1::CreateAttributionRequest>(absl::StrCat(
        "parent: 'claims/c' attribution_id: '", id,
        "' attribution { source: 'sources/s' stance: STANCE_ASSERTS document: 'documents/",
        document, "' quote { ", quote, " } }"));
  }
  static v1::UpdateAttributionRequest Changed(const std::string& id, const std::string& fields) {
    return From<v1::UpdateAttributionRequest>(
        absl::StrCat("attribution { name: 'claims/c/attributions/", id, "' ", fields, " }"));
  }

  template <class... Requests>
  static WriteRequest Together(const Requests&... requests) {
    WriteRequest all;
    all.batch = true;
    (all.operations.push_back(
         internal::ToOperation(std::make_unique<Requests>(requests).get(),
                               absl::StrCat("requests[", all.operations.size(), "]."))),
     ...);
    return all;
  }

  absl::StatusOr<Prepared> Prepare(const WriteRequest& request,
                                   kv::Patience patience = kv::Patience::kMayWait) {
    View view;
    snapshot_ = std::make_shared<TextsCounted>(*engine_->TakeSnapshot());
    view.snapshot = snapshot_;
    view.head = snapshot_->head();
    return database::Prepare(request, view, patience, SecureRandom());
  }

  const std::shared_ptr<kv::Engine> engine_ = kv::NewMemoryEngine();
  WorkerPool pool_{2, 100};
  std::unique_ptr<Database> database_;
  std::shared_ptr<TextsCounted> snapshot_;
};

TEST_F(PrepareQuotesTest, TheTextIsThatOfTheRequestInWhateverOrder) {
  const auto document = NewDocument("n", "New words.");
  const auto told = Quoting("n", "n", "exact: 'words' position { start: 4 end: 9 }");
  const auto untrue = Quoting("n", "n", "exact: 'words' position { start: 5 end: 10 }");
  for (const WriteRequest& request : {Together(document, told), Together(told, document)}) {
    const auto prepared = Prepare(request);
    ASSERT_TRUE(prepared.ok()) << prepared.status();
    EXPECT_EQ(prepared->changes.size(), 2U);
  }
  const absl::Status first = Prepare(Together(untrue, document)).status();
  EXPECT_TRUE(absl::IsInvalidArgument(first)) << first;
  EXPECT_THAT(std::string(first.message()),
              HasSubstr("requests[0].attribution.quote.position spans other words; nearest, the "
                        "quote stands at 4 to 9"));
  EXPECT_TRUE(absl::IsInvalidArgument(Prepare(Together(document, untrue)).status()));
}

TEST_F(PrepareQuotesTest, ATextAndWhatIsQuotedOfItMayChangeTogether) {
  const auto text = Retold("d", "More than some words.");
  const auto quote = Changed("a", "quote { exact: 'words' position { start: 15 end: 20 } }");
  for (const WriteRequest& request : {Together(text, quote), Together(quote, text)}) {
    const auto prepared = Prepare(request);
    EXPECT_TRUE(prepared.ok()) << prepared.status();
  }
  EXPECT_TRUE(absl::IsFailedPrecondition(Prepare(Together(text)).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Prepare(Together(quote)).status()));
  const absl::Status note = Prepare(Together(Changed("a", "note: 'n'"), text)).status();
  EXPECT_TRUE(absl::IsInvalidArgument(note)) << "its quote stays, and is untrue: " << note;
  const auto moved = Changed("a", "document: 'documents/n' quote { exact: 'on' }");
  EXPECT_TRUE(Prepare(Together(text, moved, NewDocument("n", "On and on."))).ok());
  EXPECT_TRUE(Prepare(Together(text, From<v1::DeleteAttributionRequest>(
                                         "name: 'claims/c/attributions/a' reason: 'r'")))
                  .ok());
}

TEST_F(PrepareQuotesTest, ReadsATextOnceAndNeverInPassing) {
  WriteRequest many;
  many.batch = true;
  for (int i = 0; i < 40; ++i) {
    auto request = Quoting(absl::StrCat("m", i), "d", "exact: 'words'");
    many.operations.push_back(internal::ToOperation(&request, absl::StrCat("requests[", i, "].")));
  }
  EXPECT_TRUE(kv::IsWouldBlock(Prepare(many, kv::Patience::kCacheOnly).status()));
  ASSERT_TRUE(Prepare(many).ok());
  EXPECT_EQ(snapshot_->texts_read, 1);
  // What does not touch a quote reads none.
  ASSERT_TRUE(Prepare(Together(Changed("a", "note: 'n'")), kv::Patience::kCacheOnly).ok());
}

TEST_F(PrepareQuotesTest, NotesWhatItReliesOn) {
  const auto quoting = Prepare(Together(Quoting("n", "d", "exact: 'words'")));
  ASSERT_TRUE(quoting.ok());
  EXPECT_THAT(quoting->reliance.unchanged, Contains(HashOf(*keys::Name::Parse("documents/d"))));
  // Whoever changes the text must see a quote that came by an update, too.
  const auto requoting = Prepare(Together(Changed("a", "quote { exact: 'Some' }")));
  ASSERT_TRUE(requoting.ok());
  EXPECT_THAT(requoting->reliance.unchanged, Contains(HashOf(*keys::Name::Parse("documents/d"))));
  EXPECT_THAT(requoting->reliance.live, Contains(HashOf(*keys::Name::Parse("documents/d"))));
  const auto noting = Prepare(Together(Changed("a", "note: 'n'")));
  ASSERT_TRUE(noting.ok());
  EXPECT_THAT(noting->reliance.unchanged, Not(Contains(HashOf(*keys::Name::Parse("documents/d")))));
  const auto telling = Prepare(Together(Retold("d", "Some words!")));
  ASSERT_TRUE(telling.ok());
  EXPECT_THAT(telling->reliance.unreferenced, Contains(HashOf(*keys::Name::Parse("documents/d"))));
  const auto renaming = Prepare(
      Together(From<v1::UpdateDocumentRequest>("document { name: 'documents/d' title: 'other' }")));
  ASSERT_TRUE(renaming.ok());
  EXPECT_THAT(renaming->reliance.unreferenced,
              Not(Contains(HashOf(*keys::Name::Parse("documents/d")))));
}

// Quotes without positions are looked for all over a text: not in more than a request may.
TEST_F(PrepareQuotesTest, DoesNotSearchForEver) {
  Make(NewDocument("long", std::string(999'990, '.') + "words"));
  WriteRequest many;
  many.batch = true;
  const auto add = [&many](const std::string& quote) {
    auto request = Quoting(absl::StrCat("m", many.operations.size()), "long", quote);
    many.operations.push_back(
        internal::ToOperation(&request, absl::StrCat("requests[", many.operations.size(), "].")));
  };
  while (many.operations.size() * 999'995 < kMostSearchedBytes - 999'995) add("exact: 'words'");
  EXPECT_TRUE(Prepare(many).ok());
  add("exact: 'words' position { start: 999990 end: 999995 }");
  EXPECT_TRUE(Prepare(many).ok()) << "one with a position costs nothing";
  add("exact: 'words'");
  const absl::Status status = Prepare(many).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("give positions, or send fewer"));
}

}  // namespace
}  // namespace headwater::database
