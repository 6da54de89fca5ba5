#include "exchange/ftm/entity.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "exchange/ftm/entities.h"
#include "unicode/uloc.h"

namespace headwater::exchange {
namespace {

// FollowTheMoney speaks ISO 639-3.
std::string Language(absl::string_view tag) {
  if (tag.empty()) return "";
  return uloc_getISO3Language(std::string(tag).c_str());
}

bool HasLanguage(absl::string_view type) {
  return type == "name" || type == "text" || type == "string";
}

}  // namespace

FtmEntity::FtmEntity(absl::string_view schema, std::string id, absl::string_view dataset)
    : schema_(schema), id_(std::move(id)), dataset_(dataset) {}

FtmStatement FtmEntity::Make(absl::string_view prop, absl::string_view value) const {
  FtmStatement statement;
  statement.canonical_id = id_;
  statement.entity_id = id_;
  statement.prop = std::string(prop);
  statement.prop_type = std::string(FtmPropType(prop));
  statement.schema = schema_;
  statement.value = std::string(value);
  statement.dataset = dataset_;
  statement.origin = "headwater";
  return statement;
}

void FtmEntity::Add(absl::string_view prop, absl::string_view value, absl::string_view language) {
  if (value.empty()) return;
  FtmStatement statement = Make(prop, value);
  if (prop == "language") {
    statement.value = Language(value);
    if (statement.value.empty()) return;
  }
  if (HasLanguage(statement.prop_type)) statement.lang = Language(language);
  statement.id = FtmStatementId(statement);
  if (ids_.insert(statement.id).second) statements_.push_back(std::move(statement));
}

void FtmEntity::AddDate(absl::string_view prop, absl::string_view edtf) {
  const bool plain = edtf.size() == 4 || edtf.size() == 7 || edtf.size() == 10;
  const bool digits = std::all_of(edtf.begin(), edtf.end(),
                                  [](char c) { return absl::ascii_isdigit(c) || c == '-'; });
  if (plain && digits && edtf[0] != '-') Add(prop, edtf);
}

void FtmEntity::Finish(std::string original, std::vector<FtmStatement>* out) {
  std::vector<absl::string_view> parts(ids_.begin(), ids_.end());
  std::sort(parts.begin(), parts.end());
  parts.insert(parts.begin(), schema_);
  FtmStatement statement = Make("id", Sha1Hex(parts));
  statement.original_value = std::move(original);
  statement.id = FtmStatementId(statement);
  for (FtmStatement& one : statements_) out->push_back(std::move(one));
  out->push_back(std::move(statement));
}

}  // namespace headwater::exchange
