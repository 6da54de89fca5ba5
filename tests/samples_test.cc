// Holds the sample records against the reference reading of the article and, where it is at hand,
// against the article's text.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "headwater/v1/record.pb.h"

namespace headwater {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The lines of the sample, without their line feeds.
std::vector<std::string> Lines() {
  std::vector<std::string> lines = absl::StrSplit(
      ReadFile(fs::path(HEADWATER_SOURCE_DIR) / "client/samples/deepseek-huawei.ndjson"), '\n');
  EXPECT_EQ(lines.back(), "") << "the last line ends like the others";
  lines.pop_back();
  return lines;
}

std::vector<v1::Record> Records() {
  std::vector<v1::Record> records;
  for (const std::string& line : Lines()) {
    auto status = google::protobuf::util::JsonStringToMessage(line, &records.emplace_back());
    EXPECT_TRUE(status.ok()) << status.ToString() << "\n" << line;
  }
  return records;
}

std::string NameOf(const v1::Record& record) {
  switch (record.resource_case()) {
    case v1::Record::kSource:
      return record.source().name();
    case v1::Record::kDocument:
      return record.document().name();
    case v1::Record::kClaim:
      return record.claim().name();
    case v1::Record::kAttribution:
      return record.attribution().name();
    case v1::Record::kRelation:
      return record.relation().name();
    case v1::Record::kReview:
      return record.review().name();
    case v1::Record::RESOURCE_NOT_SET:
      break;
  }
  ADD_FAILURE() << "a record of no kind";
  return "";
}

std::vector<v1::Attribution> Attributions() {
  std::vector<v1::Attribution> attributions;
  for (const v1::Record& record : Records()) {
    if (record.has_attribution()) attributions.push_back(record.attribution());
  }
  return attributions;
}

std::string ClaimOf(const v1::Attribution& attribution) {
  std::vector<std::string> parts = absl::StrSplit(attribution.name(), '/');
  return parts.size() == 4 ? parts[1] : "";
}

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

// Claim id to its chain, from whoever tells it to the origin, by following the citations.
std::map<std::string, std::vector<std::string>> Chains() {
  std::map<std::string, v1::Attribution> by_name;
  std::set<std::string> cited;
  for (const v1::Attribution& attribution : Attributions()) {
    by_name[attribution.name()] = attribution;
    for (const v1::Citation& citation : attribution.cites()) cited.insert(citation.attribution());
  }
  std::map<std::string, std::vector<std::string>> chains;
  for (const auto& [name, first] : by_name) {
    if (cited.contains(name)) continue;
    const v1::Attribution* link = &first;
    std::vector<std::string>& chain = chains[ClaimOf(first)];
    EXPECT_TRUE(chain.empty()) << "two beginnings: " << name;
    chain.push_back(IdOf(link->source()));
    while (link->cites_size() == 1 && chain.size() < by_name.size()) {
      link = &by_name[link->cites(0).attribution()];
      chain.push_back(IdOf(link->source()));
    }
  }
  return chains;
}

// The article, or empty where it is not at hand.
std::string Article() {
  const char* given = std::getenv("HEADWATER_REAL_DATA");
  fs::path root = given != nullptr ? fs::path(given) : fs::path(HEADWATER_SOURCE_DIR) / "../shared";
  fs::path path = root / "article/deepseek-huawei.vi.txt";
  if (!fs::exists(path)) return "";
  return ReadFile(path);
}

// Where each code point of `text` begins, in bytes, and the end. `text` must be UTF-8.
std::vector<size_t> CodePoints(const std::string& text) {
  std::vector<size_t> begins;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) begins.push_back(i);
  }
  begins.push_back(text.size());
  return begins;
}

int CountWords(const std::string& text) {
  std::vector<std::string> words = absl::StrSplit(text, ' ', absl::SkipEmpty());
  return static_cast<int>(words.size());
}

