#include "database/finding/check_index.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/finding/check_postings.h"
#include "database/finding/check_vectors.h"
#include "database/finding/index_watermark.h"
#include "database/finding/record_index.h"
#include "keys/encoding.h"
#include "search/text/analyzer.h"

namespace headwater::database {
namespace {

using keys::Corpus;
using keys::Name;
using kv::Keyspace;
using search::Indexed;

constexpr kv::Patience kMayWait = kv::Patience::kMayWait;
constexpr std::pair<keys::Kind, Corpus> kIndexedKinds[] = {
    {keys::Kind::kSource, Corpus::kSources},
    {keys::Kind::kDocument, Corpus::kDocuments},
    {keys::Kind::kClaim, Corpus::kClaims}};

class Checker {
 public:
  Checker(std::shared_ptr<const kv::Snapshot> snapshot, IndexWatermark watermark,
          const std::function<void(std::string)>& problem)
      : view_{std::move(snapshot), nullptr, 0, 0},
        watermark_(std::move(watermark)),
        problem_(problem) {
    view_.head = view_.snapshot->head();
  }

  absl::StatusOr<IndexReport> Run() {
    if (watermark_.last > view_.head) {
      problem_("the watermark of the search index lies behind the end of the log");
      return report_;
    }
    report_.watermark = watermark_.sequence;
    for (const auto& [kind, corpus] : kIndexedKinds) HW_RETURN_IF_ERROR(CheckCorpus(kind, corpus));
    return report_;
  }

 private:
  absl::Status CheckCorpus(keys::Kind kind, Corpus corpus) {
    PostingsCheck postings(*view_.snapshot, corpus, problem_);
    VectorsCheck vectors(*view_.snapshot, problem_);
    uint64_t found = 0;
    const std::string all = keys::LivePrefix(keys::Term(keys::Index::kAll, keys::NoValue()));
    const std::string begin = all + keys::NameKeyPrefix(kind);
    const std::unique_ptr<kv::Cursor> rows =
        view_.snapshot->Range(Keyspace::kIndexes, begin, keys::PrefixEnd(begin), kMayWait);
    for (; rows->Valid(); rows->Next()) {
      absl::string_view key = rows->key().substr(all.size());
      const bool is_built = watermark_.sequence > 0 || key <= watermark_.built;
      const std::optional<Name> name = Name::TakeKey(&key);
      if (!name) continue;  // malformed ones are the business of others
      HW_ASSIGN_OR_RETURN(const bool is_there,
                          CheckResource(*name, corpus, is_built, &postings, &vectors));
      found += is_there ? 1 : 0;
    }
    HW_RETURN_IF_ERROR(rows->status());
    for (const std::string& prefix :
         {keys::IndexedPrefix(corpus), keys::IndexedNumberKey(corpus, "").substr(0, 2)}) {
      HW_ASSIGN_OR_RETURN(const uint64_t count, Count(prefix));
      if (count != found)
        problem_(absl::StrCat("the search index has ", count, " rows of ", found, " resources"));
    }
    HW_ASSIGN_OR_RETURN(const uint64_t count, postings.Compare());
    report_.postings += count;
    if (corpus == Corpus::kClaims) {
      HW_ASSIGN_OR_RETURN(report_.vectors, vectors.Compare());
    }
    return absl::OkStatus();
  }

  // Whether it is in the index.
  absl::StatusOr<bool> CheckResource(const Name& name, Corpus corpus, bool is_built,
                                     PostingsCheck* postings, VectorsCheck* vectors) {
    ++report_.resources;
    uint32_t number = 0;
    HW_ASSIGN_OR_RETURN(const std::optional<Indexed> there, Read(name, corpus, &number));
    if (there) {
      postings->Expect(number, *there);
      HW_RETURN_IF_ERROR(vectors->Expect(number, *there));
    }
    // Before the index has got there, nothing; of what is made in pieces, both are right.
    const uint64_t at = watermark_.sequence > 0 ? watermark_.sequence : watermark_.last;
    HW_ASSIGN_OR_RETURN(std::optional<Indexed> expected, Expected(name, is_built ? at : 0));
    bool is_right = Same(there, expected);
    if (!is_right && is_built && watermark_.last != at) {
      HW_ASSIGN_OR_RETURN(expected, Expected(name, watermark_.last));
      is_right = Same(there, expected);
    }
    if (!is_right) {
      problem_(absl::StrCat(
          name.Text(), ": ",
          there ? "is indexed otherwise than its records say" : "is missing in the search index"));
    }
    return there.has_value();
  }

  absl::StatusOr<std::optional<Indexed>> Read(const Name& name, Corpus corpus, uint32_t* number) {
    HW_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                        view_.snapshot->Get(Keyspace::kPostings,
                                            keys::IndexedNumberKey(corpus, name.id), kMayWait));
    if (!value) return std::nullopt;
    absl::string_view in = *value;
    uint64_t read = 0;
    if (keys::TakeVarint(&in, &read) && in.empty() && read <= UINT32_MAX) {
      *number = static_cast<uint32_t>(read);
      HW_ASSIGN_OR_RETURN(
          const std::optional<std::string> row,
          view_.snapshot->Get(Keyspace::kPostings, keys::IndexedKey(corpus, *number), kMayWait));
      std::optional<Indexed> indexed = row ? search::DecodeIndexed(*row) : std::nullopt;
      if (indexed) return indexed;
    }
    problem_(absl::StrCat(name.Text(), ": what is indexed cannot be read"));
    return std::nullopt;
  }

  absl::StatusOr<std::optional<Indexed>> Expected(const Name& name, uint64_t sequence) {
    if (sequence == 0) return std::nullopt;
    HW_ASSIGN_OR_RETURN(const std::optional<search::IndexedText> text,
                        TextAt(Reading{ReadPoint{view_, sequence}, kMayWait}, name));
    if (!text) return std::nullopt;
    return search::TakeApart(*text, &analyzer_);
  }

  static bool Same(const std::optional<Indexed>& one, const std::optional<Indexed>& other) {
    return one.has_value() == other.has_value() && (!one || *one == *other);
  }

  absl::StatusOr<uint64_t> Count(const std::string& prefix) {
    const std::unique_ptr<kv::Cursor> rows =
        view_.snapshot->Range(Keyspace::kPostings, prefix, keys::PrefixEnd(prefix), kMayWait);
    uint64_t count = 0;
    for (; rows->Valid(); rows->Next()) ++count;
    HW_RETURN_IF_ERROR(rows->status());
    return count;
  }

  View view_;
  const IndexWatermark watermark_;
  const std::function<void(std::string)>& problem_;
  search::Analyzer analyzer_;
  IndexReport report_;
};

}  // namespace

absl::StatusOr<IndexReport> CheckIndex(std::shared_ptr<const kv::Snapshot> snapshot,
                                       const std::function<void(std::string)>& problem) {
  const absl::StatusOr<IndexWatermark> watermark = ReadIndexWatermark(*snapshot, kMayWait);
  if (absl::IsDataLoss(watermark.status())) {
    problem(std::string(watermark.status().message()));
    return IndexReport();
  }
  HW_RETURN_IF_ERROR(watermark.status());
  if (watermark->is_stale) return IndexReport{.is_stale = true};
  return Checker(std::move(snapshot), *watermark, problem).Run();
}

}  // namespace headwater::database
