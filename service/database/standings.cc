#include "database/standings.h"

#include <algorithm>
#include <vector>

#include "base/status_macros.h"
#include "database/gather.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "provenance/assessment.h"
#include "records/index_row.h"

namespace headwater::database {
namespace {

using kv::Keyspace;

keys::Name ClaimNamed(const std::string& id) { return keys::Name{keys::Kind::kClaim, "", id}; }

bool StandsUnder(const std::vector<std::string>& terms, const std::string& term) {
  return std::binary_search(terms.begin(), terms.end(), term);
}

}  // namespace

absl::StatusOr<uint64_t> StandingsWatermark(const kv::Snapshot& snapshot, kv::Patience patience) {
  HW_ASSIGN_OR_RETURN(
      const std::optional<std::string> value,
      snapshot.Get(Keyspace::kStandings, keys::StandingsWatermarkKey(), patience));
  if (!value) return 0;
  absl::string_view in = *value;
  uint64_t sequence = 0;
  if (!keys::TakeVarint(&in, &sequence) || !in.empty())
    return records::Damaged("the watermark of standings cannot be read");
  return sequence;
}

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
  standing.since = keys::ReadDescending(
      absl::string_view(row->key).substr(row->key.size() - sizeof(uint64_t)));
  return standing;
}

absl::StatusOr<records::StandingRow> AssessStanding(const Reading& reading,
                                                    const std::string& claim) {
  absl::StatusOr<Gathered> gathered = Gather(reading, ClaimNamed(claim));
  // Gone, or more than can be assessed: it stands nowhere.
  if (absl::IsNotFound(gathered.status()) || absl::IsResourceExhausted(gathered.status()))
    return records::StandingRow();
  HW_RETURN_IF_ERROR(gathered.status());
  const provenance::Assessment assessment = provenance::Assess(gathered->a_case);
  records::StandingRow row;
  row.standing = static_cast<uint8_t>(assessment.standing);
  row.flags = assessment.flags.Bits();
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
    if (!StandsUnder(taken_on, term))
      batch->Delete(Keyspace::kStandings, keys::LiveKey(term, name));
  }
  for (const std::string& term : taken_on) {
    batch->Put(Keyspace::kStandings, keys::LiveKey(term, name),
               records::LiveValue({sequence, UINT64_MAX, false}));
  }
  std::string key = keys::StandingPrefix(claim);
  key += keys::VersionSuffix(sequence);
  batch->Put(Keyspace::kStandings, key, records::StandingValue(after));
}

void AddWatermark(uint64_t sequence, kv::Batch* batch) {
  std::string value;
  keys::AppendVarint(sequence, &value);
  batch->Put(Keyspace::kStandings, keys::StandingsWatermarkKey(), value);
}

}  // namespace headwater::database