// Export prints the records as they stand here, so that import and export make the same file again.
TEST(SamplesTest, IsCanonical) {
  std::vector<std::pair<int, std::vector<std::string>>> order;
  for (const std::string& line : Lines()) {
    v1::Record record;
    ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(line, &record).ok()) << line;
    std::string again;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(record, &again).ok());
    EXPECT_EQ(line, again);
    order.emplace_back(record.resource_case(), absl::StrSplit(NameOf(record), '/'));
  }
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(std::set(order.begin(), order.end()).size(), order.size()) << "a name twice";
}

TEST(SamplesTest, HasTheReadingsRecords) {
  std::map<int, int> kinds;
  for (const v1::Record& record : Records()) ++kinds[record.resource_case()];
  EXPECT_THAT(kinds, ElementsAre(Pair(v1::Record::kSource, 13), Pair(v1::Record::kDocument, 1),
                                 Pair(v1::Record::kClaim, 26), Pair(v1::Record::kAttribution, 56),
                                 Pair(v1::Record::kRelation, 1)));
}

TEST(SamplesTest, HasTheReadingsChains) {
  const std::vector<std::string> alone = {"tri-dat"};
  const std::vector<std::string> three = {"tri-dat", "ft", "ft-three-people"};
  EXPECT_THAT(Chains(),
              UnorderedElementsAre(
                  Pair("r2-launch-delayed", three), Pair("r1-launched-january", alone),
                  Pair("regulator-urged-ascend", three), Pair("ascend-unstable-in-training", three),
                  Pair("nvidia-trains-huawei-infers", three), Pair("r2-missed-may", three),
                  Pair("huawei-sent-engineers", three), Pair("huawei-engineers-failed", three),
                  Pair("r2-ascend-inference-work", three), Pair("liang-dissatisfied", three),
                  Pair("labelling-took-longer", ElementsAre("tri-dat", "ft", "ft-another-person")),
                  Pair("r2-within-weeks", ElementsAre("tri-dat", "chinese-media")),
                  Pair("no-reply-to-requests", ElementsAre("tri-dat", "rfi")),
                  Pair("r1-0528-released", alone), Pair("r1-0528-on-v3-base", alone),
                  Pair("r1-0528-more-compute", alone),
                  Pair("deepseek-most-users", ElementsAre("tri-dat", "questmobile")),
                  Pair("deepseek-mau-fell", ElementsAre("tri-dat", "questmobile")),
                  Pair("deepseek-share-fell", ElementsAre("tri-dat", "semianalysis")),
                  Pair("nvidia-h20-15-percent", alone),
                  Pair("leaving-china-hurts-us", ElementsAre("tri-dat", "nvidia")),
                  Pair("cac-summoned-nvidia", alone),
                  Pair("h20-has-backdoors", ElementsAre("tri-dat", "cac")),
                  Pair("nvidia-gpus-have-backdoors", ElementsAre("tri-dat", "nvidia")),
                  Pair("h20-sales-not-banned", ElementsAre("tri-dat", "reuters")),
                  Pair("firms-must-justify-h20", ElementsAre("tri-dat", "reuters"))));
}

// Whoever stands before the origin relays; only the origin speaks in its own name.
TEST(SamplesTest, OnlyOriginsSpeakInTheirOwnName) {
  std::map<std::string, int> of_source;
  std::vector<std::string> denials;
  int asks = 0;
  for (const v1::Attribution& attribution : Attributions()) {
    EXPECT_EQ(IdOf(attribution.name()), IdOf(attribution.source()));
    EXPECT_EQ(attribution.document(), "documents/deepseek-huawei");
    EXPECT_EQ(attribution.stance() == v1::STANCE_RELAYS, attribution.cites_size() == 1)
        << attribution.name();
    if (attribution.stance() == v1::STANCE_RELAYS) {
      EXPECT_EQ(attribution.basis(), v1::BASIS_UNSPECIFIED);
    }
    ++of_source[IdOf(attribution.source())];
    if (attribution.stance() == v1::STANCE_ASKS) ++asks;
    if (attribution.stance() == v1::STANCE_DENIES) {
      denials.push_back(attribution.name() + " " + attribution.said_date());
      EXPECT_EQ(attribution.denial().extent(), v1::DENIAL_EXTENT_FULL);
    }
  }
  EXPECT_EQ(of_source["reuters"], 2);
  EXPECT_EQ(of_source["ft"], 10);
  EXPECT_EQ(of_source["tri-dat"], 26);
  EXPECT_EQ(asks, 1);
  EXPECT_THAT(denials,
              ElementsAre("claims/nvidia-gpus-have-backdoors/attributions/nvidia 2025-08-06"));
}

