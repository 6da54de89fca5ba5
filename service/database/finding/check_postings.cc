#include "database/finding/check_postings.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/name_rows.h"
#include "search/index/posting_block.h"
#include "search/index/posting_list.h"
#include "search/index/statistics.h"

namespace headwater::database {
namespace {

using kv::Keyspace;
using search::Posting;

constexpr kv::Patience kMayWait = kv::Patience::kMayWait;

uint64_t DigestOf(absl::string_view bytes) {
  return keys::ReadAscending(AsBytes(Sha256(bytes)).substr(0, sizeof(uint64_t)));
}

// `term` is a head's key without its first byte.
uint64_t DigestOf(absl::string_view term, const Posting& posting) {
  std::string bytes(term);
  keys::AppendAscending(uint64_t{posting.number} << 8 | posting.impact, &bytes);
  return DigestOf(bytes);
}

absl::string_view CorpusName(keys::Corpus corpus) {
  switch (corpus) {
    case keys::Corpus::kClaims:
      return "claims";
    case keys::Corpus::kSources:
      return "sources";
    case keys::Corpus::kDocuments:
      return "documents";
  }
  return "";
}

}  // namespace

void PostingsCheck::Expect(uint32_t number, const search::Indexed& indexed) {
  ++resources_;
  for (const auto& [term, impact] : search::ImpactsOf(indexed)) {
    const std::string key = keys::TermHeadKey(corpus_, term);
    expected_postings_ += DigestOf(absl::string_view(key).substr(1), {number, impact});
  }
  expected_letters_.Add(indexed);
  for (const std::string& name : indexed.names) {
    if (name.empty() || name.size() > search::kMaxNameBytes) continue;
    expected_names_ += DigestOf(keys::IndexedNameKey(corpus_, name));
  }
}

absl::StatusOr<uint64_t> PostingsCheck::Compare() {
  HW_RETURN_IF_ERROR(WalkTerms());
  HW_RETURN_IF_ERROR(WalkNames());
  HW_RETURN_IF_ERROR(CompareLetters());
  HW_ASSIGN_OR_RETURN(const search::IndexStatistics statistics,
                      search::ReadStatistics(snapshot_, corpus_, kMayWait));
  const absl::string_view corpus = CorpusName(corpus_);
  if (postings_ != expected_postings_)
    problem_(absl::StrCat("the postings of ", corpus, " are not those of what is indexed"));
  if (names_ != expected_names_)
    problem_(absl::StrCat("the names of ", corpus, " are not those of what is indexed"));
  if (statistics.count != resources_) {
    problem_(absl::StrCat("the search index counts ", statistics.count, " ", corpus, " and has ",
                          resources_));
  }
  return count_;
}

absl::Status PostingsCheck::WalkTerms() {
  const std::string heads = keys::TermHeadPrefix(corpus_);
  const std::unique_ptr<kv::Cursor> head =
      snapshot_.Range(Keyspace::kPostings, heads, keys::PrefixEnd(heads), kMayWait);
  // Blocks come in the order of their heads.
  const std::string blocks = keys::TermBlockPrefix(corpus_, "").substr(0, 2);
  const std::unique_ptr<kv::Cursor> block =
      snapshot_.Range(Keyspace::kPostings, blocks, keys::PrefixEnd(blocks), kMayWait);
  std::vector<Posting> postings;
  const auto take = [&](absl::string_view term) -> size_t {
    for (const Posting& posting : postings) postings_ += DigestOf(term, posting);
    count_ += postings.size();
    const size_t taken = postings.size();
    postings.clear();
    return taken;
  };
  for (; head->Valid(); head->Next()) {
    const absl::string_view term = head->key().substr(1);
    const std::optional<search::TermHead> parsed = search::ParseHead(head->value());
    if (!parsed) {
      problem_("the head of a search term cannot be read");
      continue;
    }
    size_t in_blocks = 0;
    for (; block->Valid(); block->Next()) {
      const absl::string_view key = block->key().substr(1);
      if (key.size() < sizeof(uint32_t) || key.substr(0, key.size() - sizeof(uint32_t)) != term)
        break;
      const bool is_whole =
          search::DecodeBlock(block->value(), keys::NumberOfKey(block->key()), &postings);
      if (!is_whole) problem_("a block of postings cannot be read");
      in_blocks += take(term);
    }
    if (!parsed->tail.empty() && !search::DecodeTail(*parsed, &postings))
      problem_("the tail of a search term cannot be read");
    const size_t in_tail = take(term);
    if (in_blocks != parsed->in_blocks || in_blocks + in_tail != parsed->count)
      problem_("the head of a search term counts other postings than there are");
  }
  HW_RETURN_IF_ERROR(head->status());
  HW_RETURN_IF_ERROR(block->status());
  if (block->Valid()) problem_("there are postings that belong to no search term");
  return absl::OkStatus();
}

absl::Status PostingsCheck::WalkNames() {
  const std::string prefix = keys::IndexedNameKey(corpus_, "").substr(0, 2);
  const std::unique_ptr<kv::Cursor> rows =
      snapshot_.Range(Keyspace::kPostings, prefix, keys::PrefixEnd(prefix), kMayWait);
  for (; rows->Valid(); rows->Next()) {
    absl::string_view value = rows->value();
    uint64_t count = 0;
    if (!keys::TakeVarint(&value, &count) || count == 0)
      problem_("how many bear a name cannot be read");
    names_ += count * DigestOf(rows->key());
  }
  return rows->status();
}

absl::Status PostingsCheck::CompareLetters() {
  std::vector<uint16_t> counters(search::kLetterCounters);
  std::iota(counters.begin(), counters.end(), uint16_t{0});
  HW_ASSIGN_OR_RETURN(const std::vector<uint32_t> counts,
                      search::ReadLetterCounts(snapshot_, corpus_, counters, kMayWait));
  std::vector<int32_t> expected = expected_letters_.by_counter();
  expected.resize(counts.size());
  if (!std::equal(counts.begin(), counts.end(), expected.begin(),
                  [](uint32_t a, int32_t b) { return int64_t{a} == b; })) {
    problem_(absl::StrCat("the counts of letters in ", CorpusName(corpus_),
                          " are not those of what is indexed"));
  }
  return absl::OkStatus();
}

}  // namespace headwater::database
