// Finds what happened to a claim and to those that say the same: each event in a few bytes, so that
// all can be put in order; what a page shows of its own is read afterwards.
#ifndef HEADWATER_DATABASE_QUESTIONS_TIMELINE_GATHER_H_
#define HEADWATER_DATABASE_QUESTIONS_TIMELINE_GATHER_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "database/questions/gather_claims.h"
#include "headwater/v1/timeline.pb.h"
#include "records/edge.h"

namespace headwater::database {

// The most revisions that are looked at, and the most of relations and reviews, which are read.
inline constexpr size_t kMostTimelineRevisions = 250'000;
inline constexpr size_t kMostTimelineBodies = 10'000;

struct TimelineMoment {
  v1::TimelineEventKind kind = v1::TIMELINE_EVENT_KIND_UNSPECIFIED;
  uint64_t sequence = 0;  // of the revision that tells it
  size_t subject = 0;     // in TimelineMoments::subjects
  std::string date;       // EDTF
  v1::TimelineDateKind date_kind = v1::TIMELINE_DATE_KIND_UNSPECIFIED;
};

// A resource that something happened to.
struct TimelineSubject {
  keys::Name name;
  std::string claim;  // id: of those asked about, which it is of; empty for documents
  size_t edge = static_cast<size_t>(-1);  // of an attribution: in TimelineMoments::edges
};

struct TimelineDocument {
  std::string published;         // EDTF
  int32_t told = 0;              // live attributions told in it
  bool recording_error = false;  // withdrawn as recorded wrongly
};

struct TimelineMoments {
  std::vector<RelatedClaim> claims;  // the one asked about first
  std::vector<records::Edge> edges;  // all attributions, deleted ones too, in the order of names
  absl::flat_hash_map<std::string, TimelineDocument> documents;  // by id, in which they are told
  std::vector<TimelineSubject> subjects;
  std::vector<TimelineMoment> moments;
};

// With `recorded` all that we did; without it only what happened by its own date to what is live.
// NOT_FOUND where there is no such claim; kResourceExhausted beyond the bounds of `budget` and
// those above; kv::WouldBlock() on the spot where it is not in cache or takes many rows.
absl::StatusOr<TimelineMoments> GatherMoments(const Reading& reading, const keys::Name& claim,
                                              bool recorded, GatherBudget* budget);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_TIMELINE_GATHER_H_
