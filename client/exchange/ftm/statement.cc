#include "exchange/ftm/statement.h"

#include <openssl/evp.h>

#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "nlohmann/json.hpp"

namespace headwater::exchange {
namespace {

using Field = std::string FtmStatement::*;

constexpr std::pair<const char*, Field> kFields[] = {
    {"canonical_id", &FtmStatement::canonical_id},
    {"entity_id", &FtmStatement::entity_id},
    {"prop", &FtmStatement::prop},
    {"prop_type", &FtmStatement::prop_type},
    {"schema", &FtmStatement::schema},
    {"value", &FtmStatement::value},
    {"dataset", &FtmStatement::dataset},
    {"origin", &FtmStatement::origin},
    {"lang", &FtmStatement::lang},
    {"original_value", &FtmStatement::original_value},
    {"first_seen", &FtmStatement::first_seen},
    {"last_seen", &FtmStatement::last_seen},
    {"id", &FtmStatement::id},
};

}  // namespace

std::string Sha1Hex(const std::vector<absl::string_view>& parts) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestInit_ex(context.get(), EVP_sha1(), nullptr);
  for (const absl::string_view part : parts) {
    EVP_DigestUpdate(context.get(), part.data(), part.size());
  }
  EVP_DigestFinal_ex(context.get(), digest, &size);
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest), size));
}

std::string FtmStatementId(const FtmStatement& statement) {
  std::string key = absl::StrCat(statement.dataset, ".", statement.entity_id, ".", statement.prop,
                                 ".", statement.value);
  if (!statement.lang.empty()) absl::StrAppend(&key, "@", statement.lang);
  if (statement.external) absl::StrAppend(&key, ".ext");
  return Sha1Hex({key});
}

const std::vector<std::string>& FtmColumns() {
  static const auto& columns = *new std::vector<std::string>{
      "canonical_id", "entity_id",  "prop",      "prop_type", "schema",
      "value",        "dataset",    "origin",    "lang",      "original_value",
      "external",     "first_seen", "last_seen", "id"};
  return columns;
}

std::string* FtmField(absl::string_view column, FtmStatement* statement) {
  for (const auto& [name, field] : kFields) {
    if (column == name) return &(statement->*field);
  }
  return nullptr;
}

std::string FtmCsvRow(const FtmStatement& statement) {
  FtmStatement copy = statement;
  std::vector<std::string> cells;
  for (const std::string& column : FtmColumns()) {
    const std::string* field = FtmField(column, &copy);
    const std::string value =
        field != nullptr ? *field : std::string(statement.external ? "t" : "f");
    cells.push_back(absl::StrCat("\"", absl::StrReplaceAll(value, {{"\"", "\"\""}}), "\""));
  }
  return absl::StrJoin(cells, ",");
}

std::string FtmJsonLine(const FtmStatement& statement) {
  const auto text = [](const std::string& value) {
    return value.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(value);
  };
  const nlohmann::ordered_json json = {{"canonical_id", statement.canonical_id},
                                       {"entity_id", statement.entity_id},
                                       {"prop", statement.prop},
                                       {"schema", statement.schema},
                                       {"value", statement.value},
                                       {"dataset", statement.dataset},
                                       {"lang", text(statement.lang)},
                                       {"original_value", text(statement.original_value)},
                                       {"first_seen", text(statement.first_seen)},
                                       {"last_seen", text(statement.last_seen)},
                                       {"external", statement.external},
                                       {"origin", text(statement.origin)},
                                       {"id", statement.id}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

absl::StatusOr<FtmStatement> FtmFromJson(const Json& json) {
  if (!json.is_object()) return absl::InvalidArgumentError("must be an object");
  FtmStatement statement;
  for (const auto& [name, field] : kFields) statement.*field = TextOf(Member(json, name));
  statement.external = FtmTruth(TextOf(Member(json, "external")));
  return statement;
}

bool FtmTruth(absl::string_view text) {
  const std::string word = absl::AsciiStrToLower(text);
  return word == "t" || word == "true" || word == "1" || word == "yes" || word == "y";
}

}  // namespace headwater::exchange
