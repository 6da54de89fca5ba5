// A key of the register (register.h), for the few who need it.
#ifndef HEADWATER_KEYS_SUGGESTIONS_KEY_H_
#define HEADWATER_KEYS_SUGGESTIONS_KEY_H_

#include <string>

namespace headwater::keys {

// In postings: how far the log was looked at for claims that are the same.
std::string SuggestionsWatermarkKey();

}  // namespace headwater::keys

#endif  // HEADWATER_KEYS_SUGGESTIONS_KEY_H_
