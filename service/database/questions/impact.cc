#include "database/questions/impact.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/questions/claim_state.h"
#include "database/questions/gather_beside.h"
#include "database/questions/gather_claims.h"
#include "database/questions/gather_numbers.h"
#include "database/questions/impact_walk.h"
#include "provenance/takers.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;

Name ClaimName(const std::string& id) { return Name{Kind::kClaim, "", id}; }

std::vector<std::string> Ids(const std::vector<RelatedClaim>& claims) {
  std::vector<std::string> ids;
  for (const RelatedClaim& claim : claims) ids.push_back(claim.id);
  return ids;
}

bool Contains(const std::vector<RelatedClaim>& claims, const std::string& id) {
  return std::any_of(claims.begin(), claims.end(),
                     [&](const RelatedClaim& claim) { return claim.id == id; });
}

// A group of claims that say the same, assessed as it is and as it would be.
struct Group {
  std::vector<std::string> claims;  // ids, ascending
  std::vector<HitPath> paths;
  provenance::Assessment before;
  Weighed after;
};

class Pager {
 public:
  Pager(const Reading& reading, const v1::AssessImpactRequest& request, const PageBounds& bounds)
      : reading_(reading),
        request_(request),
        bounds_(bounds),
        subject_(*Name::Parse(request.name())),
        rows_(bounds.rows) {}

