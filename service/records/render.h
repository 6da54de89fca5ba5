// Puts stored revisions into responses in wire format. A resource is stored as its own serialized
// message without the fields that the server makes; those are appended behind it, which protobuf
// reads as one message. Nothing is parsed or copied twice.
#ifndef HEADWATER_RECORDS_RENDER_H_
#define HEADWATER_RECORDS_RENDER_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "records/reader.h"

namespace headwater::records {

// The resource, as a whole message.
void AppendResource(const Stored& stored, std::string* out);

// The resource, as a field of another message.
void AppendResourceField(int field, const Stored& stored, std::string* out);

// The resource with a document's text.
void AppendDocumentWithText(const Stored& stored, absl::string_view text, std::string* out);

// A headwater.v1.Revision, as a field of another message.
void AppendRevisionField(int field, const Stored& stored, keys::Kind kind, std::string* out);

// Other fields of a response. Zero and empty values are left out, as proto3 does.
void AppendNumberField(int field, uint64_t number, std::string* out);
void AppendBytesField(int field, absl::string_view bytes, std::string* out);

// The etag of the revision at `sequence`: "1f", quotes included (AIP-154).
std::string Etag(uint64_t sequence);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_RENDER_H_
