// Database::OpenImport.
#include "database/api.h"
#include "database/errors.h"
#include "database/exchange/kept_import.h"
#include "database/exchange/whole_import.h"
#include "database/impl.h"
#include "records/rules.h"

namespace headwater::database {

absl::StatusOr<std::shared_ptr<ImportSession>> Database::OpenImport(const v1::ImportConfig& config,
                                                                    const Caller& caller) {
  std::vector<records::Violation> violations;
  records::CheckRequest(config, &violations);
  for (records::Violation& violation : violations) {
    violation.field = violation.field.empty() ? "config" : "config." + violation.field;
  }
  if (!violations.empty()) return InvalidArgument(violations);
  if (config.all_or_nothing() || config.validate_only())
    return std::make_shared<WholeImport>(impl_.get(), config, caller);
  return std::make_shared<KeptImport>(impl_.get(), config, caller);
}

}  // namespace headwater::database
