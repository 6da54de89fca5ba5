#include "cli/trace_view.h"

#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace headwater::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A voice of attribution "claims/c/attributions/{name}" that cites the voices at those places.
v1::Voice* Add(v1::TraceClaimResponse* trace, const std::string& name, v1::Stance stance,
               const std::vector<int>& cites) {
  v1::Voice* voice = trace->add_voices();
  voice->set_attribution("claims/c/attributions/" + name);
  voice->set_source("sources/" + name);
  voice->set_display_name(name);
  voice->set_stance(stance);
  voice->set_origin(cites.empty());
  for (int cited : cites) voice->add_cites()->set_voice(cited);
  return voice;
}

v1::TraceClaimResponse Article() {
  v1::TraceClaimResponse trace;
  trace.set_claim("claims/huawei-engineers-failed");
  trace.set_text("Huawei engineers failed to complete a training run.");
  trace.set_read_sequence(97);
  Add(&trace, "Trí Đạt", v1::STANCE_RELAYS, {1});
  Add(&trace, "Financial Times", v1::STANCE_RELAYS, {2});
  Add(&trace, "three people", v1::STANCE_ASSERTS, {})->set_basis(v1::BASIS_FIRST_HAND);
  for (v1::Voice& voice : *trace.mutable_voices()) {
    voice.set_document("documents/deepseek-huawei");
    voice.set_document_title("DeepSeek gặp khó");
    voice.set_publisher("sources/Trí Đạt");
    voice.set_published_date("2025-08");
  }
  return trace;
}

std::string Print(const v1::TraceClaimResponse& trace) {
  std::ostringstream out;
  PrintTrace(out, {}, trace);
  return out.str();
}

TEST(Trace, ReadsAtAGlance) {
  EXPECT_EQ(Print(Article()),
            "Huawei engineers failed to complete a training run.\n"
            "claims/huawei-engineers-failed, as of sequence 97\n"
            "\n"
            "Trí Đạt ← Financial Times ← three people\n"
            "\n"
            "  Trí Đạt          relays               in “DeepSeek gặp khó” (Trí Đạt, 2025-08)\n"
            "  Financial Times  relays               in the same\n"
            "  three people     asserts, first-hand  in the same\n");
}

TEST(Trace, OfNobody) {
  v1::TraceClaimResponse trace;
  trace.set_text("It rains.");
  EXPECT_THAT(Print(trace), HasSubstr("Nobody on record says anything of it."));
}

TEST(Trace, SaysWhatIsTheMatter) {
  v1::TraceClaimResponse trace = Article();
  trace.mutable_voices(2)->set_withdrawn(true);
  trace.mutable_voices(1)->mutable_cites(0)->set_severed(true);
  v1::VoiceCitation* gone = trace.mutable_voices(1)->add_cites();
  gone->set_voice(-1);
  gone->set_cited("claims/c/attributions/gone");
  gone->set_severed(true);
  trace.mutable_voices(0)->set_in_loop(true);
  const std::string text = Print(trace);
  EXPECT_THAT(text, HasSubstr("Trí Đạt ← Financial Times\n"
                              "├─← [severed] three people (withdrawn)\n"
                              "└─← c/gone [severed: deleted or withdrawn]\n"));
  EXPECT_THAT(text, HasSubstr("three people     WITHDRAWN: asserts, first-hand"));
  EXPECT_THAT(text, HasSubstr("! its citation of three people is severed: that was withdrawn"));
  EXPECT_THAT(text,
              HasSubstr("! its citation of c/gone is severed: that was deleted or withdrawn"));
  EXPECT_THAT(text, HasSubstr("! its citations lead back to itself"));
}

TEST(Manner, SaysWhatIsNotRecorded) {
  v1::Voice voice;
  EXPECT_EQ(Manner(voice), "cited; what it said itself is not on record");
  voice.set_attribution("claims/c/attributions/a");
  voice.set_stance(v1::STANCE_ASSERTS);
  voice.set_origin(true);
  EXPECT_EQ(Manner(voice), "asserts; origin not recorded");
  voice.set_basis(v1::BASIS_SECOND_HAND);
  EXPECT_EQ(Manner(voice), "asserts, second-hand; origin not recorded");
  voice.set_basis(v1::BASIS_FIRST_HAND);
  voice.set_stance(v1::STANCE_DENIES);
  EXPECT_EQ(Manner(voice), "denies, first-hand");
  voice.set_basis(v1::BASIS_UNSPECIFIED);
  voice.set_stance(v1::STANCE_NO_COMMENT);
  EXPECT_EQ(Manner(voice), "does not comment");
}

TEST(Chain, BranchesIntoATree) {
  v1::TraceClaimResponse trace;
  Add(&trace, "a", v1::STANCE_RELAYS, {1, 2});
  Add(&trace, "b", v1::STANCE_RELAYS, {3});
  Add(&trace, "c", v1::STANCE_RELAYS, {3, 4});
  Add(&trace, "d", v1::STANCE_RELAYS, {5});
  Add(&trace, "e", v1::STANCE_DENIES, {});
  Add(&trace, "f", v1::STANCE_ASSERTS, {});
  Add(&trace, "apart", v1::STANCE_ASKS, {});
  EXPECT_EQ(ChainOf(trace),
            "a\n"
            "├─← b ← d ← f\n"
            "└─← c\n"
            "    ├─← d (as above)\n"
            "    └─← e (denies)\n"
            "apart (asks)\n");
}

