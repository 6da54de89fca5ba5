// Reading a foreign file to its end, and what must hold of every row: shared by the fuzz targets of
// the readers.
#ifndef HEADWATER_TESTS_FUZZ_READING_H_
#define HEADWATER_TESTS_FUZZ_READING_H_

#include <memory>
#include <string>
#include <utility>

#include "exchange/fit.h"
#include "exchange/kinds.h"
#include "exchange/readers.h"
#include "fuzz/fuzz.h"

namespace headwater::fuzz {

// A native row is what its author wrote, and the server judges it by the fields' rules; what a
// reader made out of another format must keep them.
inline void CheckRow(const exchange::Row& row, bool is_native) {
  HW_HOLDS(!row.rejected() || row.records.empty());
  for (const exchange::Rejection& rejection : row.rejections) HW_HOLDS(!rejection.reason.empty());
  for (const v1::Record& record : row.records) {
    const exchange::Kind* kind = exchange::KindOf(record);
    HW_HOLDS(kind != nullptr);
    const auto& resource = exchange::ResourceIn(record, *kind);
    HW_HOLDS(exchange::KindOfName(exchange::NameOf(resource)) == kind);
    if (is_native) continue;
    const absl::Status rules = exchange::CheckRules(resource);
    if (!rules.ok()) Fail(__FILE__, __LINE__, rules.ToString().c_str());
  }
}

// Reads a text in that format. There are never more rows than bytes.
inline void ReadAll(const char* format, absl::string_view text,
                    const exchange::ReadSettings& settings = {}) {
  auto input = exchange::Input::FromString(std::string(text));
  if (!input.ok()) return;
  std::string word;
  auto reader = exchange::OpenReader(format, *std::move(input), settings, &word);
  if (!reader.ok()) return;
  exchange::Row row;
  for (size_t rows = 0;; ++rows) {
    const absl::StatusOr<bool> more = (*reader)->Next(&row);
    if (!more.ok() || !*more) return;
    // Packed text may have more rows than it has bytes, but not without end.
    HW_HOLDS(rows <= text.size() * 2000);
    CheckRow(row, word == "native");
  }
}

}  // namespace headwater::fuzz

#endif  // HEADWATER_TESTS_FUZZ_READING_H_
