#include "database/check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "database/exchange/import_state.h"
#include "database/finding/check_index.h"
#include "database/format.h"
#include "database/standings/check_standings.h"
#include "database/writing/requests.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/replay.h"
#include "records/resource.h"

namespace headwater::database {
namespace {

using kv::Keyspace;
using kv::Patience;

constexpr size_t kMostProblems = 100;
constexpr uint64_t kProgressEvery = 1000;
// After every key that begins with a byte that the register gives.
constexpr absl::string_view kEnd = "\xff\xff";

class Checker {
 public:
  Checker(std::shared_ptr<const kv::Snapshot> snapshot,
          const std::function<void(uint64_t, uint64_t)>& progress)
      : shared_(std::move(snapshot)),
        snapshot_(*shared_),
        reader_(snapshot_, Patience::kMayWait),
        progress_(progress) {}

  absl::StatusOr<CheckReport> Run() {
    HW_RETURN_IF_ERROR(CheckLog());
    HW_RETURN_IF_ERROR(CheckNames());
    HW_RETURN_IF_ERROR(CheckNothingMore());
    HW_RETURN_IF_ERROR(CheckRequests());
    HW_RETURN_IF_ERROR(CheckImports());
    // They are worked out from all the rest.
    if (report_.sound()) {
      HW_RETURN_IF_ERROR(CheckHowClaimsStand());
      HW_RETURN_IF_ERROR(CheckSearchIndex());
    }
    return std::move(report_);
  }

 private:
  void Problem(std::string what) {
    ++report_.problem_count;
    if (report_.problems.size() < kMostProblems) report_.problems.push_back(std::move(what));
  }

  // Sequences without gaps, requests whole, times that never go back.
  absl::Status CheckLog() {
    std::unique_ptr<kv::Cursor> cursor =
        snapshot_.Range(Keyspace::kLog, keys::LogKey(0), kEnd, Patience::kMayWait);
    uint64_t expected = 1;
    records::Entry before;
    for (; cursor->Valid(); cursor->Next()) {
      if (cursor->key().size() != sizeof(uint64_t)) {
        Problem("a row of the log has a malformed key");
        continue;
      }
      const uint64_t sequence = keys::ReadAscending(cursor->key());
      if (sequence != expected)
        Problem(absl::StrCat("the log goes from ", expected - 1, " to ", sequence));
      expected = sequence + 1;
      const std::optional<records::Entry> entry = records::ParseEntry(sequence, cursor->value());
      if (!entry) {
        Problem(absl::StrCat("log entry ", sequence, " cannot be read"));
        continue;
      }
      CheckFollows(before, *entry);
      before = *entry;
      ++report_.entries;
    }
    HW_RETURN_IF_ERROR(cursor->status());
    if (expected != snapshot_.head() + 1) {
      Problem(absl::StrCat("the log ends at ", expected - 1, ", the head is ", snapshot_.head()));
    }
    if (before.sequence != before.last_sequence) Problem("the log ends inside a request");
    return absl::OkStatus();
  }

  void CheckFollows(const records::Entry& before, const records::Entry& entry) {
    const bool same_request = entry.first_sequence == before.first_sequence &&
                              entry.last_sequence == before.last_sequence;
    const bool next_request =
        before.sequence == before.last_sequence && entry.sequence == entry.first_sequence;
    if (!(same_request && before.sequence != 0 ? entry.sequence <= entry.last_sequence
                                               : next_request)) {
      Problem(absl::StrCat("log entry ", entry.sequence, " does not fit into its request"));
    }
    if (entry.commit_micros < before.commit_micros)
      Problem(absl::StrCat("the time of log entry ", entry.sequence, " goes back"));
  }

  // Walks the names, each with all its revisions, newest first, and replays each.
  absl::Status CheckNames() {
    std::unique_ptr<kv::Cursor> cursor =
        snapshot_.Range(Keyspace::kNames, "", kEnd, Patience::kMayWait);
    std::optional<keys::Name> name;
    std::vector<uint64_t> revisions;
    for (; cursor->Valid(); cursor->Next()) {
      absl::string_view key = cursor->key();
      std::optional<keys::Name> here = keys::Name::TakeKey(&key);
      if (!here || key.size() != sizeof(uint64_t)) {
        Problem("a row of names has a malformed key");
        continue;
      }
      if (name != here) {
        HW_RETURN_IF_ERROR(CheckResource(name, revisions));
        name = std::move(here);
        revisions.clear();
      }
      revisions.push_back(keys::ReadDescending(key));
    }
    HW_RETURN_IF_ERROR(cursor->status());
    return CheckResource(name, revisions);
  }

