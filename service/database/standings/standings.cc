#include "database/standings/standings.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "database/questions/gather.h"
#include "database/questions/words.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "provenance/assessment.h"
#include "records/index_row.h"

namespace headwater::database {
namespace {

using kv::Keyspace;
using provenance::Standing;

static_assert(static_cast<int>(Standing::kNoStanding) == v1::STANDING_UNSPECIFIED);
static_assert(static_cast<int>(Standing::kNotAsserted) == v1::STANDING_NOT_ASSERTED);
static_assert(static_cast<int>(Standing::kCircular) == v1::STANDING_CIRCULAR);
static_assert(static_cast<int>(Standing::kOriginLost) == v1::STANDING_ORIGIN_LOST);
static_assert(static_cast<int>(Standing::kOriginNotRecorded) == v1::STANDING_ORIGIN_NOT_RECORDED);
static_assert(static_cast<int>(Standing::kSingleLine) == v1::STANDING_SINGLE_LINE);
static_assert(static_cast<int>(Standing::kSeveralLines) == v1::STANDING_SEVERAL_LINES);

keys::Name ClaimNamed(const std::string& id) { return keys::Name{keys::Kind::kClaim, "", id}; }

std::string VersionKey(const std::string& claim, uint64_t sequence) {
  return keys::StandingPrefix(claim) + keys::VersionSuffix(sequence);
}

bool IsAmong(const std::vector<std::string>& terms, const std::string& term) {
  return std::binary_search(terms.begin(), terms.end(), term);
}

// The case at the read point, gathered from the latest state, where that is cheaper, if nothing
// that it rests on was written in between; nullopt where something was, or may have been.
std::optional<Gathered> GatherFromLatest(const Reading& reading, const std::string& claim) {
  const uint64_t sequence = reading.point.sequence;
  if (reading.point.latest() || reading.point.view.caches == nullptr) return std::nullopt;
  const WriteMarks& marks = reading.point.view.caches->marks;
  const auto is_after = [&](MarkPlace place) { return marks.Last(place) > sequence; };
  // What is written most often, before anything is read.
  const std::string told = keys::NameKeyPrefix(keys::Kind::kAttribution, claim);
  if (is_after(marks.OfChildren(told)) || is_after(marks.OfName(ClaimNamed(claim))))
    return std::nullopt;
  Reading latest = reading;
  latest.point.sequence = reading.point.view.head;
  absl::StatusOr<Gathered> gathered = Gather(latest, ClaimNamed(claim));
  if (!gathered.ok() || gathered->relied.size() > GatherBudget::kMostRelied ||
      std::any_of(gathered->relied.begin(), gathered->relied.end(), is_after))
    return std::nullopt;
  return *std::move(gathered);
}

absl::StatusOr<Gathered> GatherForStanding(const Reading& reading, const std::string& claim) {
  std::optional<Gathered> gathered = GatherFromLatest(reading, claim);
  if (gathered) return *std::move(gathered);
  return Gather(reading, ClaimNamed(claim));
}

}  // namespace

absl::StatusOr<StandingSince> StandingAt(const kv::Snapshot& snapshot, const std::string& claim,
                                         uint64_t sequence, kv::Patience patience) {
  HW_ASSIGN_OR_RETURN(const std::optional<kv::Row> row,
                      snapshot.Version(Keyspace::kStandings, keys::StandingPrefix(claim),
                                       keys::VersionSuffix(sequence), patience));
  StandingSince standing;
  if (!row) return standing;
  const std::optional<records::StandingRow> parsed = records::ParseStanding(row->value);
  if (!parsed) return records::Damaged("how a claim stands cannot be read");
  standing.row = *parsed;
  standing.since =
      keys::ReadDescending(absl::string_view(row->key).substr(row->key.size() - sizeof(uint64_t)));
  return standing;
}

absl::StatusOr<records::StandingRow> AssessStanding(const Reading& reading,
                                                    const std::string& claim) {
  records::StandingRow row;
  absl::StatusOr<Gathered> gathered = GatherForStanding(reading, claim);
  if (absl::IsNotFound(gathered.status())) return row;
  if (absl::IsResourceExhausted(gathered.status())) {
    row.state = records::StandingState::kTooMuch;
    return row;
  }
  HW_RETURN_IF_ERROR(gathered.status());
  const provenance::Assessment assessment = provenance::Assess(gathered->a_case);
  row.standing = static_cast<uint8_t>(assessment.standing);
  for (v1::FlagKind flag : FlagsIn(assessment.flags)) row.flags |= records::FlagBit(flag);
  return row;
}

void AddStanding(const std::string& claim, const StandingSince& before, uint64_t sequence,
                 const records::StandingRow& after, kv::Batch* batch) {
  const std::string name = ClaimNamed(claim).Key();
  const std::vector<std::string> given_up = records::StandingTerms(before.row);
  const std::vector<std::string> taken_on = records::StandingTerms(after);
  // A row under a term spans one period of the claim's, so that its begin is the period's.
  for (const std::string& term : given_up) {
    batch->Put(Keyspace::kStandings, keys::ClosedKey(term, name, before.since),
               records::ClosedValue({sequence, false}));
    if (!IsAmong(taken_on, term)) batch->Delete(Keyspace::kStandings, keys::LiveKey(term, name));
  }
  for (const std::string& term : taken_on) {
    batch->Put(Keyspace::kStandings, keys::LiveKey(term, name),
               records::LiveValue({sequence, 0, false}));
  }
  batch->Put(Keyspace::kStandings, VersionKey(claim, sequence), records::StandingValue(after));
}

void RemoveStanding(const std::string& claim, uint64_t sequence, kv::Batch* batch) {
  batch->Delete(Keyspace::kStandings, VersionKey(claim, sequence));
}

}  // namespace headwater::database
