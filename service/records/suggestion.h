// Relations that the server itself suggests.
#ifndef HEADWATER_RECORDS_SUGGESTION_H_
#define HEADWATER_RECORDS_SUGGESTION_H_

#include "absl/strings/string_view.h"
#include "headwater/v1/relation.pb.h"

namespace headwater::records {

// Who suggests them, and whose writes they are.
inline constexpr absl::string_view kServerActor = "headwater";

// Whether it was suggested by the server and nobody has decided on it: it is nobody's record. An
// export leaves it out, an import writes over it, and it keeps no claim from being deleted.
inline bool IsServersSuggestion(const v1::Relation& relation) {
  return relation.state() == v1::RELATION_STATE_SUGGESTED &&
         relation.suggested_by() == kServerActor;
}

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_SUGGESTION_H_
