#include "cli/timeline_view.h"

#include <sstream>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;

template <class Message>
Message From(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

std::string Print(const v1::ListTimelineResponse& page, bool recorded) {
  std::ostringstream out;
  TimelinePrinter printer(&out, {}, recorded);
  printer.Add(page);
  printer.End(page);
  return out.str();
}

v1::ListTimelineResponse Backdoors() {
  return From<v1::ListTimelineResponse>(R"(
    claims { claim: "claims/x" text: "It has backdoors." }
    claims { claim: "claims/y" text: "Nó có cửa hậu." }
    read_sequence: 97 event_count: 4
    events { kind: TIMELINE_EVENT_KIND_STATED claim: "claims/x"
      date { date: "2025-08-06" order_day: "2025-08-06" kind: TIMELINE_DATE_KIND_SAID
             certainty: TIMELINE_DATE_CERTAINTY_DAY }
      recorded_sequence: 12 recorded_time { seconds: 1754524800 } actor: "mai"
      statement { source: "sources/nvidia" display_name: "Nvidia" stance: STANCE_DENIES
                  basis: BASIS_FIRST_HAND document_title: "H20" } }
    events { kind: TIMELINE_EVENT_KIND_STATED claim: "claims/y"
      date { date: "2025-08" order_day: "2025-08-01" kind: TIMELINE_DATE_KIND_PUBLISHED
             certainty: TIMELINE_DATE_CERTAINTY_PERIOD }
      recorded_sequence: 13 recorded_time { seconds: 1754524800 }
      statement { source: "sources/a" stance: STANCE_ASSERTS } }
    events { kind: TIMELINE_EVENT_KIND_WITHDRAWN
      date { date: "2025-09/.." order_day: "2025-09-01" kind: TIMELINE_DATE_KIND_WITHDRAWN
             certainty: TIMELINE_DATE_CERTAINTY_BOUNDED }
      recorded_sequence: 14 recorded_time { seconds: 1754524800 } reason: "invented" text: "H20"
      withdrawal { kind: WITHDRAWAL_KIND_RETRACTED publisher: "sources/p" attribution_count: 2 } }
    events { kind: TIMELINE_EVENT_KIND_RELATION_CONFIRMED claim: "claims/x" date {}
      recorded_sequence: 15 recorded_time { seconds: 1754524800 }
      relation { claim: "claims/z" kind: RELATION_KIND_NARROWS target: "claims/x"
                 other_text: "The H20 has." by: "the desk" } })");
}

TEST(Timeline, AsPublishedReadsDayByDay) {
  EXPECT_EQ(Print(Backdoors(), /*recorded=*/false),
            "It has backdoors.\n"
            "claims/x, as published, as of sequence 97\n"
            "  [2] Nó có cửa hậu. (the same, y)\n"
            "\n"
            "  2025-08-06         Nvidia denies, first-hand, in “H20”  (recorded #12)\n"
            "  by 2025-08         a asserts [2]  (recorded #13)\n"
            "  2025-09/.. (open)  p retracted “H20” with 2 statements in it: invented  "
            "(recorded #14)\n"
            "  when is not on record:\n"
            "  no date            the desk confirmed that “The H20 has.” narrows it  "
            "(recorded #15)\n");
}

TEST(Timeline, AsRecordedReadsSequenceBySequence) {
  const std::string text = Print(Backdoors(), /*recorded=*/true);
  EXPECT_THAT(text, HasSubstr("claims/x, as recorded, as of sequence 97\n"));
  EXPECT_THAT(text, HasSubstr("  #12  2025-08-07 00:00:00Z  Nvidia denies, first-hand, in “H20”  "
                              "(2025-08-06), by mai\n"));
  EXPECT_THAT(text, HasSubstr("  #15  2025-08-07 00:00:00Z  the desk confirmed"));
}

TEST(Timeline, SaysWhatIsLeftOutAndWhenThereIsNothing) {
  v1::ListTimelineResponse page;
  page.set_later_count(1);
  page.set_perhaps_later_count(2);
  const std::string text = Print(page, /*recorded=*/false);
  EXPECT_THAT(text, HasSubstr("Nothing is on record.\n"));
  EXPECT_THAT(text, HasSubstr("… and 1 event that is certainly later\n"
                              "… and 2 of which it is not certain that they are not later\n"));
}

TEST(Timeline, PutsEachKindOfEventInWords) {
  const auto words = [](const std::string& text) {
    return EventInWords(From<v1::TimelineEvent>(text));
  };
  const std::string of_a = "statement { source: 'sources/a' display_name: 'A' } ";
  EXPECT_EQ(words("kind: TIMELINE_EVENT_KIND_WITHDRAWN reason: 'wrong' " + of_a +
                  "withdrawal { kind: WITHDRAWAL_KIND_RETRACTED }"),
            "A took back what it said: wrong");
  EXPECT_EQ(words("kind: TIMELINE_EVENT_KIND_WITHDRAWN " + of_a +
                  "withdrawal { kind: WITHDRAWAL_KIND_RECORDING_ERROR }"),
            "A’s statement had been recorded wrongly");
  EXPECT_EQ(words("kind: TIMELINE_EVENT_KIND_CORRECTED " + of_a +
                  "withdrawal { kind: WITHDRAWAL_KIND_CORRECTED }"),
            "A corrected what it said");
  EXPECT_EQ(words("kind: TIMELINE_EVENT_KIND_REVIEWED review { author_display_name: 'Check' "
                  "title: 'No' rating { alternate_name: 'False' } }"),
            "Check reviewed it and found: “False”, in “No”");
  EXPECT_EQ(words("kind: TIMELINE_EVENT_KIND_RELATION_REFUSED claim: 'claims/x' relation { "
                  "claim: 'claims/x' kind: RELATION_KIND_SAME_AS target: 'claims/z' "
                  "other_text: 'Z.' by: 'mai' }"),
            "mai refused that it says the same as “Z.”");
  EXPECT_EQ(words("kind: TIMELINE_EVENT_KIND_DELETED reason: 'twice' " + of_a),
            "deleted: the record of A’s statement: twice");
  EXPECT_EQ(words("kind: TIMELINE_EVENT_KIND_UNDELETED text: 'T'"),
            "no longer deleted: the document “T”");
  EXPECT_EQ(words("kind: TIMELINE_EVENT_KIND_REVISED claim: 'claims/x' text: 'T'"),
            "changed: the claim “T”");
}

}  // namespace
}  // namespace headwater::cli
