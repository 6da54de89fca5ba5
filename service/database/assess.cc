// AssessClaim and BatchAssessClaims.
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/edtf.h"
#include "base/status_macros.h"
#include "database/describe.h"
#include "database/errors.h"
#include "database/gather.h"
#include "database/queries.h"
#include "database/stale.h"
#include "headwater/v1/provenance_service.pb.h"

namespace headwater::database {
namespace {

// The most claims that are assessed on the spot.
constexpr size_t kMostOnTheSpot = 2;

absl::StatusOr<v1::Assessment> AssessOne(const Reading& reading, const keys::Name& claim,
                                         std::optional<int32_t> day,
                                         const std::string& published_until) {
  HW_ASSIGN_OR_RETURN(Gathered gathered, Gather(reading, claim, {}, day));
  const std::optional<v1::Credibility> credibility = gathered.credibility;
  const Weighed weighed =
      day ? WeighUntil(std::move(gathered), *day, published_until) : Weigh(std::move(gathered));
  v1::Assessment assessment = Describe(weighed);
  if (credibility) {
    // A judgement is of all that is recorded.
    std::optional<Weighed> all;
    if (day) {
      HW_ASSIGN_OR_RETURN(Gathered whole, Gather(reading, claim));
      all = Weigh(std::move(whole));
    }
    HW_ASSIGN_OR_RETURN(*assessment.mutable_credibility(),
                        JudgementOf(reading, claim, *credibility, all ? *all : weighed));
  }
  assessment.set_read_sequence(static_cast<int64_t>(reading.point.sequence));
  return assessment;
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
  HW_ASSIGN_OR_RETURN(const v1::Assessment assessment,
                      AssessOne(reading, claim, day, published_until));
  return assessment.SerializeAsString();
}

Reply BatchAssess(const Reading& reading, const std::vector<keys::Name>& claims,
                  const std::string& published_until) {
  HW_ASSIGN_OR_RETURN(const std::optional<int32_t> day, LastDay(published_until));
  if (reading.patience == kv::Patience::kCacheOnly && claims.size() > kMostOnTheSpot)
    return kv::WouldBlock();
  v1::BatchAssessClaimsResponse response;
  response.set_read_sequence(static_cast<int64_t>(reading.point.sequence));
  size_t bytes = 0;
  for (const keys::Name& claim : claims) {
    HW_ASSIGN_OR_RETURN(*response.add_assessments(),
                        AssessOne(reading, claim, day, published_until));
    bytes += response.assessments().rbegin()->ByteSizeLong();
    if (bytes > kMostBatchBytes) {
      return InvalidField("names", absl::StrCat("ask for more than ", kMostBatchBytes >> 20,
                                                " MiB; ask for fewer at a time"));
    }
  }
  return response.SerializeAsString();
}

}  // namespace headwater::database
