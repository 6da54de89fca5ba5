// A timeline as people read it.
#ifndef HEADWATER_CLI_TIMELINE_VIEW_H_
#define HEADWATER_CLI_TIMELINE_VIEW_H_

#include <ostream>
#include <string>

#include "cli/terminal.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::cli {

// Pages of a timeline as they come: the claim's text, then a line for each event, its date before
// it (on the recorded axis its sequence and time), what is known of it behind.
class TimelinePrinter {
 public:
  // `out` must outlive it.
  TimelinePrinter(std::ostream* out, const Terminal& terminal, bool recorded)
      : out_(*out), terminal_(terminal), recorded_(recorded) {}

  void Add(const v1::ListTimelineResponse& page);

  // Says what was left out, once all pages are there.
  void End(const v1::ListTimelineResponse& last);

 private:
  void PrintHead(const v1::ListTimelineResponse& page);
  void PrintEvent(const v1::ListTimelineResponse& page, const v1::TimelineEvent& event);

  std::ostream& out_;
  const Terminal terminal_;
  const bool recorded_;
  bool begun_ = false;
  bool undated_ = false;  // the events without a date have begun
  int width_ = 0;         // of the column of dates
  std::string document_;  // in which the statement before was told
};

// What happened, in a sentence without its end: "Nvidia denies, first-hand, in “Chips”"; "in the
// same", where that was just named.
std::string EventInWords(const v1::TimelineEvent& event, bool same_document = false);

// The date before an event: "2025-08-06", "by 2025-08" of what is known by a publication, "no
// date".
std::string EventDate(const v1::TimelineEvent& event);

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_TIMELINE_VIEW_H_
