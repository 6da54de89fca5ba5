#include "search/index/index_writer.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "keys/encoding.h"
#include "search/index/damaged.h"
#include "search/index/letter_counts.h"
#include "search/index/name_rows.h"
#include "search/index/posting_list.h"
#include "search/index/statistics.h"
#include "search/index/term_edit.h"

namespace headwater::search {
namespace {

constexpr kv::Keyspace kPostings = kv::Keyspace::kPostings;
constexpr kv::Patience kMayWait = kv::Patience::kMayWait;

// What is in the index of a resource now.
struct Standing {
  std::optional<uint32_t> number;
  Indexed indexed;  // where there is a number
};

absl::StatusOr<std::vector<Standing>> ReadStanding(const kv::Snapshot& snapshot,
                                                   keys::Corpus corpus,
                                                   const std::vector<std::string>& ids) {
  std::vector<std::string> keys;
  keys.reserve(ids.size());
  for (const std::string& id : ids) keys.push_back(keys::IndexedNumberKey(corpus, id));
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> numbers,
                      snapshot.MultiGet(kPostings, keys, kMayWait));
  std::vector<Standing> standing(ids.size());
  keys.clear();
  std::vector<Standing*> found;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (!numbers[i]) continue;
    absl::string_view in = *numbers[i];
    uint64_t number;
    if (!keys::TakeVarint(&in, &number) || number > UINT32_MAX || !in.empty()) {
      return Damaged("the number of what is indexed");
    }
    standing[i].number = static_cast<uint32_t>(number);
    keys.push_back(keys::IndexedKey(corpus, *standing[i].number));
    found.push_back(&standing[i]);
  }
  HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> rows,
                      snapshot.MultiGet(kPostings, keys, kMayWait));
  for (size_t i = 0; i < rows.size(); ++i) {
    std::optional<Indexed> indexed = rows[i] ? DecodeIndexed(*rows[i]) : std::nullopt;
    if (!indexed) return Damaged("what is indexed");
    found[i]->indexed = *std::move(indexed);
  }
  return standing;
}

// The changes of a step, by term and by name.
class Step {
 public:
  void Change(uint32_t number, const Indexed& before, const Indexed& after) {
    std::vector<TermImpact> old_impacts = ImpactsOf(before);
    std::vector<TermImpact> new_impacts = ImpactsOf(after);
    auto old = old_impacts.begin();
    for (TermImpact& each : new_impacts) {
      while (old != old_impacts.end() && old->term < each.term) Take(number, &*old++);
      const bool is_there = old != old_impacts.end() && old->term == each.term;
      const bool is_same = is_there && old->impact == each.impact;
      if (is_there) ++old;
      if (!is_same) Add(&each.term, {{number, each.impact}, false});
    }
    while (old != old_impacts.end()) Take(number, &*old++);
    letters_.Remove(before);
    letters_.Add(after);
    for (const std::string& name : before.names) --names_[name];
    for (const std::string& name : after.names) ++names_[name];
  }

  absl::Status Fill(const kv::Snapshot& snapshot, keys::Corpus corpus, kv::Batch* batch) {
    const std::vector<std::vector<PostingChange>> changes = ByTerm();
    std::vector<std::pair<absl::string_view, uint32_t>> terms(terms_.begin(), terms_.end());
    std::sort(terms.begin(), terms.end());
    std::vector<std::string> keys;
    keys.reserve(terms.size());
    for (const auto& [term, place] : terms) keys.push_back(keys::TermHeadKey(corpus, term));
    HW_ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> heads,
                        snapshot.MultiGet(kPostings, keys, kMayWait));
    for (size_t i = 0; i < terms.size(); ++i) {
      HW_RETURN_IF_ERROR(
          EditTerm(snapshot, corpus, terms[i].first, heads[i], changes[terms[i].second], batch));
    }
    HW_RETURN_IF_ERROR(letters_.AddRows(snapshot, corpus, batch));
    return AddNameRows(snapshot, corpus, names_, batch);
  }

 private:
  struct TermChange {
    uint32_t term;  // its place among the step's
    PostingChange change;
  };

  void Take(uint32_t number, TermImpact* old) { Add(&old->term, {{number, 0}, true}); }

  void Add(std::string* term, const PostingChange& change) {
    const auto place = static_cast<uint32_t>(terms_.size());
    const auto [found, is_new] = terms_.try_emplace(std::move(*term), place);
    changes_.push_back({found->second, change});
  }

  // Those of each term, by their numbers.
  std::vector<std::vector<PostingChange>> ByTerm() const {
    std::vector<uint32_t> counts(terms_.size(), 0);
    for (const TermChange& each : changes_) ++counts[each.term];
    std::vector<std::vector<PostingChange>> by_term(terms_.size());
    for (size_t i = 0; i < counts.size(); ++i) by_term[i].reserve(counts[i]);
    for (const TermChange& each : changes_) by_term[each.term].push_back(each.change);
    const auto is_before = [](const PostingChange& a, const PostingChange& b) {
      return a.posting.number < b.posting.number;
    };
    for (std::vector<PostingChange>& some : by_term) {
      if (!std::is_sorted(some.begin(), some.end(), is_before)) {
        std::sort(some.begin(), some.end(), is_before);
      }
    }
    return by_term;
  }

  absl::flat_hash_map<std::string, uint32_t> terms_;
  std::vector<TermChange> changes_;
  LetterChanges letters_;
  std::map<std::string, int64_t> names_;  // how many more bear them
};

