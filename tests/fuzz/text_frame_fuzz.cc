// Packed texts: input is tried as a frame and as a text.
#include "fuzz/fuzz.h"
#include "records/text_frame.h"

namespace headwater::fuzz {

void Try(absl::string_view input) {
  if (const auto text = records::Decompress(input)) {
    HW_HOLDS(text->size() <= records::kMaxTextBytes);
    HW_HOLDS(records::Decompress(records::Compress(*text)) == text);
  }
  HW_HOLDS(records::Decompress(records::Compress(input)) == std::string(input));
}

}  // namespace headwater::fuzz
