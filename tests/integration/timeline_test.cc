// ListTimeline through gRPC: what happened, as published and as recorded.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "testing/api_test_base.h"
#include "testing/article.h"

namespace headwater::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kDenied[] = "nvidia-gpus-have-backdoors";

// "STATED nvidia 2025-08-06", "RELATION_CONFIRMED -", …
std::vector<std::string> Told(const v1::ListTimelineResponse& timeline) {
  std::vector<std::string> told;
  for (const v1::TimelineEvent& event : timeline.events()) {
    const std::string kind = v1::TimelineEventKind_Name(event.kind()).substr(20);
    const std::string who =
        event.has_statement() ? absl::StrCat(" ", event.statement().source().substr(8)) : "";
    const std::string& date = event.date().date();
    told.push_back(absl::StrCat(kind, who, " ", date.empty() ? "-" : date));
  }
  return told;
}

class TimelineTest : public ApiTest {
 protected:
  TimelineTest() { ImportArticle(client()); }

  static v1::ListTimelineRequest Request(const std::string& claim, const std::string& more) {
    auto request = From<v1::ListTimelineRequest>(more);
    request.set_name(absl::StrCat("claims/", claim));
    return request;
  }
  v1::ListTimelineResponse List(const std::string& claim, const std::string& more = "") {
    return Ok(&Provenance::ListTimeline, Request(claim, more));
  }
  std::vector<std::string> Refusal(const std::string& more) {
    return BadFields(Refused(&Provenance::ListTimeline, Request(kDenied, more),
                             grpc::StatusCode::INVALID_ARGUMENT));
  }
  // That `source` says so, as of that date, in a document published on that day.
  void Says(const std::string& claim, const std::string& source, const std::string& said,
            const std::string& published, const std::string& cited = "") {
    Ok(&Sources::CreateSource, NewSource(source));
    v1::CreateDocumentRequest document = NewDocument(source, source);
    document.mutable_document()->set_published_date(published);
    Ok(&Documents::CreateDocument, document);
    v1::CreateAttributionRequest request = NewAttribution(claim, source, source, cited);
    request.mutable_attribution()->set_said_date(said);
    Ok(&Attributions::CreateAttribution, request);
  }
  void Withdraw(const std::string& claim, const std::string& id, v1::WithdrawalKind kind,
                const std::string& date) {
    v1::WithdrawAttributionRequest withdraw;
    withdraw.set_name(absl::StrCat("claims/", claim, "/attributions/", id));
    withdraw.mutable_withdrawal()->set_kind(kind);
    withdraw.mutable_withdrawal()->set_reason("it was wrong");
    withdraw.mutable_withdrawal()->set_withdrawn_date(date);
    withdraw.mutable_withdrawal()->set_uri("https://example.com/correction");
    Ok(&Attributions::WithdrawAttribution, withdraw);
  }
};

TEST_F(TimelineTest, TheArticlesDenialStandsWhereItWasMade) {
  const v1::ListTimelineResponse timeline = List(kDenied);
  ASSERT_GE(timeline.events_size(), 2);
  EXPECT_EQ(timeline.claims(0).claim(), "claims/nvidia-gpus-have-backdoors");
  EXPECT_EQ(timeline.event_count(), timeline.events_size());
  const v1::TimelineEvent* denial = nullptr;
  for (const v1::TimelineEvent& event : timeline.events()) {
    if (event.statement().source() == "sources/nvidia") denial = &event;
  }
  ASSERT_NE(denial, nullptr);
  EXPECT_EQ(denial->kind(), v1::TIMELINE_EVENT_KIND_STATED);
  EXPECT_EQ(denial->statement().stance(), v1::STANCE_DENIES);
  EXPECT_EQ(denial->statement().display_name(), "Nvidia");
  EXPECT_EQ(denial->statement().document(), "documents/deepseek-huawei");
  EXPECT_EQ(denial->date().date(), "2025-08-06");
  EXPECT_EQ(denial->date().order_day(), "2025-08-06");
  EXPECT_EQ(denial->date().certainty(), v1::TIMELINE_DATE_CERTAINTY_DAY);
  EXPECT_EQ(denial->date().kind(), v1::TIMELINE_DATE_KIND_SAID);
  EXPECT_GT(denial->recorded_sequence(), 0);
  EXPECT_GT(denial->recorded_time().seconds(), 0);
  // As published up to the day before: not denied.
  const v1::ListTimelineResponse before = List(kDenied, "published_until: '2025-08-05'");
  for (const v1::TimelineEvent& event : before.events())
    EXPECT_NE(event.kind(), v1::TIMELINE_EVENT_KIND_STATED);
}

