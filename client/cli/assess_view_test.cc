#include "cli/assess_view.h"

#include <sstream>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

template <class Message>
Message From(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

std::string Print(const v1::Assessment& assessment) {
  std::ostringstream out;
  PrintAssessment(out, {}, assessment);
  return out.str();
}

v1::Assessment Article() {
  return From<v1::Assessment>(R"(
    claim: "claims/x" claims: "claims/x" text: "Huawei engineers failed." read_sequence: 97
    standing: STANDING_SINGLE_LINE reasons: "Trí Đạt speaks on the word of three people (unnamed)."
    reasons: "It was heard only through Trí Đạt."
    flags { kind: FLAG_KIND_ANONYMOUS_ONLY reason: "No origin of it has a name." }
    stances { stance: STANCE_ASSERTS
      own_name { source: "sources/people" display_name: "three people" said_date: "2025-08" }
      own_name_count: 1
      relaying { source: "sources/tri-dat" display_name: "Trí Đạt" } relaying_count: 3
      lines { at_least: 1 at_most: 1 at_least_exact: true at_most_exact: true
        at_least_lines { step_count: 2
          steps { kind: STEP_KIND_ATTRIBUTION display_name: "Trí Đạt" }
          steps { kind: STEP_KIND_ATTRIBUTION display_name: "three people" } } }
      chokepoints { source: "sources/ft" display_name: "Financial Times" } chokepoint_count: 1
      first_said { source: "sources/people" display_name: "three people" said_date: "2025-08" }
      first_recorded { source: "sources/ft" recorded_sequence: 71 } }
    heard_through { source: "sources/tri-dat" display_name: "Trí Đạt" } heard_through_count: 1)");
}

TEST(Assess, ReadsAsAPage) {
  EXPECT_EQ(Print(Article()),
            "Huawei engineers failed.\n"
            "claims/x, as of sequence 97\n"
            "\n"
            "Trí Đạt speaks on the word of three people (unnamed).\n"
            "\n"
            "standing        SINGLE_LINE\n"
            "lines           1\n"
            "                Trí Đạt ← three people\n"
            "in own name     three people (2025-08)\n"
            "passed on by    Trí Đạt and 2 more\n"
            "chokepoints     Financial Times\n"
            "first said      three people (2025-08)\n"
            "first recorded  ft, at sequence 71\n"
            "heard through   Trí Đạt\n"
            "\n"
            "ANONYMOUS_ONLY  No origin of it has a name.\n"
            "\n"
            "- It was heard only through Trí Đạt.\n");
}

TEST(Assess, NamesWhoDeniesAndWhatIsLeftOut) {
  const std::string page = Print(From<v1::Assessment>(R"(
    claim: "claims/x" claims: "claims/x" claims: "claims/y" text: "T" read_sequence: 9
    published_until: "2025-08-05" standing: STANDING_NOT_ASSERTED
    reasons: "Nobody recorded here asserts it; Nvidia denies it."
    stances { stance: STANCE_ASSERTS lines {} }
    stances { stance: STANCE_DENIES
      own_name { display_name: "Nvidia" said_date: "2025-08-04" } own_name_count: 1
      lines { at_least: 1 at_most: 1 at_least_exact: true at_most_exact: true } }
    stances { stance: STANCE_ASKS
      relaying { display_name: "A paper" published_date: "2025" } relaying_count: 1 }
    loops { attributions { display_name: "A" } attributions { display_name: "B" }
            attribution_count: 2 } loop_count: 1
    severed { display_name: "C" by_source: true rested { display_name: "D" } rested_count: 1 }
    severed_count: 1
    perhaps_later { display_name: "E" } perhaps_later_count: 1
    contradicting { claim: "claims/z" text: "Not so" asserted: true }
    wider { claim: "claims/w" text: "W" denied { speaker_count: 7
      speakers { display_name: "Nvidia" date: "2025-08-06" } } } wider_count: 1
    narrower { claim: "claims/n" text: "N" } narrower_count: 3)"));
  EXPECT_THAT(page, HasSubstr("narrows         w: W (denied by Nvidia 2025-08-06 and 6 more)\n"
                              "narrowed by     n: N\n"
                              "narrowed by     2 more\n"));
  EXPECT_THAT(page, HasSubstr("claims/x, as of sequence 9, as published until 2025-08-05\n"));
  EXPECT_THAT(page, HasSubstr("standing        NOT_ASSERTED\n"));
  EXPECT_THAT(page, HasSubstr("denied by       Nvidia (2025-08-04)\n"));
  EXPECT_THAT(page, HasSubstr("asked by        as passed on by A paper (2025)\n"));
  EXPECT_THAT(page, HasSubstr("loop            A, B\n"));
  EXPECT_THAT(page, HasSubstr("severed         C, taken back by the source; on its word: D\n"));
  EXPECT_THAT(page, HasSubstr("perhaps later   E\n"));
  EXPECT_THAT(page, HasSubstr("contradicts     z: Not so (asserted)\n"));
  EXPECT_THAT(page, HasSubstr("same as         y\n"));
  EXPECT_THAT(page, Not(HasSubstr("\nlines ")));
}

TEST(Assess, SaysWhichLinesAreProvedAndWhichPossible) {
  v1::Assessment assessment = Article();
  v1::Lines* lines = assessment.mutable_stances(0)->mutable_lines();
  lines->set_at_most(2);
  *lines->add_at_most_lines() = lines->at_least_lines(0);
  v1::Line* other = lines->add_at_most_lines();
  other->set_step_count(2);
  other->add_steps()->set_display_name("A");
  *other->add_steps() = From<v1::LineStep>("kind: STEP_KIND_STUB source: 'sources/b'");
  const std::string page = Print(assessment);
  EXPECT_THAT(page, HasSubstr("lines           1 to 2\n"
                              "                Trí Đạt ← three people  (proved)\n"
                              "                A ← b (cited, not on record)  (possible)\n"));
}

TEST(Assess, CountsAndChainsSayWhatIsMissing) {
  v1::Lines lines = From<v1::Lines>("at_least: 2 at_most: 2");
  EXPECT_EQ(LineCount(lines), "2, at_least may be more, at_most may be fewer");
  v1::Line line;
  line.set_step_count(9);
  for (const char* name : {"A", "B", "C", "D"}) line.add_steps()->set_display_name(name);
  EXPECT_EQ(ChainOf(line), "A ← B ← … ← C ← D");
}

TEST(Assess, ShowsTheDigitAndWhetherItIsStale) {
  v1::Assessment assessment = Article();
  *assessment.mutable_credibility() = From<v1::AssessedCredibility>(R"(
    credibility { grade: CREDIBILITY_GRADE_2 graded_by: "the desk" graded_date: "2025-09"
                  assessed_sequence: 90 })");
  EXPECT_THAT(Print(assessment),
              HasSubstr("standing        SINGLE_LINE\n"
                        "credibility     digit 2, given by the desk on 2025-09, on the assessment "
                        "of sequence 90\n"));
  assessment.mutable_credibility()->set_stale(true);
  assessment.mutable_credibility()->add_changes("Independent lines behind it: 1 instead of 2.");
  EXPECT_THAT(Print(assessment),
              HasSubstr("of sequence 90; stale. Since then:\n"
                        "                Independent lines behind it: 1 instead of 2.\n"));
}

}  // namespace
}  // namespace headwater::cli
