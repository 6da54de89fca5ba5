// The rules that span several fields of a resource, which options in the protos can't say.
#ifndef HEADWATER_RECORDS_CONSISTENCY_H_
#define HEADWATER_RECORDS_CONSISTENCY_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "headwater/v1/embedding.pb.h"
#include "records/resource.h"
#include "records/rules.h"

namespace headwater::records {

// Appends what does not fit together in a resource that CheckResource found nothing wrong with. Its
// name is set. Paths begin with `path`.
void CheckConsistency(const Message& resource, absl::string_view path,
                      std::vector<Violation>* violations);

// The same of a vector in a resource or a request: that there is one, of as many numbers as it
// says, finite and not all zero.
void CheckEmbedding(const v1::Embedding& embedding, absl::string_view path,
                    std::vector<Violation>* violations);

// Whether a source of this kind may publish documents and own other sources.
bool MayPublish(v1::SourceKind kind);

}  // namespace headwater::records

#endif  // HEADWATER_RECORDS_CONSISTENCY_H_
