// Pages of listings.
#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "database/queries.h"
#include "database/scan.h"
#include "keys/register.h"
#include "records/render.h"
#include "records/terms.h"

namespace headwater::database {
namespace {

using records::Stored;

constexpr size_t kChunk = 100;
// The most index rows that a page is found among on the spot.
constexpr size_t kMostExaminedOnTheSpot = 4 * kMostRowsOnTheSpot;

// Builds one page: walks the filter's rows chunk by chunk, loads what they point at, drops what
// other parts of the filter exclude.
class Pager {
 public:
  Pager(const Reading& reading, const Listing& listing)
      : reading_(reading),
        listing_(listing),
        scan_(listing.filter),
        walks_days_(listing.filter.terms.empty() && listing.filter.claim.empty()) {}

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

  // Appends those of the chunk that the whole filter holds for. Returns where the page was cut for
  // its size, if it was.
  absl::StatusOr<std::optional<std::string>> Append(const std::vector<Candidate>& chunk) {
    std::vector<uint64_t> revisions;
    for (const Candidate& candidate : chunk) {
      uint64_t revision = candidate.revision;
      if (revision == 0) {
        HW_ASSIGN_OR_RETURN(revision, RevisionOf(reading_, candidate.name));
      }
      revisions.push_back(revision);
    }
    HW_ASSIGN_OR_RETURN(const std::vector<Stored> all, reading_.reader().LoadAll(revisions));
    for (size_t i = 0; i < all.size(); ++i) {
      if (!Matches(all[i])) continue;
      if (count_ > 0 && reply_.size() + all[i].body.size() > kMostPageBytes)
        return chunk[i].position;
      records::AppendResourceField(kListedField, all[i], &reply_);
      ++count_;
    }
    return std::nullopt;
  }

  // Whether the parts of the filter that the walk does not see to hold.
  bool Matches(const Stored& stored) const {
    const Filter& filter = listing_.filter;
    const bool days_left = filter.has_days() && !walks_days_;
    if (filter.terms.size() <= 1 && !days_left) return true;
    std::unique_ptr<records::Message> resource = records::ParseResource(filter.kind, stored.body);
    if (resource == nullptr) return false;
    if (days_left) {
      const std::optional<int32_t> day = records::FirstDay(records::ListedDate(*resource));
      if (!day || day < filter.from_day.value_or(INT32_MIN) ||
          day > filter.until_day.value_or(INT32_MAX))
        return false;
    }
    const std::vector<std::string> terms =
        records::TermsOf(*resource, records::ReferencesOf(*resource));
    return std::all_of(filter.terms.begin(), filter.terms.end(), [&](const std::string& term) {
      return std::binary_search(terms.begin(), terms.end(), term);
    });
  }

  const Reading& reading_;
  const Listing& listing_;
  const Scan scan_;
  const bool walks_days_;
  std::string reply_;
  size_t count_ = 0;
};

}  // namespace

Reply List(const Reading& reading, const Listing& listing) {
  if (reading.patience == kv::Patience::kCacheOnly && listing.page_size > kMostRowsOnTheSpot)
    return kv::WouldBlock();
  return Pager(reading, listing).Page();
}

}  // namespace headwater::database
