// Updates by field mask, as UpdateClaimRequest.update_mask says, and what else the model does to
// resources as messages.
#ifndef HEADWATER_TESTS_INTEGRATION_MASK_H_
#define HEADWATER_TESTS_INTEGRATION_MASK_H_

#include <optional>
#include <string>

#include "api.h"

namespace headwater::model {

// What an update makes of a resource; nullopt where it may not be made. A document's text stays
// unless another is sent, or the mask names it and none is; while it stays its SHA-256 must.
std::optional<v1::Record> Updated(const v1::Record& standing, const v1::Record& update,
                                  const google::protobuf::FieldMask& mask);

// Clears the fields that the server makes.
void ClearServerMade(Message* resource);

bool Same(const Message& a, const Message& b);

// The etag of a revision.
std::string EtagOf(const v1::Revision& revision);

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_MASK_H_
