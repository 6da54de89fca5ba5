// The reads, written once over all kinds: each answers at a read point with a response in wire
// format.
#ifndef HEADWATER_DATABASE_QUERIES_H_
#define HEADWATER_DATABASE_QUERIES_H_

#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "database/filter.h"
#include "database/page_token.h"
#include "database/view.h"

namespace headwater::database {

// The most bytes of a page (a page is cut short before it has more), below the 4 MiB that gRPC
// clients take unless told otherwise; and of the answer to a batch get.
inline constexpr size_t kMostPageBytes = 3 << 20;
inline constexpr size_t kMostBatchBytes = 32 << 20;

// The most rows that are answered on the spot; more are left to the pool.
inline constexpr size_t kMostRowsOnTheSpot = 50;

// The longest text, in bytes, that is packed, unpacked or searched on the spot.
inline constexpr size_t kMostTextOnTheSpot = 100'000;

// A read point and how patiently it is read.
struct Reading {
  ReadPoint point;
  kv::Patience patience;

  records::Reader reader() const { return point.reader(patience); }
};

// The revision of `name` at the read point, or NOT_FOUND.
absl::StatusOr<records::Stored> Find(const Reading& reading, const keys::Name& name,
                                     bool show_deleted);
// Where it is; 0 where it was not made yet. Says nothing of whether it is deleted.
absl::StatusOr<uint64_t> RevisionOf(const Reading& reading, const keys::Name& name);

Reply Get(const Reading& reading, const keys::Name& name, bool show_deleted, bool include_text);

// A listing: what of, how much, and the request, to which its tokens are bound.
struct Listing {
  Filter filter;
  bool show_deleted = false;
  bool show_standings = false;  // of claims: tell how each stands; wanted for standing_terms
  bool live_standings = false;  // live rows of standings alone are the state at the read point
  size_t page_size = 0;
  std::string position;  // where the page begins; empty for the first
  const google::protobuf::Message* request = nullptr;
};
Reply List(const Reading& reading, const Listing& listing);

Reply BatchGet(const Reading& reading, const std::vector<keys::Name>& names, bool show_deleted);

// Revisions, newest first, from the key `position` on.
Reply ListRevisions(const Reading& reading, const keys::Name& name, size_t page_size,
                    absl::string_view position, const google::protobuf::Message& request);

Reply Lookup(const Reading& reading, const v1::LookupSourceRequest& request);

// Gather()'s errors, but for what only assessments read; kInvalidArgument where `from` is no voice.
Reply Trace(const Reading& reading, const v1::TraceClaimRequest& request);

// `published_until` is an EDTF date, or empty. kInvalidArgument where it has no certain last day;
// Gather()'s errors.
Reply Assess(const Reading& reading, const keys::Name& claim, const std::string& published_until);
Reply BatchAssess(const Reading& reading, const std::vector<keys::Name>& claims,
                  const std::string& published_until);

// A page from `position` on, which a token of it gave. Errors of Gather() and Assess().
Reply ListTimeline(const Reading& reading, const v1::ListTimelineRequest& request, size_t page_size,
                   const std::string& position);

// The last day of a request's published_until; nullopt for the empty one, which is no bound.
absl::StatusOr<std::optional<int32_t>> LastDay(const std::string& published_until);

// The page size asked for, within its bounds; kInvalidArgument where it is negative.
absl::StatusOr<size_t> PageSize(int32_t asked);

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUERIES_H_
