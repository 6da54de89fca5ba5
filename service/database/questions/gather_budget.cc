#include "database/questions/gather_budget.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/errors.h"

namespace headwater::database {

absl::Status GatherBudget::Read(size_t rows) {
  rows_ += rows;
  return on_the_spot_ && rows_ > kRowsOnTheSpot ? kv::WouldBlock() : absl::OkStatus();
}

absl::Status GatherBudget::TooMany(size_t most, absl::string_view what) const {
  return TooMuchBehind(claim_, absl::StrCat(most, " ", what));
}

absl::Status GatherBudget::Add(size_t count, size_t most, absl::string_view what,
                               size_t* sum) const {
  *sum += count;
  return *sum > most ? TooMany(most, what) : absl::OkStatus();
}

absl::Status GatherBudget::Relations(size_t count) {
  return Add(count, bounds_.relations, "relations", &relations_);
}

absl::Status GatherBudget::Attribution(size_t citations_and_hedges, size_t bytes) {
  HW_RETURN_IF_ERROR(Add(1, bounds_.attributions, "attributions", &attributions_));
  HW_RETURN_IF_ERROR(
      Add(citations_and_hedges, bounds_.citations, "citations and hedges", &citations_));
  return Add(bytes, bounds_.bytes, "bytes of records", &bytes_);
}

absl::Status GatherBudget::Document(size_t bytes) {
  HW_RETURN_IF_ERROR(Add(1, bounds_.documents, "documents", &documents_));
  return Add(bytes, bounds_.bytes, "bytes of records", &bytes_);
}

absl::Status GatherBudget::Source(size_t bytes) {
  HW_RETURN_IF_ERROR(Add(1, bounds_.sources, "sources", &sources_));
  return Add(bytes, bounds_.bytes, "bytes of records", &bytes_);
}

}  // namespace headwater::database
