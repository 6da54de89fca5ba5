#include "exchange/severed.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::exchange {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Lines(const SeveredReferences& references) {
  std::vector<std::string> lines;
  for (const SeveredReference& one : references.Found())
    lines.push_back(absl::StrCat(one.from, " ", one.to));
  return lines;
}

TEST(SeveredReferences, AreThoseThatNoRecordAnswers) {
  SeveredReferences references;
  EXPECT_THAT(Lines(references), IsEmpty());
  references.Add("b", {"a", "c", "gone", "gone"});  // "c" comes later
  references.Add("a", {"lost", "gone", "a"});
  references.Add("c", {"b", "a"});
  EXPECT_THAT(Lines(references), ElementsAre("a gone", "a lost", "b gone"));
}

TEST(SeveredReferences, EndWhenTheirRecordComes) {
  SeveredReferences references;
  for (int i = 0; i < 1000; ++i) references.Add(absl::StrCat(i), {absl::StrCat(i + 1)});
  EXPECT_THAT(Lines(references), ElementsAre("999 1000"));
  references.Add("1000", {"0"});
  EXPECT_THAT(Lines(references), IsEmpty());
}

}  // namespace
}  // namespace headwater::exchange
