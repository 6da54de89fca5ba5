#include "cli/timeline_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "cli/rows.h"
#include "cli/trace_view.h"
#include "cli/width.h"

namespace headwater::cli {
namespace {

std::string NameOr(const std::string& display_name, const std::string& name) {
  return OneLine(display_name.empty() ? ShortName(name) : display_name);
}

std::string Quoted(const std::string& text) {
  return text.empty() ? "" : absl::StrCat("“", OneLine(text), "”");
}

std::string Because(const v1::TimelineEvent& event) {
  return event.reason().empty() ? "" : absl::StrCat(": ", OneLine(event.reason()));
}

std::string WhoseStatement(const v1::TimelineEvent& event) {
  return absl::StrCat(NameOr(event.statement().display_name(), event.statement().source()),
                      "’s statement");
}

std::string Stated(const v1::TimelineStatement& statement, bool same_document) {
  v1::Voice voice;
  voice.set_attribution("it has one");
  voice.set_stance(statement.stance());
  voice.set_basis(statement.basis());
  return absl::StrCat(NameOr(statement.display_name(), statement.source()), " ", Manner(voice),
                      statement.document_title().empty() ? ""
                      : same_document                    ? ", in the same"
                                      : absl::StrCat(", in ", Quoted(statement.document_title())));
}

std::string Withdrawn(const v1::TimelineEvent& event) {
  const v1::TimelineWithdrawal& withdrawal = event.withdrawal();
  const bool ours = withdrawal.kind() == v1::WITHDRAWAL_KIND_RECORDING_ERROR;
  const bool corrected = withdrawal.kind() == v1::WITHDRAWAL_KIND_CORRECTED;
  if (event.has_statement()) {
    if (ours)
      return absl::StrCat(WhoseStatement(event), " had been recorded wrongly", Because(event));
    return absl::StrCat(NameOr(event.statement().display_name(), event.statement().source()),
                        corrected ? " corrected what it said" : " took back what it said",
                        Because(event));
  }
  const std::string who = NameOr(withdrawal.publisher_display_name(), withdrawal.publisher());
  const int told = withdrawal.attribution_count();
  return absl::StrCat(
      ours ? absl::StrCat(Quoted(event.text()), " had been recorded wrongly")
           : absl::StrCat(who, corrected ? " corrected " : " retracted ", Quoted(event.text())),
      told == 0 ? ""
                : absl::StrCat(" with ", told, told == 1 ? " statement" : " statements", " in it"),
      Because(event));
}

std::string StandsTo(v1::RelationKind kind) {
  switch (kind) {
    case v1::RELATION_KIND_SAME_AS:
      return "says the same as";
    case v1::RELATION_KIND_CONTRADICTS:
      return "contradicts";
    case v1::RELATION_KIND_SUPPORTS:
      return "supports";
    case v1::RELATION_KIND_NARROWS:
      return "narrows";
    case v1::RELATION_KIND_SUPERSEDES:
      return "supersedes";
    case v1::RELATION_KIND_CORRECTS:
      return "corrects";
    default:
      return "is related to";
  }
}

// "it narrows “…”", "“…” narrows it"
std::string Relates(const v1::TimelineEvent& event) {
  const v1::TimelineRelation& relation = event.relation();
  const std::string other =
      relation.other_text().empty() ? "another claim" : Quoted(relation.other_text());
  return relation.claim() == event.claim()
             ? absl::StrCat("it ", StandsTo(relation.kind()), " ", other)
             : absl::StrCat(other, " ", StandsTo(relation.kind()), " it");
}

std::string Reviewed(const v1::TimelineReview& review) {
  const v1::Rating& rating = review.rating();
  std::string verdict = Quoted(rating.alternate_name());
  if (verdict.empty() && rating.has_value()) verdict = absl::StrCat(rating.value());
  return absl::StrCat(NameOr(review.author_display_name(), review.author()), " reviewed it",
                      verdict.empty() ? "" : absl::StrCat(" and found: ", verdict),
                      review.title().empty() ? "" : absl::StrCat(", in ", Quoted(review.title())));
}

// What a change, deletion or undeletion was of.
std::string Of(const v1::TimelineEvent& event) {
  if (event.has_statement()) return absl::StrCat("the record of ", WhoseStatement(event));
  if (event.has_relation()) return absl::StrCat("the relation that ", Relates(event));
  if (event.has_review())
    return absl::StrCat("the review of ",
                        NameOr(event.review().author_display_name(), event.review().author()));
  if (event.claim().empty()) return absl::StrCat("the document ", Quoted(event.text()));
  return absl::StrCat("the claim ", Quoted(event.text()));
}

}  // namespace

std::string EventInWords(const v1::TimelineEvent& event, bool same_document) {
  switch (event.kind()) {
    case v1::TIMELINE_EVENT_KIND_STATED:
      return Stated(event.statement(), same_document);
    case v1::TIMELINE_EVENT_KIND_WITHDRAWN:
    case v1::TIMELINE_EVENT_KIND_CORRECTED:
      return Withdrawn(event);
    case v1::TIMELINE_EVENT_KIND_REVIEWED:
      return Reviewed(event.review());
    case v1::TIMELINE_EVENT_KIND_RELATION_CONFIRMED:
      return absl::StrCat(OneLine(event.relation().by()), " confirmed that ", Relates(event));
    case v1::TIMELINE_EVENT_KIND_RELATION_REFUSED:
      return absl::StrCat(OneLine(event.relation().by()), " refused that ", Relates(event));
    case v1::TIMELINE_EVENT_KIND_RELATION_SUGGESTED:
      return absl::StrCat(OneLine(event.relation().by()), " suggested that ", Relates(event));
    case v1::TIMELINE_EVENT_KIND_RECORDED:
      return absl::StrCat("put on record: ", Of(event));
    case v1::TIMELINE_EVENT_KIND_REVISED:
      return absl::StrCat("changed: ", Of(event));
    case v1::TIMELINE_EVENT_KIND_DELETED:
      return absl::StrCat("deleted: ", Of(event), Because(event));
    case v1::TIMELINE_EVENT_KIND_UNDELETED:
      return absl::StrCat("no longer deleted: ", Of(event));
    default:
      return "something that this client does not know";
  }
}

std::string EventDate(const v1::TimelineEvent& event) {
  const v1::TimelineDate& date = event.date();
  if (date.date().empty()) return "no date";
  const bool by = date.kind() == v1::TIMELINE_DATE_KIND_PUBLISHED &&
                  event.kind() == v1::TIMELINE_EVENT_KIND_STATED;
  return absl::StrCat(by ? "by " : "", date.date(),
                      date.certainty() == v1::TIMELINE_DATE_CERTAINTY_BOUNDED ? " (open)" : "");
}

void TimelinePrinter::PrintHead(const v1::ListTimelineResponse& page) {
  if (page.claims_size() > 0) {
    out_ << terminal_.Bold(OneLine(page.claims(0).text())) << "\n"
         << terminal_.Dim(absl::StrCat(page.claims(0).claim(), ", as ",
                                       recorded_ ? "recorded" : "published", ", as of sequence ",
                                       page.read_sequence()))
         << "\n";
  }
  for (int i = 1; i < page.claims_size(); ++i) {
    out_ << "  [" << i + 1 << "] " << OneLine(page.claims(i).text()) << " "
         << terminal_.Dim(absl::StrCat("(the same, ", ShortName(page.claims(i).claim()), ")"))
         << "\n";
  }
  out_ << "\n";
}

void TimelinePrinter::PrintEvent(const v1::ListTimelineResponse& page,
                                 const v1::TimelineEvent& event) {
  std::string on;
  for (int i = 1; i < page.claims_size(); ++i) {
    if (page.claims(i).claim() == event.claim()) on = absl::StrCat(" [", i + 1, "]");
  }
  const std::string& document = event.statement().document();
  const bool same = !document.empty() && document == document_;
  const std::string words = absl::StrCat(EventInWords(event, same), on);
  document_ = event.kind() == v1::TIMELINE_EVENT_KIND_STATED ? document : "";
  if (recorded_) {
    const absl::Time time = absl::FromUnixSeconds(event.recorded_time().seconds());
    const std::string date =
        event.date().date().empty() ? "" : absl::StrCat("  (", EventDate(event), ")");
    out_ << "  "
         << terminal_.Dim(
                absl::StrCat(PadTo(absl::StrCat("#", event.recorded_sequence()), width_), "  ",
                             absl::FormatTime("%Y-%m-%d %H:%M:%SZ", time, absl::UTCTimeZone())))
         << "  " << words << terminal_.Dim(date)
         << terminal_.Dim(event.actor().empty() ? ""
                                                : absl::StrCat(", by ", OneLine(event.actor())))
         << "\n";
    return;
  }
  if (event.date().order_day().empty() && !undated_) {
    undated_ = true;
    out_ << terminal_.Dim("  when is not on record:") << "\n";
  }
  out_ << "  " << PadTo(EventDate(event), width_) << "  " << words
       << terminal_.Dim(absl::StrCat("  (recorded #", event.recorded_sequence(), ")")) << "\n";
}

void TimelinePrinter::Add(const v1::ListTimelineResponse& page) {
  if (!begun_) {
    begun_ = true;
    PrintHead(page);
    for (const v1::TimelineEvent& event : page.events()) {
      width_ =
          std::max(width_, DisplayWidth(recorded_ ? absl::StrCat("#", event.recorded_sequence())
                                                  : EventDate(event)));
    }
  }
  for (const v1::TimelineEvent& event : page.events()) PrintEvent(page, event);
}

void TimelinePrinter::End(const v1::ListTimelineResponse& last) {
  if (last.event_count() == 0) out_ << "Nothing is on record.\n";
  if (last.later_count() > 0) {
    out_ << "\n… and " << last.later_count()
         << (last.later_count() == 1 ? " event that is" : " events that are")
         << " certainly later\n";
  }
  if (last.perhaps_later_count() > 0) {
    out_ << (last.later_count() > 0 ? "" : "\n") << "… and " << last.perhaps_later_count()
         << " of which it is not certain that "
         << (last.perhaps_later_count() == 1 ? "it is" : "they are") << " not later\n";
  }
}

}  // namespace headwater::cli
