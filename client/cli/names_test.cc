#include "cli/names.h"

#include "cli/failure.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "headwater/v1/attribution_service.pb.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;

const Kind& KindFor(const char* word) { return *exchange::FindKind(word); }

TEST(ResolveName, CompletesWhereTheKindIsClear) {
  EXPECT_EQ(*ResolveName(KindFor("claim"), "x"), "claims/x");
  EXPECT_EQ(*ResolveName(KindFor("claim"), "claims/x"), "claims/x");
  EXPECT_EQ(*ResolveName(KindFor("attribution"), "x/ft"), "claims/x/attributions/ft");
  EXPECT_EQ(*ResolveName(KindFor("attribution"), "claims/x/ft"), "claims/x/attributions/ft");
  EXPECT_EQ(*ResolveName(KindFor("review"), "claims/x/reviews/y"), "claims/x/reviews/y");
  // An id that no server would take is the server's to refuse.
  EXPECT_EQ(*ResolveName(KindFor("claim"), "Not An Id"), "claims/Not An Id");
}

TEST(ResolveName, RefusesOtherKinds) {
  for (const char* text : {"sources/x", "", "x/", "a/b/c", "claims/x/attributions/y"}) {
    const auto name = ResolveName(KindFor("claim"), text);
    EXPECT_EQ(ExitCodeOf(name.status()), kUsage) << text;
  }
  EXPECT_THAT(std::string(ResolveName(KindFor("claim"), "sources/x").status().message()),
              HasSubstr("is a source, not a claim"));
  EXPECT_THAT(std::string(ResolveName(KindFor("attribution"), "ft").status().message()),
              HasSubstr("CLAIM/ID"));
}

TEST(ResolveParent, TakesAnyClaim) {
  EXPECT_EQ(*ResolveParent("-"), "claims/-");
  EXPECT_EQ(*ResolveParent("claims/-"), "claims/-");
  EXPECT_EQ(*ResolveParent("x"), "claims/x");
}

TEST(ResolveNewName, LeavesTheIdToTheServer) {
  const auto resolve = [](const char* word, const char* text) {
    const auto name = ResolveNewName(KindFor(word), text);
    return name.ok() ? name->parent + " " + name->id : std::string("refused");
  };
  EXPECT_EQ(resolve("claim", ""), " ");
  EXPECT_EQ(resolve("claim", "x"), " x");
  EXPECT_EQ(resolve("claim", "claims/x"), " x");
  EXPECT_EQ(resolve("attribution", "x"), "claims/x ");
  EXPECT_EQ(resolve("attribution", "claims/x"), "claims/x ");
  EXPECT_EQ(resolve("attribution", "x/ft"), "claims/x ft");
  EXPECT_EQ(resolve("attribution", "claims/x/attributions/ft"), "claims/x ft");
  EXPECT_EQ(resolve("attribution", ""), "refused");
  EXPECT_EQ(resolve("attribution", "claims/x/reviews/ft"), "refused");
}

TEST(ResolveReference, GoesByTheRule) {
  const auto* request = v1::ListAttributionsRequest::descriptor();
  const auto& source = *request->FindFieldByName("source");
  EXPECT_EQ(ResolveReference(source, "ft"), "sources/ft");
  EXPECT_EQ(ResolveReference(source, "sources/ft"), "sources/ft");
  EXPECT_EQ(ResolveReference(source, "a/b"), "a/b");
  EXPECT_EQ(ResolveReference(source, ""), "");
  const auto& cites = *request->FindFieldByName("cites");
  EXPECT_EQ(ResolveReference(cites, "ft"), "sources/ft");
  EXPECT_EQ(ResolveReference(cites, "x/ft"), "claims/x/attributions/ft");
  const auto& plain = *v1::Attribution::descriptor()->FindFieldByName("note");
  EXPECT_EQ(ResolveReference(plain, "ft"), "ft");
}

}  // namespace
}  // namespace headwater::cli