TEST_F(TimelineTest, EventsStandInTheOrderOfTheirDaysAndSayHowCertainTheyAre) {
  Ok(&Claims::CreateClaim, NewClaim("c"));
  Says("c", "month", "2025-05", "");
  Says("c", "none", "", "");
  Says("c", "day", "2025-05-02", "");
  Says("c", "open", "2025-04-30/..", "");
  Says("c", "before", "../2025-04-01", "");
  Says("c", "about", "2025-05-03~", "");
  Says("c", "told", "", "2025-06-01");
  Withdraw("c", "day", v1::WITHDRAWAL_KIND_CORRECTED, "2025-05-20");
  const v1::ListTimelineResponse timeline = List("c");
  EXPECT_THAT(
      Told(timeline),
      ElementsAre("STATED before ../2025-04-01", "STATED open 2025-04-30/..",
                  "STATED month 2025-05", "STATED day 2025-05-02", "STATED about 2025-05-03~",
                  "CORRECTED day 2025-05-20", "STATED told 2025-06-01", "STATED none -"));
  std::vector<v1::TimelineDateCertainty> certainties;
  for (const v1::TimelineEvent& event : timeline.events())
    certainties.push_back(event.date().certainty());
  EXPECT_THAT(
      certainties,
      ElementsAre(v1::TIMELINE_DATE_CERTAINTY_BOUNDED, v1::TIMELINE_DATE_CERTAINTY_BOUNDED,
                  v1::TIMELINE_DATE_CERTAINTY_PERIOD, v1::TIMELINE_DATE_CERTAINTY_DAY,
                  v1::TIMELINE_DATE_CERTAINTY_UNCERTAIN, v1::TIMELINE_DATE_CERTAINTY_DAY,
                  v1::TIMELINE_DATE_CERTAINTY_DAY, v1::TIMELINE_DATE_CERTAINTY_UNSPECIFIED));
  EXPECT_EQ(timeline.events(0).date().order_day(), "2025-04-01");
  EXPECT_EQ(timeline.events(6).date().kind(), v1::TIMELINE_DATE_KIND_PUBLISHED);
  const v1::TimelineEvent& correction = timeline.events(5);
  EXPECT_EQ(correction.reason(), "it was wrong");
  EXPECT_EQ(correction.withdrawal().kind(), v1::WITHDRAWAL_KIND_CORRECTED);
  EXPECT_EQ(correction.withdrawal().uri(), "https://example.com/correction");
  EXPECT_EQ(correction.recorded_sequence(), server_.head());

  const v1::ListTimelineResponse until = List("c", "published_until: '2025-05-02'");
  EXPECT_THAT(Told(until), ElementsAre("STATED before ../2025-04-01", "STATED day 2025-05-02"));
  EXPECT_EQ(until.later_count(), 2) << "the approximate one and the correction are not before";
  EXPECT_EQ(until.perhaps_later_count(), 4);
  EXPECT_EQ(until.event_count(), 2);
}

TEST_F(TimelineTest, WhoeverIsCitedSpokeBeforeWhoCites) {
  Ok(&Claims::CreateClaim, NewClaim("c"));
  Says("c", "origin", "", "");
  Says("c", "paper", "2025-05-02", "", "origin");
  EXPECT_THAT(Told(List("c", "published_until: '2025-05-02'")),
              ElementsAre("STATED paper 2025-05-02", "STATED origin -"));
}

