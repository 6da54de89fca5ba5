#include "records/edge.h"

#include <random>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "gtest/gtest.h"
#include "keys/register.h"
#include "records/testing.h"

namespace headwater::records {
namespace {

using keys::Kind;
using keys::Name;
using testing::Parsed;

std::string Key(const Name& attribution, uint64_t sequence) {
  return keys::EdgePrefix(attribution.claim, attribution.id) + keys::VersionSuffix(sequence);
}

std::string SampleKey() { return Key(Name{Kind::kAttribution, "x", "ft"}, 258); }

v1::Attribution Sample() {
  return Parsed<v1::Attribution>(R"(
    name: "claims/x/attributions/ft" source: "sources/ft" document: "documents/d"
    stance: STANCE_DENIES basis: BASIS_SECOND_HAND said_date: "2025-08"
    hedges: "Reportedly" hedges: "may" hedges: "reportedly " hedges: "MAY"
    denial { extent: DENIAL_EXTENT_PART part: "a part" } could_not_verify: true
    withdrawal { kind: WITHDRAWAL_KIND_CORRECTED reason: "so" withdrawn_date: "2026" }
    cites { attribution: "claims/x/attributions/dpa" stance: STANCE_ASSERTS }
    cites { attribution: "claims/y/attributions/dpa" }
    cites { source: "sources/three" stance: STANCE_DOUBTS })");
}

TEST(Edge, TestVector) {
  const std::string head("\x02\x06\x02\x02\x02\x02\x81\x02", 8);
  const std::string hedges(
      "\x02\x03"
      "may"
      "\x0a"
      "reportedly",
      16);
  const std::string cites(
      "\x03\x00\x01\x03"
      "dpa"
      "\x02\x00\x01"
      "y"
      "\x03"
      "dpa"
      "\x01\x03\x05"
      "three",
      23);
  EXPECT_EQ(EdgeValue(Sample(), /*deleted=*/false, 257), head +
                                                             "\x02"
                                                             "ft"
                                                             "\x01"
                                                             "d"
                                                             "\x07"
                                                             "2025-08"
                                                             "\x04"
                                                             "2026" +
                                                             hedges + cites);
}

TEST(Edge, ReadsBackWhatProvenanceNeeds) {
  const std::optional<Edge> edge =
      ParseEdge(SampleKey(), EdgeValue(Sample(), /*deleted=*/true, 257));
  ASSERT_TRUE(edge);
  EXPECT_EQ(edge->attribution.Text(), "claims/x/attributions/ft");
  EXPECT_EQ(edge->sequence, 258u);
  EXPECT_EQ(edge->recorded, 257u);
  EXPECT_EQ(edge->hedges, (std::vector<std::string>{"may", "reportedly"}));
  EXPECT_TRUE(edge->deleted);
  EXPECT_TRUE(edge->withdrawn);
  EXPECT_TRUE(edge->could_not_verify);
  EXPECT_EQ(edge->stance, v1::STANCE_DENIES);
  EXPECT_EQ(edge->basis, v1::BASIS_SECOND_HAND);
  EXPECT_EQ(edge->denial_extent, v1::DENIAL_EXTENT_PART);
  EXPECT_EQ(edge->withdrawal_kind, v1::WITHDRAWAL_KIND_CORRECTED);
  EXPECT_EQ(edge->source.Text(), "sources/ft");
  EXPECT_EQ(edge->document.Text(), "documents/d");
  EXPECT_EQ(edge->said_date, "2025-08");
  EXPECT_EQ(edge->withdrawn_date, "2026");
  ASSERT_EQ(edge->cites.size(), 3u);
  EXPECT_EQ(edge->cites[0].cited.Text(), "claims/x/attributions/dpa");
  EXPECT_EQ(edge->cites[0].stance, v1::STANCE_ASSERTS);
  EXPECT_EQ(edge->cites[1].cited.Text(), "claims/y/attributions/dpa");
  EXPECT_EQ(edge->cites[1].stance, v1::STANCE_UNSPECIFIED);
  EXPECT_EQ(edge->cites[2].cited.Text(), "sources/three");
  EXPECT_EQ(edge->cites[2].stance, v1::STANCE_DOUBTS);
}

TEST(Edge, TheFirstRevisionIsRecordedWhereItStands) {
  const std::optional<Edge> edge = ParseEdge(SampleKey(), EdgeValue(Sample(), false, 0));
  ASSERT_TRUE(edge);
  EXPECT_EQ(edge->recorded, 258u);
}

// An attribution with something of everything, by chance.
v1::Attribution Drawn(std::mt19937_64* random) {
  const auto one_of = [&](int count) { return static_cast<int>((*random)() % count); };
  v1::Attribution drawn;
  drawn.set_name(absl::StrCat("claims/c", one_of(3), "/attributions/a", one_of(100)));
  drawn.set_source(absl::StrCat("sources/s", one_of(100)));
  drawn.set_document(absl::StrCat("documents/", std::string(1 + one_of(63), 'd')));
  drawn.set_stance(static_cast<v1::Stance>(one_of(7)));
  drawn.set_basis(static_cast<v1::Basis>(one_of(3)));
  drawn.set_could_not_verify(one_of(2) == 0);
  for (int i = one_of(4); i > 0; --i) drawn.add_hedges(absl::StrCat("H", one_of(9)));
  if (one_of(2) == 0) drawn.set_said_date("2025-03/2025-06");
  if (one_of(2) == 0) drawn.mutable_denial()->set_extent(static_cast<v1::DenialExtent>(one_of(4)));
  if (one_of(2) == 0)
    drawn.mutable_withdrawal()->set_kind(static_cast<v1::WithdrawalKind>(one_of(4)));
  for (int i = one_of(200) == 0 ? 1000 : one_of(4); i > 0; --i) {
    v1::Citation* citation = drawn.add_cites();
    citation->set_stance(static_cast<v1::Stance>(one_of(6)));
    if (one_of(2) == 0) {
      citation->set_source(absl::StrCat("sources/s", one_of(100)));
    } else {
      citation->set_attribution(absl::StrCat("claims/c", one_of(3), "/attributions/a", i));
    }
  }
  return drawn;
}

TEST(Edge, ReadsBackWhateverIsInIt) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2000; ++round) {
    const v1::Attribution drawn = Drawn(&random);
    const Name name = *Name::Parse(drawn.name());
    const bool deleted = random() % 2 == 0;
    const std::optional<Edge> edge = ParseEdge(Key(name, 9000), EdgeValue(drawn, deleted, round));
    ASSERT_TRUE(edge);
    EXPECT_EQ(edge->recorded, round == 0 ? 9000u : static_cast<uint64_t>(round));
    std::set<std::string> hedges;
    for (const std::string& hedge : drawn.hedges()) hedges.insert(FoldKey(hedge));
    EXPECT_EQ(edge->hedges, std::vector<std::string>(hedges.begin(), hedges.end()));
    EXPECT_EQ(edge->attribution, name);
    EXPECT_EQ(edge->deleted, deleted);
    EXPECT_EQ(edge->withdrawn, drawn.has_withdrawal());
    EXPECT_EQ(edge->could_not_verify, drawn.could_not_verify());
    EXPECT_EQ(edge->stance, drawn.stance());
    EXPECT_EQ(edge->basis, drawn.basis());
    EXPECT_EQ(edge->denial_extent, drawn.denial().extent());
    EXPECT_EQ(edge->withdrawal_kind, drawn.withdrawal().kind());
    EXPECT_EQ(edge->source.Text(), drawn.source());
    EXPECT_EQ(edge->document.Text(), drawn.document());
    EXPECT_EQ(edge->said_date, drawn.said_date());
    ASSERT_EQ(static_cast<int>(edge->cites.size()), drawn.cites_size());
    for (int i = 0; i < drawn.cites_size(); ++i) {
      const v1::Citation& citation = drawn.cites(i);
      EXPECT_EQ(edge->cites[i].cited.Text(),
                citation.has_source() ? citation.source() : citation.attribution());
      EXPECT_EQ(edge->cites[i].stance, citation.stance());
    }
  }
}