  absl::Status CheckResource(const std::optional<keys::Name>& name,
                             std::vector<uint64_t> revisions) {
    if (!name) return absl::OkStatus();
    ++report_.resources;
    std::reverse(revisions.begin(), revisions.end());
    absl::StatusOr<std::vector<records::Stored>> all = reader_.LoadAll(revisions);
    records::RowMap rows;
    absl::Status status = all.ok() ? records::Replay(*name, *all, &rows) : all.status();
    if (absl::IsDataLoss(status)) {
      Problem(absl::StrCat(name->Text(), ": ", status.message()));
    } else {
      HW_RETURN_IF_ERROR(status);
    }
    for (const auto& [key, value] : rows) {
      HW_RETURN_IF_ERROR(CompareRow(*name, key.first, key.second, value));
    }
    if (name->kind == keys::Kind::kDocument && all.ok()) {
      for (const records::Stored& stored : *all) HW_RETURN_IF_ERROR(CheckText(*name, stored));
    }
    done_ += revisions.size();
    if (progress_ && done_ / kProgressEvery != (done_ - revisions.size()) / kProgressEvery)
      progress_(done_, report_.entries);
    return absl::OkStatus();
  }

  absl::Status CompareRow(const keys::Name& name, Keyspace keyspace, const std::string& key,
                          const std::string& value) {
    ++expected_rows_[keyspace];
    if (keyspace != Keyspace::kLog) ++report_.rows;
    HW_ASSIGN_OR_RETURN(const std::optional<std::string> there,
                        snapshot_.Get(keyspace, key, Patience::kMayWait));
    if (there != value) {
      Problem(absl::StrCat(name.Text(), ": its row ", ToHex(key), " in ",
                           kv::KeyspaceName(keyspace),
                           there ? " differs from what the log makes" : " is missing"));
    }
    return absl::OkStatus();
  }

  absl::Status CheckText(const keys::Name& name, const records::Stored& stored) {
    v1::Document document;
    if (!document.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())) ||
        document.text_length() == 0) {
      return absl::OkStatus();
    }
    const std::string sha256 = FromHex(document.sha256()).value_or("");
    if (!texts_.insert({sha256, document.text_length()}).second) return absl::OkStatus();
    ++report_.texts;
    absl::StatusOr<std::string> text = reader_.Text(sha256);
    if (!text.ok() && !absl::IsDataLoss(text.status())) return text.status();
    if (!text.ok()) {
      Problem(absl::StrCat(name.Text(), ": ", text.status().message()));
    } else if (AsBytes(Sha256(*text)) != sha256 ||
               CodePoints(*text) != static_cast<size_t>(document.text_length())) {
      Problem(absl::StrCat(name.Text(), ": its text does not fit its SHA-256 or length"));
    }
    return absl::OkStatus();
  }

  // As many rows as were expected, each of which was found: then there are no others.
  absl::Status CheckNothingMore() {
    for (Keyspace keyspace :
         {Keyspace::kLog, Keyspace::kNames, Keyspace::kEdges, Keyspace::kIndexes}) {
      HW_ASSIGN_OR_RETURN(const uint64_t count, Count(keyspace));
      if (count > expected_rows_[keyspace]) {
        Problem(absl::StrCat(kv::KeyspaceName(keyspace), " has ", count - expected_rows_[keyspace],
                             " rows that nothing in the log makes"));
      }
    }
    HW_ASSIGN_OR_RETURN(const uint64_t blobs, Count(Keyspace::kBlobs));
    std::set<std::string> distinct;
    for (const auto& [sha256, length] : texts_) distinct.insert(sha256);
    if (blobs > distinct.size())
      Problem(absl::StrCat("blobs has ", blobs - distinct.size(), " texts of no document"));
    return absl::OkStatus();
  }

  absl::StatusOr<uint64_t> Count(Keyspace keyspace) {
    std::unique_ptr<kv::Cursor> cursor =
        snapshot_.Range(keyspace, "", std::string(33, '\xff'), Patience::kMayWait);
    uint64_t count = 0;
    for (; cursor->Valid(); cursor->Next()) ++count;
    HW_RETURN_IF_ERROR(cursor->status());
    return count;
  }

