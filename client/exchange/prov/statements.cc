#include "exchange/prov/statements.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "exchange/json_text.h"
#include "exchange/prov/terms.h"
#include "exchange/reader.h"

namespace headwater::exchange {
namespace {

// Levels of JSON within a document.
constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxPrefixes = 10000;
constexpr size_t kMaxPrefixUri = 2000;  // bytes: whatever uses it is kept with it
// Of one object: members keep their order, and are looked for one after the other.
constexpr size_t kMaxMembers = 1000;

// The parser's view of an input. It ends early where a statement is too long.
class Bytes {
 public:
  explicit Bytes(Input* input) : input_(input) {}

  int Look() { return since_ > kMaxRow ? -1 : input_->Look(); }
  void Take() {
    input_->Get();
    ++since_;
  }
  void BeginStatement() { since_ = 0; }
  bool too_long() const { return since_ > kMaxRow; }

 private:
  Input* input_;
  size_t since_ = 0;  // bytes since the last statement ended
};

class ByteIterator {
 public:
  using difference_type = std::ptrdiff_t;
  using value_type = char;
  using pointer = const char*;
  using reference = char;
  using iterator_category = std::input_iterator_tag;

  explicit ByteIterator(Bytes* bytes) : bytes_(bytes) {}
  char operator*() const { return static_cast<char>(bytes_->Look()); }
  ByteIterator& operator++() {
    bytes_->Take();
    return *this;
  }
  ByteIterator operator++(int) {
    ++*this;
    return *this;
  }
  // Only ever asked whether it is at the end.
  bool operator==(const ByteIterator&) const { return bytes_->Look() < 0; }
  bool operator!=(const ByteIterator& other) const { return !(*this == other); }

 private:
  Bytes* bytes_;
};

// Builds the values below ids, and tells where it is above them.
class Handler {
 public:
  Handler(Bytes* bytes, const std::function<absl::Status(ProvStatement)>& take,
          ProvPrefixes* prefixes)
      : bytes_(bytes), take_(take), prefixes_(prefixes) {}

  bool null() { return Value(nullptr); }
  bool boolean(bool value) { return Value(value); }
  bool number_integer(int64_t value) { return Value(value); }
  bool number_unsigned(uint64_t value) { return Value(value); }
  bool number_float(double value, const std::string&) { return Value(value); }
  bool string(std::string& value) { return Value(std::move(value)); }
  bool binary(ProvJson::binary_t&) { return false; }
  bool start_object(size_t) { return Start(ProvJson::object()); }
  bool end_object() { return End(); }
  bool start_array(size_t) { return Start(ProvJson::array()); }
  bool end_array() { return End(); }

  bool key(std::string& value) {
    if (!open_.empty()) {
      key_ = std::move(value);
      return true;
    }
    path_.back() = std::move(value);
    return true;
  }

  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception& error) {
    const std::string what = error.what();
    const size_t begin = what.find("] ");
    return Fail(bytes_->too_long()
                    ? absl::StrCat("a statement is longer than ", kMaxRow, " bytes")
                    : absl::StrCat("is not JSON: ", begin == std::string::npos
                                                        ? what
                                                        : what.substr(begin + 2, 300)));
  }

  const absl::Status& status() const { return status_; }
  bool has_sections() const { return has_sections_; }

 private:
  // path_ is what leads to where we are: a section and an id, within a bundle also "bundle" and its
  // id before them; its last part is empty before the first key.
  bool InBundle() const { return !path_.empty() && path_[0] == "bundle"; }
  size_t ValueDepth() const { return InBundle() ? 4 : 2; }

  bool Fail(std::string text) {
    status_ = absl::InvalidArgumentError(std::move(text));
    return false;
  }

  bool Start(ProvJson value) {
    if (!open_.empty() || path_.size() == ValueDepth()) {
      if (open_.size() + path_.size() >= kMaxDepth) {
        return Fail(absl::StrCat("is more than ", kMaxDepth, " levels deep"));
      }
      open_.emplace_back(std::move(key_), std::move(value));
      return true;
    }
    if (value.is_array()) return Misplaced();
    path_.emplace_back();
    return true;
  }

  bool End() {
    if (open_.empty()) {
      path_.pop_back();
      return true;
    }
    auto [key, value] = std::move(open_.back());
    open_.pop_back();
    if (open_.empty()) return Statement(std::move(value));
    key_ = std::move(key);
    return Put(std::move(value));
  }

  bool Value(ProvJson value) {
    if (!open_.empty()) return Put(std::move(value));
    if (path_.size() == ValueDepth()) return Statement(std::move(value));
    return Misplaced();
  }

  bool Put(ProvJson value) {
    ProvJson& parent = open_.back().second;
    if (++values_ > kMaxJsonValues) {
      return Fail(absl::StrCat("a statement has more than ", kMaxJsonValues, " values"));
    }
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return true;
    }
    if (parent.size() == kMaxMembers) {
      return Fail(absl::StrCat("\"", path_.back().substr(0, 100), "\" has more than ", kMaxMembers,
                               " attributes in one object"));
    }
    parent[key_] = std::move(value);
    return true;
  }

