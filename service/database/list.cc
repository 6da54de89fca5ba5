// Pages of listings.
#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "database/exchange/match.h"
#include "database/queries.h"
#include "database/scan.h"
#include "database/standings/standings.h"
#include "keys/register.h"
#include "records/render.h"
#include "records/terms.h"

namespace headwater::database {
namespace {

using records::Stored;

constexpr size_t kChunk = 100;
// The most index rows that a page is found among on the spot.
constexpr size_t kMostExaminedOnTheSpot = 4 * kMostRowsOnTheSpot;
// The most claims that a page assesses itself, where they are unsettled at its state; it is cut
// short before more.
constexpr size_t kMostAssessed = 20;

v1::ClaimStanding Told(const keys::Name& claim, const StandingSince& standing) {
  v1::ClaimStanding told;
  told.set_claim(claim.Text());
  told.set_standing(static_cast<v1::Standing>(standing.row.standing));
  for (int flag = v1::FlagKind_MIN + 1; flag <= v1::FlagKind_MAX; ++flag) {
    const auto kind = static_cast<v1::FlagKind>(flag);
    if ((standing.row.flags & records::FlagBit(kind)) != 0) told.add_flags(kind);
  }
  told.set_since_sequence(static_cast<int64_t>(standing.since));
  told.set_too_much(standing.row.state == records::StandingState::kTooMuch);
  return told;
}

// Builds one page: walks the filter's rows chunk by chunk, loads what they point at, drops what
// other parts of the filter exclude.
class Pager {
 public:
  Pager(const Reading& reading, const Listing& listing)
      : reading_(reading), listing_(listing), scan_(listing.filter, listing.live_standings) {}

  Reply Page() {
    std::string position = listing_.position;
    const bool on_the_spot = reading_.patience == kv::Patience::kCacheOnly;
    size_t budget = on_the_spot ? kMostExaminedOnTheSpot : kMostExamined;
    do {
      std::vector<Candidate> chunk;
      HW_ASSIGN_OR_RETURN(position, Gather(position, &budget, &chunk));
      HW_ASSIGN_OR_RETURN(std::optional<std::string> cut, Append(chunk));
      if (cut) {
        position = *std::move(cut);
        break;
      }
    } while (!position.empty() && count_ < listing_.page_size && budget > 0);
    // A page that must look far for its rows is work for the pool.
    if (on_the_spot && !position.empty() && budget == 0 && count_ < listing_.page_size) {
      return kv::WouldBlock();
    }
    if (!position.empty()) {
      records::AppendBytesField(
          kNextPageTokenField,
          EncodePageToken({reading_.point.sequence, position}, *listing_.request), &reply_);
    }
    records::AppendNumberField(kListReadSequenceField, reading_.point.sequence, &reply_);
    return std::move(reply_);
  }

 private:
  struct Found {
    const Candidate* candidate;
    StandingSince standing;
  };

  absl::StatusOr<std::string> Gather(std::string position, size_t* budget,
                                     std::vector<Candidate>* chunk) {
    const size_t wanted = std::min(kChunk, listing_.page_size - count_);
    return scan_.Run(reading_.point, reading_.patience, std::move(position), budget,
                     [&](Candidate candidate) {
                       if (candidate.deleted && !listing_.show_deleted) return true;
                       if (chunk->size() == wanted) return false;
                       chunk->push_back(std::move(candidate));
                       return true;
                     });
  }

  // Appends those of the chunk that the whole filter holds for. Returns where the page was cut, for
  // its size or its work, if it was.
  absl::StatusOr<std::optional<std::string>> Append(const std::vector<Candidate>& chunk) {
    std::optional<std::string> cut;
    std::vector<Found> found;
    std::vector<uint64_t> revisions;
    for (const Candidate& candidate : chunk) {
      StandingSince standing;
      if (listing_.show_standings) {
        HW_ASSIGN_OR_RETURN(const std::optional<StandingSince> stands, StandingOf(candidate));
        if (!stands) {
          cut = candidate.position;
          break;
        }
        if (!Stands(stands->row)) continue;
        standing = *stands;
      }
      uint64_t revision = candidate.revision;
      if (revision == 0) {
        HW_ASSIGN_OR_RETURN(revision, RevisionOf(reading_, candidate.name));
      }
      revisions.push_back(revision);
      found.push_back({&candidate, standing});
    }
    HW_ASSIGN_OR_RETURN(const std::vector<Stored> all, reading_.reader().LoadAll(revisions));
    for (size_t i = 0; i < all.size(); ++i) {
      if (!Matches(listing_.filter, all[i])) continue;
      if (count_ > 0 && reply_.size() + all[i].body.size() > kMostPageBytes)
        return found[i].candidate->position;
      records::AppendResourceField(kListedField, all[i], &reply_);
      if (listing_.show_standings) {
        const v1::ClaimStanding told = Told(found[i].candidate->name, found[i].standing);
        records::AppendBytesField(kListStandingsField, told.SerializeAsString(), &reply_);
      }
      ++count_;
    }
    return cut;
  }

  // How a claim stands; nullopt where it would have to be assessed and the page has assessed
  // enough.
  absl::StatusOr<std::optional<StandingSince>> StandingOf(const Candidate& candidate) {
    const ReadPoint& point = reading_.point;
    HW_ASSIGN_OR_RETURN(StandingSince standing, StandingAt(*point.view.snapshot, candidate.name.id,
                                                           point.sequence, reading_.patience));
    if (!standing.row.unsettled()) return standing;
    if (reading_.patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
    if (assessed_ == kMostAssessed) return std::nullopt;
    ++assessed_;
    HW_ASSIGN_OR_RETURN(standing.row, AssessStanding(reading_, candidate.name.id));
    standing.since = 0;
    return standing;
  }

  bool Stands(const records::StandingRow& row) const {
    const std::vector<std::string> terms = records::StandingTerms(row);
    const std::vector<std::string>& wanted = listing_.filter.standing_terms;
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& term) {
      return std::binary_search(terms.begin(), terms.end(), term);
    });
  }

  const Reading& reading_;
  const Listing& listing_;
  const Scan scan_;
  std::string reply_;
  size_t count_ = 0;
  size_t assessed_ = 0;
};

}  // namespace

Reply List(const Reading& reading, const Listing& listing) {
  if (reading.patience == kv::Patience::kCacheOnly && listing.page_size > kMostRowsOnTheSpot)
    return kv::WouldBlock();
  return Pager(reading, listing).Page();
}

}  // namespace headwater::database