  absl::Status CheckRequests() {
    std::unique_ptr<kv::Cursor> cursor =
        snapshot_.Range(Keyspace::kRequests, "", keys::ImportKey(""), Patience::kMayWait);
    uint64_t expiries = 0;
    for (; cursor->Valid(); cursor->Next()) {
      if (cursor->key().substr(0, 1) == keys::RequestExpiryPrefix()) {
        ++expiries;
        continue;
      }
      ++report_.requests;
      const std::optional<RecordedAnswer> answer = ParseRecordedAnswer(cursor->value());
      const bool sound =
          answer &&
          std::all_of(answer->revisions.begin(), answer->revisions.end(), [&](uint64_t revision) {
            return revision > 0 && revision <= snapshot_.head();
          });
      if (!sound)
        Problem("a request's record cannot be read, or points at revisions that do not exist");
    }
    HW_RETURN_IF_ERROR(cursor->status());
    if (expiries != report_.requests) {
      Problem(absl::StrCat("there are ", report_.requests, " request records and ", expiries,
                           " expiries"));
    }
    return absl::OkStatus();
  }

  // Each import has an expiry, and so many rows that wait as it counts; there are no other rows.
  absl::Status CheckImports() {
    std::map<std::string, int64_t> waiting;  // by hash
    std::unique_ptr<kv::Cursor> cursor =
        snapshot_.Range(Keyspace::kRequests, keys::ImportKey(""), kEnd, Patience::kMayWait);
    for (; cursor->Valid(); cursor->Next()) {
      const absl::string_view key = cursor->key();
      const char sort = key.front();
      std::string hash(key.substr(1, sizeof(Sha256Digest)));
      if (sort == keys::ImportKey("").front()) {
        const std::optional<ImportState> state = ParseImportState(cursor->value());
        const std::string expiry = keys::ImportExpiryKey(state ? state->expiry_micros : 0, hash);
        HW_ASSIGN_OR_RETURN(const std::optional<std::string> expires,
                            snapshot_.Get(Keyspace::kRequests, expiry, Patience::kMayWait));
        if (!state || !expires) Problem("how far an import is cannot be read, or does not expire");
        if (state) waiting[hash] = state->counts.waiting();
      } else if (sort == keys::ImportRowPrefix("").front()) {
        if (!waiting.contains(hash)) Problem("a row is of an import that is not there");
        if (WaitingRecord(cursor->value())) --waiting[hash];
      } else if (!waiting.contains(std::string(keys::HashOfExpiryKey(key)))) {
        Problem("an expiry is of an import that is not there");
      }
    }
    HW_RETURN_IF_ERROR(cursor->status());
    for (const auto& [hash, count] : waiting) {
      if (count != 0) Problem("an import counts other rows that wait than there are");
    }
    return absl::OkStatus();
  }

  absl::Status CheckHowClaimsStand() {
    HW_ASSIGN_OR_RETURN(
        const StandingsReport standings,
        CheckStandings(shared_, [this](std::string what) { Problem(std::move(what)); }));
    report_.standings = standings.rows;
    report_.standings_watermark = standings.watermark;
    return absl::OkStatus();
  }

  absl::Status CheckSearchIndex() {
    HW_ASSIGN_OR_RETURN(const IndexReport index, CheckIndex(shared_, [this](std::string what) {
                          Problem(std::move(what));
                        }));
    report_.indexed = index.resources;
    report_.postings = index.postings;
    report_.vectors = index.vectors;
    report_.index_watermark = index.watermark;
    return absl::OkStatus();
  }

  const std::shared_ptr<const kv::Snapshot> shared_;
  const kv::Snapshot& snapshot_;
  const records::Reader reader_;
  const std::function<void(uint64_t, uint64_t)>& progress_;
  CheckReport report_;
  uint64_t done_ = 0;
  std::map<Keyspace, uint64_t> expected_rows_;
  std::set<std::pair<std::string, int>> texts_;  // SHA-256 and length of those checked
};

}  // namespace

absl::StatusOr<CheckReport> Check(kv::Engine* engine,
                                  const std::function<void(uint64_t, uint64_t)>& progress) {
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const kv::Snapshot> snapshot, engine->TakeSnapshot());
  HW_ASSIGN_OR_RETURN(const bool founded, CheckFormat(*snapshot));
  if (!founded) return CheckReport();
  return Checker(snapshot, progress).Run();
}

}  // namespace headwater::database
