#include "database/questions/compare.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/questions/compared_group.h"
#include "database/questions/gather_beside.h"
#include "database/questions/gather_claims.h"
#include "keys/encoding.h"
#include "keys/register.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;

// How many rows of each source are counted to tell which has fewer.
constexpr size_t kMostCounted = 1000;
// What looking up a claim's relations is counted as, in rows.
constexpr size_t kLookUp = 3;

Name ClaimName(const std::string& id) { return Name{Kind::kClaim, "", id}; }

class Pager {
 public:
  Pager(const Reading& reading, const v1::CompareSourcesRequest& request, const PageBounds& bounds)
      : reading_(reading),
        request_(request),
        bounds_(bounds),
        first_(*Name::Parse(request.first())),
        second_(*Name::Parse(request.second())),
        rows_(bounds.rows) {}

  Reply Page(const std::string& position) {
    if (first_ == second_) return InvalidField("second", "is the first source again");
    if (reading_.patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
    HW_ASSIGN_OR_RETURN(*response_.mutable_first_display_name(), DisplayName(first_));
    HW_ASSIGN_OR_RETURN(*response_.mutable_second_display_name(), DisplayName(second_));
    HW_ASSIGN_OR_RETURN(page_size_, PageSize(request_.page_size()));
    response_.mutable_counts();
    HW_RETURN_IF_ERROR(Resume(position));
    HW_RETURN_IF_ERROR(Walk());
    if (!row_.empty()) {
      response_.set_next_page_token(EncodePageToken(
          {reading_.point.sequence, EncodePlace({walks_first_ ? "1" : "2", from_, row_})},
          request_));
    }
    response_.set_read_sequence(static_cast<int64_t>(reading_.point.sequence));
    for (const std::string& claim : too_large_) response_.add_too_large(ClaimName(claim).Text());
    return response_.SerializeAsString();
  }

 private:
  absl::StatusOr<std::string> DisplayName(const Name& source) {
    HW_ASSIGN_OR_RETURN(const records::Stored stored, Find(reading_, source, false));
    v1::Source parsed;
    if (!parsed.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("a source cannot be read");
    return parsed.display_name();
  }

  const Name& walked() const { return walks_first_ ? first_ : second_; }
  const Name& other() const { return walks_first_ ? second_ : first_; }

  absl::Status Resume(const std::string& position) {
    if (position.empty()) {
      HW_ASSIGN_OR_RETURN(const size_t of_first, RowsOf(first_));
      HW_ASSIGN_OR_RETURN(const size_t of_second, RowsOf(second_));
      walks_first_ = of_first <= of_second;
      return absl::OkStatus();
    }
    HW_ASSIGN_OR_RETURN(const std::vector<std::string> parts, DecodePlace(position, 3));
    walks_first_ = parts[0] == "1";
    from_ = parts[1];
    row_ = parts[2];
    return absl::OkStatus();
  }

  static std::string TermOf(const Name& source) {
    return keys::Term(keys::Index::kReference,
                      keys::ReferenceValue(source, keys::Reference::kAttributionSource));
  }

  // How many rows a source's attributions have, as far as they are counted.
  absl::StatusOr<size_t> RowsOf(const Name& source) const {
    Filter filter;
    filter.kind = Kind::kAttribution;
    filter.terms = {TermOf(source)};
    size_t left = kMostCounted;
    HW_RETURN_IF_ERROR(Scan(filter)
                           .Run(reading_.point, reading_.patience, "", &left,
                                [](const Candidate&) { return true; })
                           .status());
    return kMostCounted - left;
  }

  // The first live row of a source's attributions, of all claims or of one, from `position` on;
  // nullopt at the end or where no rows are left (then *position is not empty).
  absl::StatusOr<std::optional<Name>> RowOf(const Name& source, const std::string& claim,
                                            std::string* position) {
    Filter filter;
    filter.kind = Kind::kAttribution;
    filter.claim = claim;
    filter.terms = {TermOf(source)};
    std::optional<Name> found;
    HW_ASSIGN_OR_RETURN(
        *position, Scan(filter).Run(reading_.point, reading_.patience, std::move(*position), &rows_,
                                    [&](Candidate candidate) {
                                      if (candidate.deleted) return true;
                                      found = std::move(candidate.name);
                                      return false;
                                    }));
    return found;
  }

  // Whether a source is on record in a claim. Never ends for lack of rows: they are owed.
  absl::StatusOr<bool> IsIn(const Name& source, const std::string& claim) {
    const size_t left = std::exchange(rows_, SIZE_MAX);
    std::string position;
    HW_ASSIGN_OR_RETURN(const std::optional<Name> found, RowOf(source, claim, &position));
    const size_t used = SIZE_MAX - rows_ + 1;
    rows_ = left > used ? left - used : 0;
    return found.has_value();
  }
  absl::StatusOr<bool> IsInOneOf(const Name& source, const std::vector<std::string>& claims) {
    for (const std::string& claim : claims) {
      HW_ASSIGN_OR_RETURN(const bool in, IsIn(source, claim));
      if (in) return true;
    }
    return false;
  }

  // From claim to claim of the walked source; row_ is where the page ends, empty at the end.
  absl::Status Walk() {
    for (;;) {
      HW_ASSIGN_OR_RETURN(const std::optional<Name> found, RowOf(walked(), "", &row_));
      if (!found) return absl::OkStatus();
      HW_ASSIGN_OR_RETURN(const bool whole, Take(found->claim));
      if (!whole) return absl::OkStatus();
      from_.clear();
      row_ =
          keys::PrefixEnd(TermOf(walked()) + keys::NameKeyPrefix(Kind::kAttribution, found->claim));
    }
  }

  // The claims that say the same as one, ascending, and those that contradict one of them.
  // kNotFound where there is too much of that.
  struct Relatives {
    std::vector<std::string> same;
    std::vector<std::string> rivals;
  };
  absl::StatusOr<Relatives> RelativesOf(const std::string& claim) {
    GatherBudget budget(ClaimName(claim), {}, reading_.patience);
    IndexWalk walk(reading_, &budget);
    absl::StatusOr<RelatedClaims> related =
        GatherClaims(reading_, ClaimName(claim), Beside::kAll, &walk, &budget);
    if (absl::IsResourceExhausted(related.status())) {
      too_large_.insert(claim);
      return absl::NotFoundError("");
    }
    HW_RETURN_IF_ERROR(related.status());
    Relatives relatives;
    for (const RelatedClaim& same : related->same) relatives.same.push_back(same.id);
    std::sort(relatives.same.begin(), relatives.same.end());
    // None contradicts itself.
    for (const RelatedClaim& rival : related->contradicting) {
      if (!std::binary_search(relatives.same.begin(), relatives.same.end(), rival.id))
        relatives.rivals.push_back(rival.id);
    }
    rows_ -= std::min(rows_, kLookUp + relatives.same.size() + relatives.rivals.size());
    return relatives;
  }

  // What the group of a claim of the walked source has in common with the other one, from from_ on.
  // False where the page ends; from_ says where.
  absl::StatusOr<bool> Take(const std::string& claim) {
    absl::StatusOr<Relatives> relatives = RelativesOf(claim);
    if (absl::IsNotFound(relatives.status())) return true;
    HW_RETURN_IF_ERROR(relatives.status());
    for (const std::string& same : relatives->same) {
      if (same >= claim) break;
      HW_ASSIGN_OR_RETURN(const bool earlier, IsIn(walked(), same));
      if (earlier) return true;
    }
    own_.reset();
    if (from_.empty()) {
      HW_ASSIGN_OR_RETURN(const bool shared, IsInOneOf(other(), relatives->same));
      if (shared) {
        if (IsFull()) return false;
        ++steps_;
        HW_RETURN_IF_ERROR(Settle(claim, relatives->same, &own_));
        if (own_ && !own_->first.claims.empty() && !own_->second.claims.empty())
          HW_RETURN_IF_ERROR(Add(SharedIn(*own_)));
      }
    }
    for (const std::string& rival : relatives->rivals) {
      if (rival < from_) continue;
      from_ = rival;
      if (IsFull()) return false;
      ++steps_;
      HW_RETURN_IF_ERROR(TakeRival(claim, *relatives, rival));
    }
    return true;
  }

  absl::Status TakeRival(const std::string& claim, const Relatives& own, const std::string& rival) {
    const absl::StatusOr<Relatives> theirs = RelativesOf(rival);
    if (absl::IsNotFound(theirs.status())) return absl::OkStatus();
    HW_RETURN_IF_ERROR(theirs.status());
    const auto is_same = [&](const std::string& each) {
      return std::binary_search(theirs->same.begin(), theirs->same.end(), each);
    };
    // Once a group.
    if (*std::find_if(own.rivals.begin(), own.rivals.end(), is_same) != rival)
      return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(const bool there, IsInOneOf(other(), theirs->same));
    if (!there) return absl::OkStatus();
    std::optional<ComparedGroup> group;
    HW_RETURN_IF_ERROR(Settle(rival, theirs->same, &group));
    if (!own_) HW_RETURN_IF_ERROR(Settle(claim, own.same, &own_));
    if (!group || !own_) return absl::OkStatus();
    const ComparedSide& first = walks_first_ ? own_->first : group->first;
    const ComparedSide& second = walks_first_ ? group->second : own_->second;
    return first.asserts() && second.asserts() ? Add(SharedAcross(first, second))
                                               : absl::OkStatus();
  }

  // Nullopt where there is too much of it.
  absl::Status Settle(const std::string& claim, const std::vector<std::string>& same,
                      std::optional<ComparedGroup>* group) {
    ++groups_;
    GatherBudget budget(ClaimName(claim), {}, reading_.patience);
    IndexWalk walk(reading_, &budget);
    const absl::StatusOr<Gathered> gathered = GatherTold(reading_, same, &walk, &budget);
    if (absl::IsResourceExhausted(gathered.status())) {
      too_large_.insert(claim);
      return absl::OkStatus();
    }
    HW_RETURN_IF_ERROR(gathered.status());
    attributions_ += gathered->a_case.attributions.size();
    *group = Compared(*gathered, first_.id, second_.id);
    return absl::OkStatus();
  }

  // Not before it has come further: however much one step takes, there is a next page.
  bool IsFull() const {
    if (steps_ == 0) return false;
    return static_cast<size_t>(response_.shared_size()) >= page_size_ || bytes_ > kMostPageBytes ||
           groups_ >= bounds_.groups || attributions_ > bounds_.attributions || rows_ == 0;
  }

  absl::Status Add(v1::SharedClaim shared) {
    HW_ASSIGN_OR_RETURN(*shared.mutable_text(), TextOf(shared.first_claims(0)));
    if (shared.second_claims(0) != shared.first_claims(0)) {
      HW_ASSIGN_OR_RETURN(*shared.mutable_second_text(), TextOf(shared.second_claims(0)));
    }
    Count(shared, response_.mutable_counts());
    bytes_ += shared.ByteSizeLong();
    *response_.add_shared() = std::move(shared);
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> TextOf(const std::string& name) {
    HW_ASSIGN_OR_RETURN(const records::Stored stored, Find(reading_, *Name::Parse(name), false));
    v1::Claim claim;
    if (!claim.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("a claim cannot be read");
    return claim.text();
  }

  const Reading& reading_;
  const v1::CompareSourcesRequest& request_;
  const PageBounds bounds_;
  const Name first_;
  const Name second_;
  size_t rows_;  // left
  size_t page_size_ = 0;
  size_t steps_ = 0;
  size_t groups_ = 0;
  size_t attributions_ = 0;
  size_t bytes_ = 0;
  bool walks_first_ = true;
  std::string row_;   // where the walk is
  std::string from_;  // there, the contradicting claim to go on from; empty: the group itself
  std::optional<ComparedGroup> own_;  // of the claim that the walk is at
  std::set<std::string> too_large_;
  v1::CompareSourcesResponse response_;
};

}  // namespace

Reply CompareSources(const Reading& reading, const v1::CompareSourcesRequest& request,
                     const std::string& position, const PageBounds& bounds) {
  return Pager(reading, request, bounds).Page(position);
}

}  // namespace headwater::database