// What is others now of a claim's vectors.
void AddVectorChanges(uint32_t number, const std::vector<IndexedVector>& before,
                      const std::vector<IndexedVector>& after, std::vector<VectorChange>* changes) {
  const auto find = [](const std::vector<IndexedVector>& in, const IndexedVector& like) {
    return std::find_if(in.begin(), in.end(), [&](const IndexedVector& each) {
      return each.model == like.model && each.dimensions == like.dimensions;
    });
  };
  for (const IndexedVector& old : before) {
    if (find(after, old) == after.end())
      changes->push_back({number, old.model, old.dimensions, /*was_there=*/true, ""});
  }
  for (const IndexedVector& vector : after) {
    const auto old = find(before, vector);
    if (old != before.end() && *old == vector) continue;
    changes->push_back(
        {number, vector.model, vector.dimensions, old != before.end(), vector.packed});
  }
}

std::string NumberValue(uint32_t number) {
  std::string value;
  keys::AppendVarint(number, &value);
  return value;
}

}  // namespace

void IndexWriter::Put(Indexed indexed) {
  std::string id = indexed.id;
  changed_[std::move(id)] = std::move(indexed);
}

void IndexWriter::Remove(absl::string_view id) { changed_[std::string(id)] = std::nullopt; }

absl::Status IndexWriter::Finish(kv::Batch* batch) {
  std::vector<std::string> ids;
  ids.reserve(changed_.size());
  for (const auto& [id, indexed] : changed_) ids.push_back(id);
  HW_ASSIGN_OR_RETURN(const std::vector<Standing> standing, ReadStanding(snapshot_, corpus_, ids));
  HW_ASSIGN_OR_RETURN(IndexStatistics statistics, ReadStatistics(snapshot_, corpus_, kMayWait));
  Step step;
  size_t i = 0;
  for (const auto& [id, indexed] : changed_) {
    const Standing& now = standing[i++];
    if (!indexed) {
      if (!now.number) continue;
      step.Change(*now.number, now.indexed, Indexed());
      AddVectorChanges(*now.number, now.indexed.vectors, {}, &vector_changes_);
      batch->Delete(kPostings, keys::IndexedKey(corpus_, *now.number));
      batch->Delete(kPostings, keys::IndexedNumberKey(corpus_, id));
      --statistics.count;
      continue;
    }
    if (now.number && now.indexed == *indexed) continue;
    if (!now.number && statistics.next_number == UINT32_MAX) {
      return absl::ResourceExhaustedError(
          "the search index has to be made anew: no number is left");
    }
    const uint32_t number = now.number ? *now.number : statistics.next_number++;
    if (!now.number) {
      ++statistics.count;
      batch->Put(kPostings, keys::IndexedNumberKey(corpus_, id), NumberValue(number));
    }
    step.Change(number, now.indexed, *indexed);
    AddVectorChanges(number, now.indexed.vectors, indexed->vectors, &vector_changes_);
    batch->Put(kPostings, keys::IndexedKey(corpus_, number), EncodeIndexed(*indexed));
  }
  AddStatistics(corpus_, statistics, batch);
  return step.Fill(snapshot_, corpus_, batch);
}

}  // namespace headwater::search