TEST(Chain, ClosesCircles) {
  v1::TraceClaimResponse trace;
  Add(&trace, "a", v1::STANCE_RELAYS, {1});
  Add(&trace, "b", v1::STANCE_RELAYS, {0});
  EXPECT_EQ(ChainOf(trace), "a ← b ← a ↺\n");
}

TEST(Chain, NamesThoseTogetherThatLeadToTheSame) {
  v1::TraceClaimResponse trace;
  for (int i = 1; i <= 30; ++i) Add(&trace, absl::StrCat("o", i), v1::STANCE_RELAYS, {30});
  Add(&trace, "ft", v1::STANCE_RELAYS, {31});
  Add(&trace, "three", v1::STANCE_ASSERTS, {});
  EXPECT_EQ(ChainOf(trace), "o1, o2, o3, o4, o5 and 25 more ← ft ← three\n");
  EXPECT_EQ(ChainOf(trace, /*downstream=*/true), "three → ft → o1, o2, o3, o4, o5 and 25 more\n");
  // One of them also rests on somebody else, one was withdrawn.
  trace.mutable_voices(3)->add_cites()->set_voice(31);
  trace.mutable_voices(4)->set_withdrawn(true);
  EXPECT_EQ(ChainOf(trace),
            "o1, o2, o3, o6, o7 and 23 more ← ft ← three\n"
            "o4\n"
            "├─← ft (as above)\n"
            "└─← three\n"
            "o5 (withdrawn) ← ft (as above)\n");
}

TEST(Chain, SaysWhereItWasCut) {
  v1::TraceClaimResponse trace;
  Add(&trace, "a", v1::STANCE_RELAYS, {1});
  v1::Voice* b = Add(&trace, "b", v1::STANCE_RELAYS, {});
  b->set_cut_count(12);
  b->set_origin(false);
  v1::VoiceCitation* cited = b->add_cites();
  cited->set_voice(-1);
  cited->set_left_out_count(12);
  trace.set_truncated(true);
  trace.set_voice_count(40);
  EXPECT_EQ(ChainOf(trace), "a ← b ← … 12 more beyond here\n");
  EXPECT_THAT(Print(trace),
              HasSubstr("… and 38 more voices beyond these (raise --depth or --max-voices)\n"));
  std::ostringstream dot;
  PrintTraceDot(dot, trace);
  EXPECT_THAT(dot.str(), HasSubstr("  c1 [label=\"12 more\", style=\"rounded,dashed\"];\n"
                                   "  v1 -> c1 [style=dashed];\n"));
  EXPECT_THAT(dot.str(), Not(HasSubstr("x0")));
}

TEST(Trace, TellsTheClaimsThatSayTheSameAndWhatIsTranslated) {
  v1::TraceClaimResponse trace = Article();
  for (const char* id : {"huawei-engineers-failed", "ky-su"}) {
    v1::TracedClaim* claim = trace.add_claims();
    claim->set_claim(absl::StrCat("claims/", id));
    claim->set_text(absl::StrCat("Text of ", id));
    claim->set_language(id[0] == 'k' ? "vi" : "en");
  }
  trace.set_claim_count(2);
  v1::Voice* voice = trace.mutable_voices(0);
  voice->set_claim("claims/ky-su");
  voice->set_document_language("vi");
  v1::DocumentOrigin* origin = voice->mutable_derived_from();
  origin->set_document("documents/ft");
  origin->set_kind(v1::DERIVATION_KIND_TRANSLATED);
  origin->set_title("DeepSeek’s trouble");
  origin->set_publisher_display_name("Financial Times");
  origin->set_language("en");
  const std::string text = Print(trace);
  EXPECT_THAT(text,
              HasSubstr("The same, in 2 claims:\n"
                        "  [1] Text of huawei-engineers-failed (en, huawei-engineers-failed)\n"
                        "  [2] Text of ky-su (vi, ky-su)\n"));
  EXPECT_THAT(text, HasSubstr("  Trí Đạt          relays               [2] in “DeepSeek gặp khó” "
                              "(Trí Đạt, 2025-08), translated from “DeepSeek’s trouble” "
                              "(Financial Times, en)\n"));
}

TEST(Dot, Escapes) { EXPECT_EQ(DotString("say \"no\" \\ a\nb"), "\"say \\\"no\\\" \\\\ a\\nb\""); }

TEST(Dot, DrawsArrowsToWhomIsCited) {
  v1::TraceClaimResponse trace = Article();
  trace.mutable_voices(0)->mutable_cites(0)->set_severed(true);
  std::ostringstream out;
  PrintTraceDot(out, trace);
  EXPECT_EQ(out.str(),
            "digraph \"claims/huawei-engineers-failed\" {\n"
            "  label=\"Huawei engineers failed to complete a training run.\";\n"
            "  labelloc=t;\n"
            "  rankdir=LR;\n"
            "  node [shape=box, style=rounded];\n"
            "  v0 [label=\"Trí Đạt\\nrelays\"];\n"
            "  v1 [label=\"Financial Times\\nrelays\"];\n"
            "  v2 [label=\"three people\\nasserts, first-hand\", penwidth=2];\n"
            "  v0 -> v1 [style=dashed, color=red, label=\"severed\"];\n"
            "  v1 -> v2;\n"
            "}\n");
}

}  // namespace
}  // namespace headwater::cli
