// AssessClaim and BatchAssessClaims.
#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/edtf.h"
#include "base/status_macros.h"
#include "database/errors.h"
#include "database/queries.h"
#include "database/questions/describe.h"
#include "database/questions/gather.h"
#include "database/questions/stale.h"
#include "google/protobuf/arena.h"
#include "headwater/v1/provenance_service.pb.h"
#include "records/render.h"

namespace headwater::database {
namespace {

// The most claims that are assessed on the spot.
constexpr size_t kMostOnTheSpot = 2;

// An assessment without its read_sequence, in wire format.
absl::StatusOr<std::string> AssessAnew(const Reading& reading, const keys::Name& claim,
                                       std::optional<int32_t> day,
                                       const std::string& published_until, Gathered gathered) {
  const std::optional<v1::Credibility> credibility = gathered.credibility;
  const Weighed weighed =
      day ? WeighUntil(std::move(gathered), *day, published_until) : Weigh(std::move(gathered));
  google::protobuf::Arena arena;
  auto* const assessment = google::protobuf::Arena::CreateMessage<v1::Assessment>(&arena);
  Describe(weighed, assessment);
  if (credibility) {
    // A judgement is of all that is recorded.
    std::optional<Weighed> all;
    if (day) {
      HW_ASSIGN_OR_RETURN(Gathered whole, Gather(reading, claim));
      all = Weigh(std::move(whole));
    }
    HW_ASSIGN_OR_RETURN(*assessment->mutable_credibility(),
                        JudgementOf(reading, claim, *credibility, all ? *all : weighed));
  }
  return assessment->SerializeAsString();
}

// Whether nothing that it rests on was written from the state at which it was made to `sequence`.
bool HoldsAt(const KeptAssessment& kept, uint64_t sequence, const WriteMarks& marks) {
  const uint64_t since = kept.since.load(std::memory_order_relaxed);
  return since <= sequence &&
         std::all_of(kept.relied.begin(), kept.relied.end(),
                     [&](MarkPlace place) { return marks.Last(place) <= since; });
}

// With room for read_sequence, so that adding it moves nothing.
std::string BytesOf(const KeptAssessment& kept) {
  constexpr size_t kRoom = 16;
  std::string bytes;
  bytes.reserve(kept.bytes.size() + kRoom);
  bytes.append(kept.bytes);
  return bytes;
}

// It came out the same at `sequence`.
void Extend(const KeptAssessment& kept, uint64_t sequence) {
  uint64_t since = kept.since.load(std::memory_order_relaxed);
  while (since < sequence && !kept.since.compare_exchange_weak(since, sequence)) {
  }
}

// The same, as it was kept if nothing that it rests on was written since, or if it would come out
// of the same revisions. One with a digit comes out of what was recorded earlier too, and is made
// anew.
absl::StatusOr<std::string> AssessOne(const Reading& reading, const keys::Name& claim,
                                      std::optional<int32_t> day,
                                      const std::string& published_until) {
  ReadCaches* const caches = reading.point.view.caches;
  const std::string key = absl::StrCat(claim.id, "\n", published_until);
  std::shared_ptr<const KeptAssessment> kept;
  if (caches != nullptr) kept = caches->assessments.Find(key);
  if (kept != nullptr && HoldsAt(*kept, reading.point.sequence, caches->marks))
    return BytesOf(*kept);
  HW_ASSIGN_OR_RETURN(Gathered gathered, Gather(reading, claim, {}, day));
  if (caches == nullptr || gathered.credibility || gathered.seen.size() > GatherBudget::kMostSeen ||
      gathered.relied.size() > GatherBudget::kMostRelied)
    return AssessAnew(reading, claim, day, published_until, std::move(gathered));
  if (kept != nullptr && kept->seen == gathered.seen) {
    Extend(*kept, reading.point.sequence);
    return BytesOf(*kept);
  }
  auto made = std::make_shared<KeptAssessment>();
  made->seen = gathered.seen;
  made->relied = std::move(gathered.relied);
  std::sort(made->relied.begin(), made->relied.end());
  made->relied.erase(std::unique(made->relied.begin(), made->relied.end()), made->relied.end());
  made->relied.shrink_to_fit();
  made->since = reading.point.sequence;
  HW_ASSIGN_OR_RETURN(made->bytes,
                      AssessAnew(reading, claim, day, published_until, std::move(gathered)));
  std::string bytes = made->bytes;
  const size_t size =
      bytes.size() + made->seen.size() * sizeof(uint64_t) + made->relied.size() * sizeof(MarkPlace);
  caches->assessments.Insert(key, std::move(made), size + sizeof(KeptAssessment));
  return bytes;
}

absl::StatusOr<std::string> AssessmentAt(const Reading& reading, const keys::Name& claim,
                                         std::optional<int32_t> day,
                                         const std::string& published_until) {
  HW_ASSIGN_OR_RETURN(std::string bytes, AssessOne(reading, claim, day, published_until));
  records::AppendNumberField(v1::Assessment::kReadSequenceFieldNumber, reading.point.sequence,
                             &bytes);
  return bytes;
}

}  // namespace

absl::StatusOr<std::optional<int32_t>> LastDay(const std::string& published_until) {
  if (published_until.empty()) return std::nullopt;
  HW_ASSIGN_OR_RETURN(const Edtf date, ParseEdtf(published_until));
  if (!date.latest_day || date.uncertain || date.approximate) {
    return InvalidField("published_until",
                        "has no certain last day; give a day, month, year or closed interval");
  }
  return date.latest_day;
}

Reply Assess(const Reading& reading, const keys::Name& claim, const std::string& published_until) {
  HW_ASSIGN_OR_RETURN(const std::optional<int32_t> day, LastDay(published_until));
  return AssessmentAt(reading, claim, day, published_until);
}

Reply BatchAssess(const Reading& reading, const std::vector<keys::Name>& claims,
                  const std::string& published_until) {
  HW_ASSIGN_OR_RETURN(const std::optional<int32_t> day, LastDay(published_until));
  if (reading.patience == kv::Patience::kCacheOnly && claims.size() > kMostOnTheSpot)
    return kv::WouldBlock();
  using Response = v1::BatchAssessClaimsResponse;
  std::string response;
  for (const keys::Name& claim : claims) {
    HW_ASSIGN_OR_RETURN(const std::string assessment,
                        AssessmentAt(reading, claim, day, published_until));
    records::AppendBytesField(Response::kAssessmentsFieldNumber, assessment, &response);
    if (response.size() > kMostBatchBytes) {
      return InvalidField("names", absl::StrCat("ask for more than ", kMostBatchBytes >> 20,
                                                " MiB; ask for fewer at a time"));
    }
  }
  records::AppendNumberField(Response::kReadSequenceFieldNumber, reading.point.sequence, &response);
  return response;
}

}  // namespace headwater::database
