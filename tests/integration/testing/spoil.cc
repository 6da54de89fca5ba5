#include "testing/spoil.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/unknown_field_set.h"
#include "testing/samples.h"

namespace headwater::integration {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

using Values = std::vector<std::pair<std::string, std::string>>;  // what is wrong, the value

std::string Bytes(const char* text, size_t size) { return std::string(text, size); }

// What no string of this format may be.
Values BadOfFormat(v1::Format format) {
  const Values controls = {{"a C0 control", "a\x01z"},
                           {"NUL", Bytes("a\0z", 3)},
                           {"DEL", "a\x7f"},
                           {"a C1 control", "a\xc2\x85z"},
                           {"a carriage return", "a\rz"}};
  switch (format) {
    case v1::FORMAT_LINE: {
      Values values = controls;
      values.insert(values.end(), {{"two lines", "a\nz"},
                                   {"a line separator", "a\xe2\x80\xa8z"},
                                   {"a space in front", " a"},
                                   {"a space behind", "a "},
                                   {"a wide space in front", "\xe3\x80\x80z"},
                                   {"a space that does not break behind", "a\xc2\xa0"},
                                   {"a direction turned round", "a\xe2\x80\xaez"},
                                   {"nothing but white space", " \t"}});
      return values;
    }
    case v1::FORMAT_TEXT: {
      Values values = controls;
      values.push_back({"nothing but white space", " \n\t"});
      return values;
    }
    case v1::FORMAT_DATE:
      return {{"words", "yesterday"},
              {"a 13th month", "2025-13"},
              {"a 30th of February", "2025-02-30"},
              {"a time alone", "T12:00:00Z"},
              {"ends before it begins", "2025-09/2025-08"},
              {"NUL", Bytes("2025\0", 5)},
              {"wide digits", "\xef\xbc\x92\xef\xbc\x90\xef\xbc\x92\xef\xbc\x95"}};
    case v1::FORMAT_LANGUAGE:
      return {{"words", "the Vietnamese language"},
              {"not canonical", "EN"},
              {"cut off", "zh-"},
              {"an underscore", "pt_BR"},
              {"NUL", Bytes("vi\0", 3)}};
    case v1::FORMAT_URI:
      return {{"words", "not a link"},
              {"no host", "https://"},
              {"relative", "/a/b"},
              {"runs", "javascript:alert(1)"},
              {"data", "data:text/html,a"},
              {"a space", "https://a.example/ b"},
              {"a line break", "https://a.example/\nb"},
              {"NUL", Bytes("https://a.example/\0", 19)},
              {"a direction turned round", "https://a.example/\xe2\x80\xae"}};
    case v1::FORMAT_DOMAIN:
      return {{"upper case", "FT.com"},
              {"no dot", "localhost"},
              {"a URI", "https://ft.com"},
              {"an address", "127.0.0.1"},
              {"another script", "b\xc3\xa1o.vn"}};
    case v1::FORMAT_COUNTRY:
      return {{"lower case", "vn"}, {"one letter", "V"}, {"digits", "84"}};
    case v1::FORMAT_SHA256:
      return {{"too short", "abc"},
              {"upper case", std::string(64, 'A')},
              {"not hexadecimal", std::string(64, 'g')}};
    case v1::FORMAT_DECIMAL:
      return {{"an exponent", "1e5"}, {"not a number", "NaN"},   {"grouped", "1,000"},
              {"no digits", "-"},     {"ends in a point", "1."}, {"other digits", "\xd9\xa3"},
              {"a plus", "+1"},       {"endless", "Infinity"}};
    case v1::FORMAT_ID:
      return {{"upper case", "Upper"},  {"begins with -", "-a"},
              {"ends with -", "a-"},    {"a space", "a b"},
              {"a slash", "a/b"},       {"a letter with a mark", "\xe1\xba\xbf"},
              {"NUL", Bytes("a\0", 2)}, {"the wildcard", "-"}};
    case v1::FORMAT_NAME:
      return {{"no name", "nonsense"},
              {"no id", "claims/"},
              {"upper case", "claims/First"},
              {"NUL", Bytes("claims/first\0", 13)}};
    default:
      return {};
  }
}

std::string WrongKindFor(const v1::FieldRule& rule) {
  for (const char* kind : {"Review", "Claim"}) {
    if (std::find(rule.reference().begin(), rule.reference().end(), kind) ==
        rule.reference().end()) {
      return FirstName(kind);
    }
  }
  return "";
}

Values BadReferences(const v1::FieldRule& rule) {
  const std::string good = FirstName(rule.reference(0));
  return {{"no name", "nonsense"},
          {"of another kind", WrongKindFor(rule)},
          {"no id", good.substr(0, good.rfind('/') + 1)},
          {"an upper-case id", absl::StrCat(good, "A")},
          {"a part too many", absl::StrCat(good, "/more")},
          {"NUL", absl::StrCat(good, Bytes("\0", 1))},
          {"a link", absl::StrCat("https://a.example/", good)}};
}

// Everything that a string may not be by its rule alone.
Values BadStrings(const FieldDescriptor* field) {
  const v1::FieldRule& rule = RuleOf(field);
  Values values = {{"not UTF-8", "a\xff"},
                   {"half a surrogate", "\xed\xa0\x80"},
                   {"an overlong NUL", "\xc0\x80"},
                   {"too long", std::string(rule.max_length() + 1, 'a')},
                   {"too long in wide letters", [&] {
                      std::string text;
                      for (uint32_t i = 0; i <= rule.max_length(); ++i) text += "\xe1\xba\xbf";
                      return text;
                    }()}};
  if (rule.format() != v1::FORMAT_VERBATIM) values.push_back({"not NFC", "e\xcc\x81"});
  for (auto& value : BadOfFormat(rule.format())) values.push_back(std::move(value));
  if (rule.reference_size() > 0) {
    for (auto& value : BadReferences(rule)) values.push_back(std::move(value));
  }
  if (rule.required()) values.push_back({"empty", ""});
  return values;
}

class Spoiler {
 public:
  Spoiler(const Message& good, const std::function<void(const Spoiled&)>& sink)
      : good_(good), sink_(sink) {}