  Reply Page(const std::string& position) {
    if (reading_.patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
    HW_RETURN_IF_ERROR(Find(reading_, subject_, /*show_deleted=*/false).status());
    HW_ASSIGN_OR_RETURN(page_size_, PageSize(request_.page_size()));
    WalkPlace place;
    HW_RETURN_IF_ERROR(Resume(position, &place));
    ImpactWalk walk(reading_, subject_, &rows_);
    HW_ASSIGN_OR_RETURN(const std::optional<WalkPlace> rest,
                        walk.Run(std::move(place), [this](const Hit& hit) { return Take(hit); }));
    if (rest) {
      std::vector<std::string> parts = {rest->phase, from_.rival, from_.member};
      parts.insert(parts.end(), rest->rows.begin(), rest->rows.end());
      response_.set_next_page_token(
          EncodePageToken({reading_.point.sequence, EncodePlace(parts)}, request_));
    }
    response_.set_read_sequence(static_cast<int64_t>(reading_.point.sequence));
    for (const std::string& claim : too_large_) response_.add_too_large(ClaimName(claim).Text());
    return response_.SerializeAsString();
  }

 private:
  // Where in the claims that a hit leads to a page ended: at the group of which contradicting claim
  // (empty: of the one that is hit), after which claim of the group.
  struct From {
    std::string rival;
    std::string member;
  };

  absl::Status Resume(const std::string& position, WalkPlace* place) {
    if (position.empty()) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(std::vector<std::string> parts, DecodePlace(position, 3));
    if (parts[0].size() != 1 || parts[0] < "1" || parts[0] > "5")
      return DecodePlace("", 1).status();
    place->phase = std::move(parts[0]);
    from_ = {std::move(parts[1]), std::move(parts[2])};
    place->rows.assign(parts.begin() + 3, parts.end());
    return absl::OkStatus();
  }

  bool IsFull() const {
    return static_cast<size_t>(response_.claims_size()) >= page_size_ || bytes_ > kMostPageBytes;
  }

  // False where the page ends within the hit, or before it; from_ says where.
  absl::StatusOr<bool> Take(const Hit& hit) {
    const From from = std::exchange(from_, {});
    std::vector<std::string> rivals;
    if (hit.told) {
      HW_ASSIGN_OR_RETURN(rivals, RivalsOf(hit.claim));
    }
    if (from.rival.empty()) {
      HW_ASSIGN_OR_RETURN(const bool whole, TakeGroup(hit, rivals, hit.claim, from.member));
      if (!whole) return false;
    }
    for (const std::string& rival : rivals) {
      if (rival < from.rival) continue;
      HW_ASSIGN_OR_RETURN(const bool whole,
                          TakeGroup(hit, rivals, rival, rival == from.rival ? from.member : ""));
      if (whole) continue;
      from_.rival = rival;
      return false;
    }
    return true;
  }

  // The claims that contradict `claim` or one that says the same, but for those that say the same
  // themselves; ascending.
  absl::StatusOr<std::vector<std::string>> RivalsOf(const std::string& claim) {
    GatherBudget budget(ClaimName(claim), {}, reading_.patience);
    IndexWalk walk(reading_, &budget);
    std::vector<std::string> rivals;
    const absl::StatusOr<RelatedClaims> related =
        GatherClaims(reading_, ClaimName(claim), Beside::kAll, &walk, &budget);
    if (absl::IsResourceExhausted(related.status()) || absl::IsNotFound(related.status()))
      return rivals;  // the group itself says so
    HW_RETURN_IF_ERROR(related.status());
    for (const RelatedClaim& rival : related->contradicting) {
      if (!Contains(related->same, rival.id)) rivals.push_back(rival.id);
    }
    return rivals;
  }

  // Reports the group of `start`, after `member`, if this hit is the one that it is reported on.
  absl::StatusOr<bool> TakeGroup(const Hit& hit, const std::vector<std::string>& rivals,
                                 const std::string& start, const std::string& member) {
    if (done_.contains(start)) return true;
    if (groups_ == bounds_.groups || attributions_ > bounds_.attributions || IsFull()) {
      from_.member = member;
      return false;
    }
    ++groups_;
    absl::StatusOr<Group> group = WeighGroup(start);
    if (absl::IsResourceExhausted(group.status())) {
      too_large_.insert(start);
      done_.insert(start);
      return true;
    }
    if (absl::IsNotFound(group.status())) return true;
    HW_RETURN_IF_ERROR(group.status());
    const HitPath& least = *std::min_element(group->paths.begin(), group->paths.end());
    // Whoever has its least path behind it is not reported again.
    if (least <= hit.path) done_.insert(group->claims.begin(), group->claims.end());
    if (least != hit.path || start != LedBy(*group, hit, rivals)) return true;
    return Report(*group, member);
  }

  // From which claim the hit leads to the group.
  static std::string LedBy(const Group& group, const Hit& hit,
                           const std::vector<std::string>& rivals) {
    const auto is_in = [&](const std::string& claim) {
      return std::binary_search(group.claims.begin(), group.claims.end(), claim);
    };
    if (is_in(hit.claim)) return hit.claim;
    const auto found = std::find_if(rivals.begin(), rivals.end(), is_in);
    return found == rivals.end() ? "" : *found;
  }

  absl::StatusOr<Group> WeighGroup(const std::string& claim) {
    GatherBudget budget(ClaimName(claim), {}, reading_.patience);
    IndexWalk walk(reading_, &budget);
    HW_ASSIGN_OR_RETURN(const RelatedClaims related,
                        GatherClaims(reading_, ClaimName(claim), Beside::kAll, &walk, &budget));
    HW_ASSIGN_OR_RETURN(Gathered gathered, GatherTold(reading_, Ids(related.same), &walk, &budget));
    attributions_ += gathered.a_case.attributions.size();
    Group group;
    group.claims = Ids(related.same);
    std::sort(group.claims.begin(), group.claims.end());
    group.paths = PathsOf(subject_, gathered, /*told_only=*/false);
    std::vector<bool> asserted_after;
    for (const RelatedClaim& rival : related.contradicting) {
      HW_ASSIGN_OR_RETURN(const Rival judged, JudgeRival(rival.id, &walk, &budget, &group.paths));
      gathered.a_case.contradicting.push_back({rival.id, judged.asserted});
      gathered.contradicting.push_back(rival.text);
      asserted_after.push_back(judged.asserted_after);
    }
    if (group.paths.empty())
      return records::Damaged("an index row leads to what does not lead back");
    group.before = provenance::Assess(gathered.a_case);
    Withdraw(subject_, &gathered);
    for (size_t i = 0; i < asserted_after.size(); ++i)
      gathered.a_case.contradicting[i].asserted = asserted_after[i];
    group.after = Weigh(std::move(gathered));
    return group;
  }

  // Whether a contradicting claim, or one that says the same, is asserted and would be. Adds the
  // paths by which something withdrawn is told there.
  struct Rival {
    bool asserted = false;
    bool asserted_after = false;
  };
  absl::StatusOr<Rival> JudgeRival(const std::string& claim, IndexWalk* walk, GatherBudget* budget,
                                   std::vector<HitPath>* paths) {
    HW_ASSIGN_OR_RETURN(const RelatedClaims related,
                        GatherClaims(reading_, ClaimName(claim), Beside::kNothing, walk, budget));
    HW_ASSIGN_OR_RETURN(Gathered told, GatherTold(reading_, Ids(related.same), walk, budget));
    attributions_ += told.a_case.attributions.size();
    for (HitPath& path : PathsOf(subject_, told, /*told_only=*/true))
      paths->push_back(std::move(path));
    Rival rival;
    rival.asserted = provenance::TakersOf(told.a_case).asserted;
    Withdraw(subject_, &told);
    rival.asserted_after = provenance::TakersOf(told.a_case).asserted;
    return rival;
  }

  absl::StatusOr<bool> Report(Group& group, const std::string& member) {
    std::vector<Name> names;
    for (const std::string& claim : group.claims) {
      if (claim > member) names.push_back(ClaimName(claim));
    }
    GatherBudget budget(ClaimName(group.claims.front()), {}, reading_.patience);
    std::vector<v1::Claim> claims;
    HW_RETURN_IF_ERROR(
        LoadEach<v1::Claim>(reading_, &budget, names, [&](size_t, const v1::Claim& claim, bool) {
          claims.push_back(claim);
          return absl::OkStatus();
        }));
    for (size_t i = 0; i < claims.size(); ++i) {
      if (IsFull()) {
        from_.member = names[i - 1].id;
        return false;
      }
      Compare(group, claims[i]);
    }
    return true;
  }

  void Compare(Group& group, const v1::Claim& claim) {
    response_.set_examined_count(response_.examined_count() + 1);
    v1::ClaimState before = StateOf(group.before, claim.nature());
    v1::ClaimState after = StateOf(group.after.assessment, claim.nature());
    if (IsSame(before, after)) {
      response_.set_unchanged_count(response_.unchanged_count() + 1);
      return;
    }
    group.after.gathered.a_case.nature = claim.nature();
    group.after.assessment.standing = static_cast<provenance::Standing>(after.standing());
    v1::ClaimImpact* impact = response_.add_claims();
    impact->set_claim(claim.name());
    impact->set_text(claim.text());
    impact->set_reason(ChangeReason(group.after, before, after));
    *impact->mutable_before() = std::move(before);
    *impact->mutable_after() = std::move(after);
    bytes_ += impact->ByteSizeLong();
  }

  const Reading& reading_;
  const v1::AssessImpactRequest& request_;
  const PageBounds bounds_;
  const Name subject_;
  size_t rows_;  // left
  size_t page_size_ = 0;
  size_t groups_ = 0;
  size_t attributions_ = 0;
  size_t bytes_ = 0;
  From from_;
  std::set<std::string> done_;  // claims that need not be gathered again for this page
  std::set<std::string> too_large_;
  v1::AssessImpactResponse response_;
};

}  // namespace

Reply AssessImpact(const Reading& reading, const v1::AssessImpactRequest& request,
                   const std::string& position, const PageBounds& bounds) {
  return Pager(reading, request, bounds).Page(position);
}

}  // namespace headwater::database