TEST_F(TimelineTest, AsRecordedAllThatWasDoneIsThere) {
  Ok(&Claims::CreateClaim, NewClaim("c"));
  Ok(&Claims::CreateClaim, NewClaim("d", "Another."));
  Says("c", "a", "2025-05", "");
  v1::UpdateClaimRequest change;
  change.mutable_claim()->set_name("claims/c");
  change.mutable_claim()->set_text("It is so, then.");
  change.mutable_update_mask()->add_paths("text");
  Ok(&Claims::UpdateClaim, change);
  v1::CreateRelationRequest relation;
  relation.set_parent("claims/d");
  relation.set_relation_id("r");
  relation.mutable_relation()->set_kind(v1::RELATION_KIND_CONTRADICTS);
  relation.mutable_relation()->set_target("claims/c");
  relation.mutable_relation()->set_state(v1::RELATION_STATE_SUGGESTED);
  relation.mutable_relation()->set_suggested_by("a program");
  Ok(&Relations::CreateRelation, relation);
  v1::UpdateRelationRequest confirm;
  confirm.mutable_relation()->set_name("claims/d/relations/r");
  confirm.mutable_relation()->set_state(v1::RELATION_STATE_CONFIRMED);
  confirm.mutable_relation()->set_confirmed_by("the desk");
  confirm.mutable_relation()->mutable_confirm_time()->set_seconds(1754438400);  // 2025-08-06
  for (const char* path : {"state", "confirmed_by", "confirm_time"})
    confirm.mutable_update_mask()->add_paths(path);
  Ok(&Relations::UpdateRelation, confirm);
  v1::CreateReviewRequest review;
  review.set_parent("claims/c");
  review.set_review_id("v");
  review.mutable_review()->set_author("sources/a");
  review.mutable_review()->set_published_date("2025-09-01");
  review.mutable_review()->mutable_rating()->set_alternate_name("Mostly true");
  Ok(&Reviews::CreateReview, review);
  v1::DeleteAttributionRequest remove;
  remove.set_name("claims/c/attributions/a");
  remove.set_reason("twice on record");
  Ok(&Attributions::DeleteAttribution, remove);
  const int64_t deleted = server_.head();
  v1::ListTimelineResponse timeline = List("c", "axis: TIMELINE_AXIS_RECORDED");
  EXPECT_THAT(Told(timeline),
              ElementsAre("RECORDED -", "STATED a 2025-05", "REVISED -", "RELATION_SUGGESTED -",
                          "RELATION_CONFIRMED 2025-08-06", "REVIEWED 2025-09-01", "DELETED a -"));
  EXPECT_EQ(timeline.events(0).text(), "It is so.");
  EXPECT_EQ(timeline.events(2).text(), "It is so, then.");
  const v1::TimelineRelation& confirmed = timeline.events(4).relation();
  EXPECT_EQ(confirmed.by(), "the desk");
  EXPECT_EQ(confirmed.claim(), "claims/d");
  EXPECT_EQ(confirmed.target(), "claims/c");
  EXPECT_EQ(confirmed.other_text(), "Another.");
  EXPECT_EQ(timeline.events(3).relation().by(), "a program");
  EXPECT_EQ(timeline.events(5).review().rating().alternate_name(), "Mostly true");
  EXPECT_EQ(timeline.events(6).reason(), "twice on record");
  // What is deleted has said nothing.
  EXPECT_THAT(Told(List("c")), ElementsAre("RELATION_CONFIRMED 2025-08-06", "REVIEWED 2025-09-01"));
  EXPECT_THAT(
      Told(List("c", absl::StrCat("read { sequence: ", deleted - 1, " }"))),
      ElementsAre("STATED a 2025-05", "RELATION_CONFIRMED 2025-08-06", "REVIEWED 2025-09-01"));
  v1::UndeleteAttributionRequest undelete;
  undelete.set_name("claims/c/attributions/a");
  Ok(&Attributions::UndeleteAttribution, undelete);
  timeline = List("c", "axis: TIMELINE_AXIS_RECORDED");
  EXPECT_EQ(Told(timeline).back(), "UNDELETED a -");
}

TEST_F(TimelineTest, ADocumentsWithdrawalIsOneEventForAllThatItTells) {
  v1::WithdrawDocumentRequest withdraw;
  withdraw.set_name("documents/deepseek-huawei");
  withdraw.mutable_withdrawal()->set_kind(v1::WITHDRAWAL_KIND_RETRACTED);
  withdraw.mutable_withdrawal()->set_reason("invented");
  withdraw.mutable_withdrawal()->set_withdrawn_date("2025-10-01");
  Ok(&Documents::WithdrawDocument, withdraw);
  const v1::ListTimelineResponse timeline = List("huawei-engineers-failed");
  int withdrawn = 0;
  for (const v1::TimelineEvent& event : timeline.events()) {
    if (event.kind() != v1::TIMELINE_EVENT_KIND_WITHDRAWN) continue;
    ++withdrawn;
    EXPECT_EQ(event.resource(), "documents/deepseek-huawei");
    EXPECT_EQ(event.claim(), "");
    EXPECT_EQ(event.withdrawal().attribution_count(), 3);
    EXPECT_EQ(event.withdrawal().publisher_display_name(), "Trí Đạt");
    EXPECT_EQ(event.recorded_sequence(), server_.head());
  }
  EXPECT_EQ(withdrawn, 1);
}

