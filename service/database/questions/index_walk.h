// Finds what stands under terms, one term after the other, at a read point. For those who ask for
// many terms of few rows each: the cursors are kept from one to the next, where Scan makes new
// ones and can be taken up again.
#ifndef HEADWATER_DATABASE_QUESTIONS_INDEX_WALK_H_
#define HEADWATER_DATABASE_QUESTIONS_INDEX_WALK_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "database/queries.h"
#include "database/questions/gather_budget.h"

namespace headwater::database {

// Belongs to one thread; what it is made of must outlive it.
class IndexWalk {
 public:
  // Gets a live (not deleted) resource and its revision at the read point, 0 where only the names
  // can tell.
  using Take = std::function<absl::Status(keys::Name name, uint64_t revision)>;

  IndexWalk(const Reading& reading, GatherBudget* budget) : reading_(reading), budget_(budget) {}

  // Hands `take` what stands under `term` with a name key that begins with `names`, in no
  // particular order, until it fails. Its errors, the budget's and the reader's.
  absl::Status Under(absl::string_view term, absl::string_view names, const Take& take);
  // The same, for a term that sources alone or relations alone bring: found once, it is kept in
  // memory until what stands there is written. `names` is empty or the prefix of all relations of a
  // claim. `take` is not told the revision.
  absl::Status UnderKept(absl::string_view term, absl::string_view names,
                         const std::function<absl::Status(const keys::Name&)>& take);
  // The same as Under with what is deleted.
  absl::Status WithDeleted(absl::string_view term, absl::string_view names, const Take& take);

 private:
  // A cursor over all live, or all closed, rows.
  struct Rows {
    std::unique_ptr<kv::Cursor> cursor;
    std::string passed;  // all rows that begin so were gone through, and none further on

    // Goes to the first row at or after `prefix`; not far, if the cursor stands there already.
    void Seek(const std::string& prefix);
  };

  absl::Status Walk(absl::string_view term, absl::string_view names, bool deleted,
                    const Take& take);
  absl::Status Live(absl::string_view term, absl::string_view names, bool deleted,
                    const Take& take);
  absl::Status Closed(absl::string_view term, absl::string_view names, bool deleted,
                      const Take& take);

  const Reading& reading_;
  GatherBudget* const budget_;
  Rows live_;
  Rows closed_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_INDEX_WALK_H_
