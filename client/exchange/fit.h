// Making foreign values fit our fields, and keeping them as they were beside that.
#ifndef HEADWATER_EXCHANGE_FIT_H_
#define HEADWATER_EXCHANGE_FIT_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "exchange/dates.h"
#include "google/protobuf/message.h"
#include "headwater/v1/common.pb.h"
#include "headwater/v1/rules.pb.h"

namespace headwater::exchange {

// What can be made of a value by a field's rule: NFC; lines without control characters; a date in
// any of the shapes of dates.h as EDTF; a language in canonical form; a link without spaces around
// it, with its scheme and with characters escaped that may not stand in one; a domain or country in
// its case; text that is too long cut, with "…" at its end. nullopt where nothing can (or nothing
// but white space is in it). A value that fits comes back as it is. Bytes that are not UTF-8 become
// U+FFFD.
std::optional<std::string> FitValue(const v1::FieldRule& rule, absl::string_view value,
                                    DayOrder order = DayOrder::kDayFirst);

// Why a value breaks the rule, as far as a client can tell; OK where it fits. What FitValue returns
// always does.
absl::Status CheckValue(const v1::FieldRule& rule, absl::string_view value);

// Checks every field of a message, and of those in it, by its rule; INVALID_ARGUMENT names the
// first that breaks it.
absl::Status CheckRules(const google::protobuf::Message& message);

// Fills a resource in. A field is given as a path, as in a field mask: "title", "rating.value". A
// value that had to be changed is kept in original.values under its path, and so is one that fits
// nowhere: nothing is ever lost, and no value makes a row fail. A path that is no field is a
// mistake in the program and ends it.
class Fitter {
 public:
  // `format` is the word of the format ("claim-review"). `resource` must outlive this.
  Fitter(google::protobuf::Message* resource, absl::string_view format);

  // Keeps the whole row beside the resource, where it has no more than 200,000 code points. To be
  // called on one of the resources that a row makes.
  void KeepRecord(absl::string_view raw);

  // Sets a field of any sort but a message from text: enum values by their number's full or bare
  // name in any case ("STANCE_ASSERTS", "asserts"), numbers, true and false, Timestamps from a date
  // with a time. A blank value sets nothing. False where nothing was set.
  bool Set(absl::string_view path, absl::string_view value, DayOrder order = DayOrder::kDayFirst);

  // Adds to a list: of strings ("aliases"), or, by a path through it, a message to a list of
  // messages ("about.name"). A value that is in the list already is not added.
  bool Add(absl::string_view path, absl::string_view value);

  // The same as Set for text in HTML: entities and tags become what readers see.
  bool SetHtml(absl::string_view path, absl::string_view value);

  // Takes messages off that lack a field that they need (a rating without its grade), so that the
  // rest can stand; what was in them is kept as JSON. To be called when all is filled in.
  void DropIncomplete();

  // Keeps a value in original.values: at most 200 of them, 20,000 code points each. `path` may be
  // one of the foreign format's own where nothing here stands for it.
  void Keep(absl::string_view path, absl::string_view value);

 private:
  v1::Original* original();
  // Sets the field from `text`, which was made of `value`.
  bool SetAs(absl::string_view path, absl::string_view text, absl::string_view value,
             DayOrder order);

  google::protobuf::Message* resource_;
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FIT_H_