TEST_F(TimelineTest, ClaimsThatSayTheSameShareOne) {
  Ok(&Claims::CreateClaim, NewClaim("c"));
  Ok(&Claims::CreateClaim, NewClaim("d", "Nó là vậy."));
  Says("c", "a", "2025-05-02", "");
  Says("d", "b", "2025-05-01", "");
  v1::CreateRelationRequest relation;
  relation.set_parent("claims/d");
  relation.set_relation_id("r");
  relation.mutable_relation()->set_kind(v1::RELATION_KIND_SAME_AS);
  relation.mutable_relation()->set_target("claims/c");
  relation.mutable_relation()->set_state(v1::RELATION_STATE_CONFIRMED);
  relation.mutable_relation()->set_confirmed_by("the desk");
  Ok(&Relations::CreateRelation, relation);
  const v1::ListTimelineResponse timeline = List("c");
  EXPECT_THAT(Told(timeline),
              ElementsAre("STATED b 2025-05-01", "STATED a 2025-05-02", "RELATION_CONFIRMED -"))
      << "a relation within them is one event";
  EXPECT_EQ(timeline.events(0).claim(), "claims/d");
  EXPECT_EQ(timeline.claims(1).text(), "Nó là vậy.");
}

TEST_F(TimelineTest, PagesShowOneStateAndAllOfIt) {
  Ok(&Claims::CreateClaim, NewClaim("c"));
  for (int i = 1; i <= 7; ++i) Says("c", absl::StrCat("s", i), absl::StrCat("2025-0", 8 - i), "");
  v1::ListTimelineRequest request = Request("c", "page_size: 3");
  v1::ListTimelineResponse all;
  int pages = 0;
  do {
    const v1::ListTimelineResponse page = Ok(&Provenance::ListTimeline, request);
    EXPECT_EQ(page.event_count(), 7);
    all.mutable_events()->MergeFrom(page.events());
    request.set_page_token(page.next_page_token());
    Says("c", absl::StrCat("late", ++pages), "2025-01-15", "");
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  EXPECT_THAT(Told(all), ElementsAre("STATED s7 2025-01", "STATED s6 2025-02", "STATED s5 2025-03",
                                     "STATED s4 2025-04", "STATED s3 2025-05", "STATED s2 2025-06",
                                     "STATED s1 2025-07"));
}

TEST_F(TimelineTest, WhatCannotBeAskedIsRefusedByItsField) {
  EXPECT_THAT(Refusal("page_size: -1"), ElementsAre("page_size"));
  EXPECT_THAT(Refusal("page_token: 'x'"), ElementsAre("page_token"));
  EXPECT_THAT(Refusal("published_until: '2025-13'"), ElementsAre("published_until"));
  EXPECT_THAT(Refusal("published_until: '2025-08/..'"), ElementsAre("published_until"));
  EXPECT_THAT(Refusal("published_until: '2025-08~'"), ElementsAre("published_until"));
  v1::ListTimelineRequest request = Request(kDenied, "page_size: 1");
  request.set_page_token(Ok(&Provenance::ListTimeline, request).next_page_token());
  request.set_axis(v1::TIMELINE_AXIS_RECORDED);
  EXPECT_THAT(
      BadFields(Refused(&Provenance::ListTimeline, request, grpc::StatusCode::INVALID_ARGUMENT)),
      ElementsAre("page_token"));
  request.clear_page_token();
  request.set_axis(static_cast<v1::TimelineAxis>(7));
  EXPECT_THAT(
      BadFields(Refused(&Provenance::ListTimeline, request, grpc::StatusCode::INVALID_ARGUMENT)),
      ElementsAre("axis"));
  Refused(&Provenance::ListTimeline, Request("nobody", ""), grpc::StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace headwater::integration
