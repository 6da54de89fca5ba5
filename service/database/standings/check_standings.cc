#include "database/standings/check_standings.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "database/standings/standings.h"
#include "database/standings/watermark.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/index_row.h"

namespace headwater::database {
namespace {

using kv::Keyspace;
using kv::Patience;
using records::StandingRow;

class Checker {
 public:
  Checker(std::shared_ptr<const kv::Snapshot> snapshot, const Watermark& watermark,
          const std::function<void(std::string)>& problem)
      : view_{std::move(snapshot), 0, 0}, watermark_(watermark), problem_(problem) {
    view_.head = view_.snapshot->head();
  }

  absl::StatusOr<StandingsReport> Run() {
    if (watermark_.last_row > view_.head)
      problem_("the watermark of standings lies behind the end of the log");
    const std::string claims = keys::NameKeyPrefix(keys::Kind::kClaim);
    const std::unique_ptr<kv::Cursor> cursor = view_.snapshot->Range(
        Keyspace::kNames, claims, keys::PrefixEnd(claims), Patience::kMayWait);
    std::string before;
    for (; cursor->Valid(); cursor->Next()) {
      absl::string_view key = cursor->key();
      const std::optional<keys::Name> name = keys::Name::TakeKey(&key);
      if (!name || name->id == before) continue;  // malformed ones are the business of others
      before = name->id;
      HW_RETURN_IF_ERROR(CheckClaim(*name));
    }
    HW_RETURN_IF_ERROR(cursor->status());
    HW_RETURN_IF_ERROR(CheckNothingMore());
    return StandingsReport{watermark_.sequence, rows_, false};
  }

 private:
  absl::StatusOr<std::vector<StandingSince>> Versions(const keys::Name& claim) {
    std::vector<StandingSince> versions;
    const std::string prefix = keys::StandingPrefix(claim.id);
    const std::unique_ptr<kv::Cursor> cursor = view_.snapshot->Range(
        Keyspace::kStandings, prefix, keys::PrefixEnd(prefix), Patience::kMayWait);
    for (; cursor->Valid(); cursor->Next()) {
      ++rows_;
      const absl::string_view sequence = cursor->key().substr(prefix.size());
      const std::optional<StandingRow> row = records::ParseStanding(cursor->value());
      if (!row || sequence.size() != sizeof(uint64_t)) {
        problem_(absl::StrCat(claim.Text(), ": how it stands cannot be read"));
        continue;
      }
      versions.push_back({*row, keys::ReadDescending(sequence)});
    }
    HW_RETURN_IF_ERROR(cursor->status());
    std::reverse(versions.begin(), versions.end());
    return versions;
  }

  absl::Status CheckClaim(const keys::Name& claim) {
    HW_ASSIGN_OR_RETURN(std::vector<StandingSince> versions, Versions(claim));
    // Before the first of them it stands nowhere.
    versions.insert(versions.begin(), StandingSince());
    for (size_t i = 0; i < versions.size(); ++i) {
      const bool is_last = i + 1 == versions.size();
      const uint64_t from = versions[i].since;
      // A request that is worked off in pieces has rows above the watermark.
      const uint64_t to = is_last ? std::max(watermark_.sequence, from) + 1 : versions[i + 1].since;
      if (!is_last && versions[i].row == versions[i + 1].row)
        problem_(absl::StrCat(claim.Text(), ": nothing changes at ", to));
      if (from > watermark_.last_row)
        problem_(absl::StrCat(claim.Text(), ": stands so since ", from, ", too early"));
      if (is_last && versions[i].row.unsettled())
        problem_(absl::StrCat(claim.Text(), ": is never settled"));
      if (from > view_.head || to > view_.head + 1) continue;
      HW_RETURN_IF_ERROR(CheckRow(claim, versions[i].row, from));
      if (to - 1 > from) HW_RETURN_IF_ERROR(CheckRow(claim, versions[i].row, to - 1));
      HW_RETURN_IF_ERROR(
          CheckTerms(claim, versions[i], is_last ? std::nullopt : std::make_optional(to)));
    }
    return absl::OkStatus();
  }

  // At the end of the last request up to `sequence`.
  absl::Status CheckRow(const keys::Name& claim, const StandingRow& row, uint64_t sequence) {
    if (row.unsettled() || sequence == 0) return absl::OkStatus();
    const records::Reader reader(*view_.snapshot, Patience::kMayWait);
    HW_ASSIGN_OR_RETURN(const records::Stored stored, reader.Load(sequence));
    if (stored.entry.last_sequence != sequence) sequence = stored.entry.first_sequence - 1;
    HW_ASSIGN_OR_RETURN(
        const StandingRow assessed,
        AssessStanding(Reading{ReadPoint{view_, sequence}, Patience::kMayWait}, claim.id));
    if (assessed == row) return absl::OkStatus();
    problem_(absl::StrCat(claim.Text(), ": stands otherwise at ", sequence, ": its row says ",
                          ToHex(records::StandingValue(row)), ", an assessment ",
                          ToHex(records::StandingValue(assessed))));
    return absl::OkStatus();
  }

  absl::Status CheckTerms(const keys::Name& claim, const StandingSince& version,
                          std::optional<uint64_t> to) {
    for (const std::string& term : records::StandingTerms(version.row)) {
      ++rows_;
      const std::string key =
          to ? keys::ClosedKey(term, claim.Key(), version.since) : keys::LiveKey(term, claim.Key());
      const std::string value =
          to ? records::ClosedValue({*to, false}) : records::LiveValue({version.since, 0, false});
      HW_ASSIGN_OR_RETURN(const std::optional<std::string> there,
                          view_.snapshot->Get(Keyspace::kStandings, key, Patience::kMayWait));
      if (there == value) continue;
      problem_(absl::StrCat(claim.Text(), ": its row ", ToHex(key), " in standings ",
                            there ? "differs from what follows from how it stands" : "is missing"));
    }
    return absl::OkStatus();
  }

  absl::Status CheckNothingMore() {
    const std::unique_ptr<kv::Cursor> cursor = view_.snapshot->Range(
        Keyspace::kStandings, "", keys::StandingsWatermarkKey(), Patience::kMayWait);
    uint64_t count = 0;
    for (; cursor->Valid(); cursor->Next()) ++count;
    if (count > rows_)
      problem_(absl::StrCat("standings has ", count - rows_, " rows that nothing makes"));
    return cursor->status();
  }

  View view_;
  const Watermark watermark_;
  const std::function<void(std::string)>& problem_;
  uint64_t rows_ = 0;
};

}  // namespace

absl::StatusOr<StandingsReport> CheckStandings(std::shared_ptr<const kv::Snapshot> snapshot,
                                               const std::function<void(std::string)>& problem) {
  HW_ASSIGN_OR_RETURN(const Watermark watermark, ReadWatermark(*snapshot, Patience::kMayWait));
  if (watermark.stale) return StandingsReport{0, 0, true};
  return Checker(std::move(snapshot), watermark, problem).Run();
}

}  // namespace headwater::database
