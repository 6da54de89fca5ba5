// AssessClaim and BatchAssessClaims.
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

// The same, as it was kept if it would come out of the same revisions. One with a digit comes out
// of what was recorded earlier too, and is made anew.
absl::StatusOr<std::string> AssessOne(const Reading& reading, const keys::Name& claim,
                                      std::optional<int32_t> day,
                                      const std::string& published_until) {
  HW_ASSIGN_OR_RETURN(Gathered gathered, Gather(reading, claim, {}, day));
  ReadCaches* const caches = reading.point.view.caches;
  if (caches == nullptr || gathered.credibility || gathered.seen.size() > GatherBudget::kMostSeen)
    return AssessAnew(reading, claim, day, published_until, std::move(gathered));
  const std::string key = absl::StrCat(claim.id, "\n", published_until);
  const auto kept = caches->assessments.Find(key);
  if (kept != nullptr && kept->seen == gathered.seen) return kept->bytes;
  auto made = std::make_shared<KeptAssessment>();
  made->seen = gathered.seen;
  HW_ASSIGN_OR_RETURN(made->bytes,
                      AssessAnew(reading, claim, day, published_until, std::move(gathered)));
  std::string bytes = made->bytes;
  const size_t size = bytes.size() + made->seen.size() * sizeof(uint64_t);
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