  void Run() {
    Walk(good_, {"", [](Message* root) { return root; }, nullptr});
    for (int i = 0; i < good_.GetDescriptor()->field_count(); ++i) {
      EncodeOtherwise(good_.GetDescriptor()->field(i));
    }
  }

 private:
  // A message inside the request.
  struct Place {
    std::string path;
    std::function<Message*(Message*)> in;
    const Message* resource;  // that it is in; null outside of all
  };
  using Change = std::function<void(Message*)>;

  static std::string Join(const std::string& path, const std::string& field) {
    return path.empty() ? field : absl::StrCat(path, ".", field);
  }

  void Emit(const Place& place, const std::string& path, const std::string& what,
            const Change& change, grpc::StatusCode code = grpc::StatusCode::INVALID_ARGUMENT,
            const std::string& named = "") {
    const MessagePtr copy(good_.New());
    copy->CopyFrom(good_);
    change(place.in(copy.get()));
    sink_({absl::StrCat(good_.GetDescriptor()->name(), " ", path, ": ", what),
           copy->SerializePartialAsString(), code, named.empty() ? path : named});
  }

  void Walk(const Message& message, const Place& place) {
    Emit(place, place.path, "an unknown field", [](Message* spoiled) {
      spoiled->GetReflection()->MutableUnknownFields(spoiled)->AddVarint(5000, 1);
    });
    const Descriptor* type = message.GetDescriptor();
    if (type == Timestamp::descriptor()) return SpoilTimestamp(place);
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (RuleOf(field).output_only()) continue;
      if (place.resource == &message && field->name() == "etag") continue;  // not a creation's
      if (field->is_repeated()) {
        SpoilList(message, field, place);
      } else {
        SpoilField(message, field, place);
      }
    }
  }