TEST(Edge, RefusesWhatIsCutOffOrGoesOn) {
  const std::string value = EdgeValue(Sample(), false, 257);
  for (size_t size = 0; size < value.size(); ++size) {
    EXPECT_FALSE(ParseEdge(SampleKey(), absl::string_view(value).substr(0, size))) << size;
  }
  EXPECT_FALSE(ParseEdge(SampleKey(), value + '\0'));
}

TEST(Edge, RefusesAnotherLayoutAndUnknownNumbers) {
  for (size_t place : {0, 2, 3, 4, 5}) {
    std::string value = EdgeValue(Sample(), false, 257);
    for (char number : {'\x07', '\x7f', '\x80', '\xff'}) {
      value[place] = number;
      EXPECT_FALSE(ParseEdge(SampleKey(), value)) << place;
    }
  }
}

TEST(Edge, RefusesHedgesOutOfOrder) {
  const auto with = [](const std::string& bytes) {
    std::string value = EdgeValue(
        Parsed<v1::Attribution>(R"(name: "claims/x/attributions/ft" hedges: "a" hedges: "b")"),
        false, 1);
    const std::string written("\x02\x01\x61\x01\x62", 5);
    value.replace(value.find(written), written.size(), bytes);
    return value;
  };
  EXPECT_TRUE(ParseEdge(SampleKey(), with(std::string("\x02\x01\x61\x01\x62", 5))));
  EXPECT_FALSE(ParseEdge(SampleKey(), with(std::string("\x02\x01\x62\x01\x61", 5))));
  EXPECT_FALSE(ParseEdge(SampleKey(), with(std::string("\x02\x01\x61\x01\x61", 5))));
  EXPECT_FALSE(ParseEdge(SampleKey(), with(std::string("\x01\x00", 2))));
}

TEST(Edge, RefusesACountThatTheBytesCannotHold) {
  std::string value =
      EdgeValue(Parsed<v1::Attribution>(R"(name: "claims/x/attributions/ft")"), false, 0);
  ASSERT_EQ(value.back(), '\0');
  value.pop_back();
  value += "\xff\xff\xff\xff\xff\xff\xff\xff\x7f";
  EXPECT_FALSE(ParseEdge(SampleKey(), value));
}

TEST(Edge, RefusesMalformedKeys) {
  const std::string value = EdgeValue(Sample(), false, 257);
  const std::string key = SampleKey();
  ASSERT_TRUE(ParseEdge(key, value));
  for (size_t size = 0; size < key.size(); ++size) {
    EXPECT_FALSE(ParseEdge(absl::string_view(key).substr(0, size), value)) << size;
  }
  EXPECT_FALSE(ParseEdge(key + "x", value));
}

}  // namespace
}  // namespace headwater::records
