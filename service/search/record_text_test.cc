#include "search/record_text.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

template <class Message>
Message Parsed(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

std::vector<std::string> TextsOf(const IndexedText& text, Field field) {
  std::vector<std::string> texts;
  for (const FieldText& each : text.fields) {
    if (each.field == field) texts.push_back(each.language + ":" + each.text);
  }
  return texts;
}

TEST(RecordText, AClaimIsFoundByAllThatIsSaidOfIt) {
  const auto claim = Parsed<v1::Claim>(R"(
      name: "claims/x" text: "It failed" language: "en" tags: "h20"
      translations { language: "vi" text: "Nó thất bại" }
      about { name: "Huawei" uri: "http://www.wikidata.org/entity/Q160120" })");
  const auto attribution = Parsed<v1::Attribution>(R"(
      name: "claims/x/attributions/ft" source: "sources/ft" document: "documents/d"
      stance: STANCE_ASSERTS quote { exact: "has failed" })");
  const auto document =
      Parsed<v1::Document>(R"(name: "documents/d" title: "A headline" language: "de")");
  const auto source = Parsed<v1::Source>(R"(name: "sources/ft" display_name: "Financial Times")");
  const auto review = Parsed<v1::Review>(R"(
      name: "claims/x/reviews/r" title: "Did it?" claim_reviewed: "It has failed")");
  const std::vector<Telling> tellings = {{&attribution, &document, &source},
                                         {&attribution, &document, nullptr}};
  const std::vector<const v1::Review*> reviews = {&review};
  const IndexedText text = TextOfClaim(claim, tellings, reviews);
  EXPECT_EQ(text.id, "x");
  EXPECT_THAT(TextsOf(text, Field::kStatement), ElementsAre("en:It failed"));
  EXPECT_THAT(TextsOf(text, Field::kTranslation), ElementsAre("vi:Nó thất bại"));
  EXPECT_THAT(TextsOf(text, Field::kQuote), ElementsAre("de:has failed"));
  EXPECT_THAT(TextsOf(text, Field::kTitle), ElementsAre("und:Did it?", "de:A headline"));
  EXPECT_THAT(TextsOf(text, Field::kReviewed), ElementsAre("und:It has failed"));
  EXPECT_THAT(TextsOf(text, Field::kSource), ElementsAre("en:Financial Times"));
  EXPECT_THAT(text.names, ElementsAre("Huawei"));
  EXPECT_THAT(
      text.filters,
      IsSupersetOf({FilterOf(FilterField::kSource, "sources/ft"),
                    FilterOf(FilterField::kAbout, "HUAWEI"),
                    FilterOf(FilterField::kAbout, "http://www.wikidata.org/entity/Q160120"),
                    FilterOf(FilterField::kTag, "h20"), FilterOf(FilterField::kLanguage, "vi"),
                    FilterOf(FilterField::kStance, "asserts")}));
}

TEST(RecordText, IsBounded) {
  v1::Claim claim = Parsed<v1::Claim>(R"(name: "claims/x" text: "It failed" language: "en")");
  std::vector<v1::Attribution> attributions(300);
  std::vector<Telling> tellings;
  for (size_t i = 0; i < attributions.size(); ++i) {
    attributions[i].set_source("sources/s" + std::to_string(i));
    attributions[i].mutable_quote()->set_exact(std::string(3 * kMaxFieldBytes, 'a') +
                                               std::to_string(i));
    tellings.push_back({&attributions[i], nullptr, nullptr});
  }
  attributions[0].mutable_quote()->set_exact("short");
  const IndexedText text = TextOfClaim(claim, tellings, {});
  EXPECT_LE(text.fields.size(), kMaxFields);
  EXPECT_LE(text.filters.size(), kMaxFilters);
  EXPECT_THAT(TextsOf(text, Field::kQuote),
              ElementsAre("und:short", "und:" + std::string(kMaxFieldBytes, 'a')));
}

TEST(RecordText, IsBoundedAltogether) {
  v1::Claim claim = Parsed<v1::Claim>(R"(name: "claims/x" text: "It failed" language: "en")");
  for (char c = 'a'; c <= 'z'; ++c) {
    v1::LocalizedText& translation = *claim.add_translations();
    translation.set_language("de");
    translation.set_text(std::string(kMaxFieldBytes, c));
  }
  size_t bytes = 0;
  const IndexedText text = TextOfClaim(claim, {}, {});
  for (const FieldText& field : text.fields) bytes += field.text.size();
  EXPECT_EQ(bytes, kMaxTextBytes);
  EXPECT_EQ(text.fields.front().text, "It failed");
}

TEST(RecordText, ASourceIsFoundByItsNames) {
  const auto source = Parsed<v1::Source>(R"(
      name: "sources/ft" display_name: "Financial Times" aliases: "FT" domains: "ft.com"
      localized_names { language: "vi" text: "Thời báo Tài chính" })");
  const IndexedText text = TextOfSource(source);
  EXPECT_THAT(TextsOf(text, Field::kName),
              ElementsAre("und:Financial Times", "vi:Thời báo Tài chính"));
  EXPECT_THAT(TextsOf(text, Field::kAlias), ElementsAre("und:FT", "und:ft.com"));
  EXPECT_THAT(text.names, ElementsAre("FT", "Financial Times", "Thời báo Tài chính"));
}

}  // namespace
}  // namespace headwater::search
