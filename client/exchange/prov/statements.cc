#include "exchange/prov/statements.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "exchange/prov/terms.h"
#include "exchange/reader.h"

namespace headwater::exchange {
namespace {

// Levels of JSON within a document.
constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxPrefixes = 10000;

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
    if (parent.is_array()) {
      parent.push_back(std::move(value));
    } else {
      parent[key_] = std::move(value);
    }
    return true;
  }

  bool Misplaced() {
    return Fail(path_.empty() ? "must be an object of PROV-JSON"
                              : absl::StrCat("\"", path_.back(), "\" must be an object"));
  }

  // A value under an id.
  bool Statement(ProvJson value) {
    bytes_->BeginStatement();
    const std::string& section = path_[path_.size() - 2];
    const std::string& id = path_.back();
    if (section == "prefix") {
      has_sections_ = true;
      if (!value.is_string()) return Fail(absl::StrCat("prefix \"", id, "\" must be a URI"));
      if (prefixes_->size() >= kMaxPrefixes) return Fail("has too many prefixes");
      prefixes_->emplace(id, value.get<std::string>());
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
  std::vector<std::string> path_;
  std::vector<std::pair<std::string, ProvJson>> open_;  // with the key that each stands under
  std::string key_;
};

}  // namespace

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