  bool Misplaced() {
    return Fail(path_.empty() ? "must be an object of PROV-JSON"
                              : absl::StrCat("\"", path_.back(), "\" must be an object"));
  }

  // A value under an id.
  bool Statement(ProvJson value) {
    bytes_->BeginStatement();
    values_ = 0;
    const std::string& section = path_[path_.size() - 2];
    const std::string& id = path_.back();
    if (section == "prefix") {
      has_sections_ = true;
      if (!value.is_string()) return Fail(absl::StrCat("prefix \"", id, "\" must be a URI"));
      const auto& uri = value.get_ref<const std::string&>();
      if (prefixes_->size() >= kMaxPrefixes) return Fail("has too many prefixes");
      if (id.size() + uri.size() > kMaxPrefixUri) {
        return Fail(absl::StrCat("prefix \"", id.substr(0, 100), "\" and its URI have more than ",
                                 kMaxPrefixUri, " bytes"));
      }
      prefixes_->emplace(id, uri);
      return true;
    }
    has_sections_ |= FindProvSection(section) != nullptr;
    const std::string bundle = InBundle() ? path_[1] : "";
    if (!value.is_array()) return Take({section, id, bundle, std::move(value)});
    for (ProvJson& one : value) {
      if (!Take({section, id, bundle, std::move(one)})) return false;
    }
    return true;
  }

  bool Take(ProvStatement statement) {
    status_ = take_(std::move(statement));
    return status_.ok();
  }

  Bytes* bytes_;
  const std::function<absl::Status(ProvStatement)>& take_;
  ProvPrefixes* prefixes_;
  absl::Status status_;
  bool has_sections_ = false;
  size_t values_ = 0;  // of the statement at hand
  std::vector<std::string> path_;
  std::vector<std::pair<std::string, ProvJson>> open_;  // with the key that each stands under
  std::string key_;
};

// Adds the prefixes that names in the value begin with.
void AddUsed(const ProvJson& value, const ProvPrefixes& prefixes, ProvPrefixes* used) {
  const auto add = [&](absl::string_view name) {
    const size_t colon = name.find(':');
    const auto found =
        prefixes.find(colon == name.npos ? "default" : std::string(name.substr(0, colon)));
    if (found != prefixes.end()) used->insert(*found);
  };
  if (value.is_string()) add(value.get_ref<const std::string&>());
  if (!value.is_structured()) return;
  for (const auto& [key, inner] : value.items()) {
    if (value.is_object()) add(key);
    AddUsed(inner, prefixes, used);
  }
}

}  // namespace

std::string ProvDocument(const std::vector<ProvStatement>& statements,
                         const ProvPrefixes& prefixes) {
  // By hand: an object of this library goes through all its members for each that is added.
  const auto text = [](const std::string& word) { return ProvLine(ProvJson(word)); };
  using Key = std::pair<absl::string_view, absl::string_view>;  // section and id
  std::map<Key, std::vector<const ProvStatement*>> told;
  std::vector<std::pair<absl::string_view, std::vector<Key>>> sections;
  ProvPrefixes used;
  for (const ProvStatement& statement : statements) {
    AddUsed(statement.id, prefixes, &used);
    AddUsed(statement.attributes, prefixes, &used);
    auto& of_id = told[{statement.section, statement.id}];
    of_id.push_back(&statement);
    if (of_id.size() > 1) continue;
    // There are some twenty sections.
    auto section = std::find_if(sections.begin(), sections.end(),
                                [&](const auto& one) { return one.first == statement.section; });
    if (section == sections.end()) {
      section = sections.emplace(section, statement.section, std::vector<Key>());
    }
    section->second.emplace_back(statement.section, statement.id);
  }
  std::string document = "{";
  if (!used.empty()) absl::StrAppend(&document, "\"prefix\":", ProvLine(ProvJson(used)));
  for (const auto& [section, ids] : sections) {
    absl::StrAppend(&document, document.size() > 1 ? "," : "", text(std::string(section)), ":{");
    for (const Key& key : ids) {
      absl::StrAppend(&document, document.back() == '{' ? "" : ",", text(std::string(key.second)),
                      ":");
      const std::vector<const ProvStatement*>& of_id = told[key];
      if (of_id.size() > 1) document.push_back('[');
      for (const ProvStatement* statement : of_id) {
        absl::StrAppend(&document, statement == of_id.front() ? "" : ",",
                        ProvLine(statement->attributes));
      }
      if (of_id.size() > 1) document.push_back(']');
    }
    document.push_back('}');
  }
  document.push_back('}');
  return document;
}

absl::Status ReadProvStatements(Input* input,
                                const std::function<absl::Status(ProvStatement)>& take,
                                ProvPrefixes* prefixes) {
  Bytes bytes(input);
  Handler handler(&bytes, take, prefixes);
  const bool parsed = ProvJson::sax_parse(ByteIterator(&bytes), ByteIterator(&bytes), &handler);
  if (!input->status().ok()) return input->status();
  if (!handler.status().ok()) return handler.status();
  if (!parsed) return absl::InvalidArgumentError("is not JSON");
  if (!handler.has_sections()) {
    return absl::InvalidArgumentError("has no section of PROV-JSON, such as \"entity\"");
  }
  return absl::OkStatus();
}

}  // namespace headwater::exchange
