// Holds the postings of a corpus against what is indexed of its resources. For check_index.cc.
#ifndef HEADWATER_DATABASE_FINDING_CHECK_POSTINGS_H_
#define HEADWATER_DATABASE_FINDING_CHECK_POSTINGS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "keys/register.h"
#include "kv/engine.h"
#include "search/index/indexed.h"
#include "search/index/letter_counts.h"

namespace headwater::database {

// Two sums over digests: of what has to be there, and of what is. They are the same where the one
// is the other, and else differ as good as surely.
class PostingsCheck {
 public:
  PostingsCheck(const kv::Snapshot& snapshot, keys::Corpus corpus,
                const std::function<void(std::string)>& problem)
      : snapshot_(snapshot), corpus_(corpus), problem_(problem) {}

  // What is indexed under a number, each once.
  void Expect(uint32_t number, const search::Indexed& indexed);

  // Goes through the rows of terms, of names and of letters; after all was expected. How many
  // postings there are.
  absl::StatusOr<uint64_t> Compare();

 private:
  absl::Status WalkTerms();
  absl::Status WalkNames();
  absl::Status CompareLetters();

  const kv::Snapshot& snapshot_;
  const keys::Corpus corpus_;
  const std::function<void(std::string)>& problem_;
  uint64_t resources_ = 0;
  uint64_t expected_postings_ = 0;
  uint64_t postings_ = 0;
  uint64_t expected_names_ = 0;
  uint64_t names_ = 0;
  search::LetterChanges expected_letters_;
  uint64_t count_ = 0;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_CHECK_POSTINGS_H_