  void SpoilField(const Message& message, const FieldDescriptor* field, const Place& place) {
    const std::string path = Join(place.path, field->name());
    const Reflection* reflection = message.GetReflection();
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        if (field->type() == FieldDescriptor::TYPE_BYTES) return SpoilBytes(field, place, path);
        return SpoilString(field, place, path, [field](Message* spoiled, const std::string& value) {
          spoiled->GetReflection()->SetString(spoiled, field, value);
        });
      case FieldDescriptor::CPPTYPE_ENUM:
        return SpoilEnum(field, place, path);
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_INT64:
        return SpoilNumber(field, place, path);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (!reflection->HasField(message, field)) return;
        if (RuleOf(field).required()) {
          Emit(place, path, "missing",
               [field](Message* spoiled) { spoiled->GetReflection()->ClearField(spoiled, field); });
        }
        return Enter(reflection->GetMessage(message, field), place, path,
                     [field](Message* spoiled) {
                       return spoiled->GetReflection()->MutableMessage(spoiled, field);
                     });
      default:
        return;
    }
  }

  void Enter(const Message& inner, const Place& place, const std::string& path,
             const std::function<Message*(Message*)>& step) {
    const bool is_resource = IsResource(inner.GetDescriptor());
    Walk(inner, {path, [in = place.in, step](Message* root) { return step(in(root)); },
                 is_resource ? &inner : place.resource});
  }

  void SpoilList(const Message& message, const FieldDescriptor* field, const Place& place) {
    const std::string list = Join(place.path, field->name());
    const std::string first = absl::StrCat(list, "[0]");
    const Reflection* reflection = message.GetReflection();
    if (RuleOf(field).required()) {
      Emit(place, list, "empty",
           [field](Message* spoiled) { spoiled->GetReflection()->ClearField(spoiled, field); });
    }
    if (RuleOf(field).max_items() != 0) {
      Emit(place, list, "too many", [field](Message* spoiled) {
        const int most = static_cast<int>(RuleOf(field).max_items());
        const Reflection* own = spoiled->GetReflection();
        while (own->FieldSize(*spoiled, field) <= most) {
          if (field->message_type() != nullptr) {
            own->AddMessage(spoiled, field);
          } else if (field->enum_type() != nullptr) {
            own->AddEnumValue(spoiled, field, 1);
          } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
            own->AddFloat(spoiled, field, 1);
          } else {
            own->AddString(spoiled, field, "a");
          }
        }
      });
    }
    if (reflection->FieldSize(message, field) == 0) return;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return Enter(reflection->GetRepeatedMessage(message, field, 0), place, first,
                   [field](Message* spoiled) {
                     return spoiled->GetReflection()->MutableRepeatedMessage(spoiled, field, 0);
                   });
    }
    if (field->enum_type() != nullptr) {
      for (const int number : {0, 99, -1}) {
        Emit(place, first, absl::StrCat("enum ", number), [field, number](Message* spoiled) {
          spoiled->GetReflection()->SetRepeatedEnumValue(spoiled, field, 0, number);
        });
      }
      return;
    }
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
      return Emit(place, first, "not a number", [field](Message* spoiled) {
        spoiled->GetReflection()->SetRepeatedFloat(spoiled, field, 0, NAN);
      });
    }
    if (field->containing_type()->file()->package() != "headwater.v1") return;  // a field mask
    const auto set = [field](Message* spoiled, const std::string& value) {
      spoiled->GetReflection()->SetRepeatedString(spoiled, field, 0, value);
    };
    SpoilString(field, place, first, set);
    Emit(place, first, "empty", [set](Message* spoiled) { set(spoiled, ""); });
  }

  // A vector's: numbers stand there already, or not so many.
  void SpoilBytes(const FieldDescriptor* field, const Place& place, const std::string& path) {
    Emit(place, path, "not as many as there should be", [field](Message* spoiled) {
      spoiled->GetReflection()->SetString(spoiled, field, "12345");
    });
  }

  void SpoilString(const FieldDescriptor* field, const Place& place, const std::string& path,
                   const std::function<void(Message*, const std::string&)>& set) {
    for (const auto& [what, value] : BadStrings(field)) {
      Emit(place, path, what, [&](Message* spoiled) { set(spoiled, value); });
    }
    if (field->containing_oneof() != nullptr) {
      Emit(place, path, "empty", [&](Message* spoiled) { set(spoiled, ""); });
    }
    if (RuleOf(field).reference_size() == 0) return;
    const std::string good = FirstName(RuleOf(field).reference(0));
    const std::string absent = absl::StrCat(good.substr(0, good.rfind('/') + 1), "nobody");
    const bool subject = field->name() == "name" || field->name() == "names";
    if (place.resource != nullptr || field->containing_type() == v1::Withdrawal::descriptor()) {
      Emit(
          place, path, "not there", [&](Message* spoiled) { set(spoiled, absent); },
          grpc::StatusCode::FAILED_PRECONDITION, absent);
      SpoilWithItself(field, place, path, set);
    } else if (subject) {
      Emit(
          place, path, "not there", [&](Message* spoiled) { set(spoiled, absent); },
          grpc::StatusCode::NOT_FOUND, absent);
    }
  }

  void SpoilWithItself(const FieldDescriptor* field, const Place& place, const std::string& path,
                       const std::function<void(Message*, const std::string&)>& set) {
    if (place.resource == nullptr) return;
    const Descriptor* type = place.resource->GetDescriptor();
    std::string own =
        place.resource->GetReflection()->GetString(*place.resource, type->FindFieldByName("name"));
    std::string kind = type->name();
    if (kind == "Relation") {  // stands between two claims
      kind = "Claim";
      own = "claims/first";
    }
    const auto& kinds = RuleOf(field).reference();
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return;
    Emit(place, path, "itself", [&](Message* spoiled) { set(spoiled, own); });
  }

  void SpoilEnum(const FieldDescriptor* field, const Place& place, const std::string& path) {
    std::vector<int> numbers = {99, -1, 2147483647};
    if (RuleOf(field).required()) numbers.push_back(0);
    for (const int number : numbers) {
      Emit(place, path, absl::StrCat("enum ", number), [field, number](Message* spoiled) {
        spoiled->GetReflection()->SetEnumValue(spoiled, field, number);
      });
    }
  }

  void SpoilNumber(const FieldDescriptor* field, const Place& place, const std::string& path) {
    std::vector<int64_t> numbers;
    if (RuleOf(field).has_range()) {
      numbers = {RuleOf(field).min() - 1};
      if (RuleOf(field).max() < INT64_MAX) numbers.push_back(RuleOf(field).max() + 1);
    }
    if (field->name() == "page_size") numbers = {-1, INT32_MIN};
    for (const int64_t number : numbers) {
      Emit(place, path, absl::StrCat(number), [field, number](Message* spoiled) {
        if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
          spoiled->GetReflection()->SetInt64(spoiled, field, number);
        } else {
          spoiled->GetReflection()->SetInt32(spoiled, field, static_cast<int32_t>(number));
        }
      });
    }
  }

  void SpoilTimestamp(const Place& place) {
    const std::pair<int64_t, int> times[] = {{-62135596801, 0}, {253402300800, 0},
                                             {INT64_MAX, 0},    {INT64_MIN, 0},
                                             {0, -1},           {0, 1'000'000'000}};
    for (const auto& [seconds, nanos] : times) {
      Emit(place, place.path, absl::StrCat("the time ", seconds, "+", nanos),
           [seconds = seconds, nanos = nanos](Message* spoiled) {
             static_cast<Timestamp*>(spoiled)->set_seconds(seconds);
             static_cast<Timestamp*>(spoiled)->set_nanos(nanos);
           });
    }
  }

  // A field as a client with another schema would send it.
  void EncodeOtherwise(const FieldDescriptor* field) {
    const bool bytes = field->type() == FieldDescriptor::TYPE_STRING ||
                       field->type() == FieldDescriptor::TYPE_MESSAGE;
    const MessagePtr extra(good_.New());
    auto* fields = extra->GetReflection()->MutableUnknownFields(extra.get());
    bytes ? fields->AddVarint(field->number(), 7) : fields->AddFixed32(field->number(), 7);
    sink_({absl::StrCat(good_.GetDescriptor()->name(), " ", field->name(), ": another wire type"),
           good_.SerializePartialAsString() + extra->SerializePartialAsString(),
           grpc::StatusCode::INVALID_ARGUMENT, field->name()});
  }

  const Message& good_;
  const std::function<void(const Spoiled&)>& sink_;
};

}  // namespace

void Spoil(const Message& good, const std::function<void(const Spoiled&)>& sink) {
  Spoiler(good, sink).Run();
}

}  // namespace headwater::integration
