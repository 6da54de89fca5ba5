// Entries of the log: input is the bytes of one.
#include "fuzz/fuzz.h"
#include "records/entry.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  constexpr uint64_t kSequence = 1'000'000;
  const std::optional<records::Entry> entry = records::ParseEntry(kSequence, input);
  if (!entry) return;
  HW_HOLDS(entry->sequence == kSequence);
  HW_HOLDS(entry->first_sequence >= 1 && entry->first_sequence <= kSequence);
  HW_HOLDS(entry->salt.size() == records::kSaltBytes);
  HW_HOLDS(entry->stored.size() <= input.size());
  // Written again it says the same, in no more bytes: numbers may have come padded.
  std::string again;
  records::AppendEntry(*entry, &again);
  HW_HOLDS(again.size() <= input.size());
  const std::optional<records::Entry> second = records::ParseEntry(kSequence, again);
  HW_HOLDS(second.has_value());
  std::string thrice;
  records::AppendEntry(*second, &thrice);
  HW_HOLDS(again == thrice);
  HW_HOLDS(second->name == entry->name && second->actor == entry->actor &&
           second->stored == entry->stored && second->digest == entry->digest);
  HW_HOLDS(second->commit_micros == entry->commit_micros &&
           second->create_micros == entry->create_micros &&
           second->last_sequence == entry->last_sequence &&
           second->body_sequence == entry->body_sequence);
}

}  // namespace headwater::fuzz