TEST(SamplesTest, EveryClaimIsInTwoLanguagesAndNatured) {
  std::map<int, int> natures;
  for (const v1::Record& record : Records()) {
    if (!record.has_claim()) continue;
    const v1::Claim& claim = record.claim();
    ++natures[claim.nature()];
    EXPECT_EQ(claim.language(), "en") << claim.name();
    ASSERT_EQ(claim.translations_size(), 1) << claim.name();
    EXPECT_EQ(claim.translations(0).language(), "vi") << claim.name();
    EXPECT_FALSE(claim.subject_date().empty()) << claim.name();
  }
  EXPECT_THAT(natures,
              ElementsAre(Pair(v1::CLAIM_NATURE_FACT, 24), Pair(v1::CLAIM_NATURE_PREDICTION, 1),
                          Pair(v1::CLAIM_NATURE_OPINION, 1)));
}

// All names that fields of `message` refer to, by the rules in the protos.
void CollectReferences(const google::protobuf::Message& message, std::vector<std::string>* names) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    const int size = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    const bool refers = field->options().GetExtension(v1::rule).reference_size() > 0;
    for (int i = 0; i < size; ++i) {
      if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
        CollectReferences(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                               : reflection.GetMessage(message, field),
                          names);
      } else if (refers) {
        names->push_back(field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                              : reflection.GetString(message, field));
      }
    }
  }
}

TEST(SamplesTest, EveryReferenceResolves) {
  std::set<std::string> known;
  std::vector<std::string> references;
  for (const v1::Record& record : Records()) {
    const std::string name = NameOf(record);
    known.insert(name);
    CollectReferences(record, &references);
    // The parent of an attribution or a relation.
    std::vector<std::string> parts = absl::StrSplit(name, '/');
    if (parts.size() == 4) references.push_back(parts[0] + "/" + parts[1]);
  }
  // 56 sources, documents and parents, 30 citations, 2 of the relation, 1 publisher, 1 "distinct".
  EXPECT_EQ(references.size(), 56u * 3 + 30 + 2 + 1 + 1);
  for (const std::string& reference : references)
    EXPECT_TRUE(known.contains(reference)) << reference;
}

TEST(SamplesTest, EveryChainIsQuotedInEightWordsAtMost) {
  std::set<std::string> quoted;
  for (const v1::Attribution& attribution : Attributions()) {
    if (!attribution.has_quote()) continue;
    quoted.insert(ClaimOf(attribution));
    EXPECT_LE(CountWords(attribution.quote().exact()), 8) << attribution.quote().exact();
    EXPECT_LE(CountWords(attribution.quote().cue()), 8) << attribution.quote().cue();
  }
  EXPECT_EQ(quoted.size(), 26u);
}

TEST(SamplesTest, QuotesAreInTheText) {
  const std::string text = Article();
  if (text.empty()) GTEST_SKIP() << "the article is not here; HEADWATER_REAL_DATA says where it is";
  const std::vector<size_t> begins = CodePoints(text);
  int quotes = 0;
  for (const v1::Attribution& attribution : Attributions()) {
    if (!attribution.has_quote()) continue;
    ++quotes;
    const v1::Quote& quote = attribution.quote();
    const auto [start, end] = std::pair(quote.position().start(), quote.position().end());
    ASSERT_LT(start, end) << attribution.name();
    ASSERT_LT(static_cast<size_t>(end), begins.size()) << attribution.name();
    EXPECT_EQ(text.substr(begins[start], begins[end] - begins[start]), quote.exact())
        << attribution.name();
    EXPECT_NE(text.find(quote.cue()), std::string::npos) << attribution.name();
    for (const std::string& hedge : attribution.hedges()) {
      EXPECT_NE(text.find(hedge), std::string::npos) << attribution.name();
    }
  }
  EXPECT_GE(quotes, 26);
}

}  // namespace
}  // namespace headwater
