#include "cli/rows.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/sheet.h"
#include "cli/words.h"
#include "exchange/fields.h"
#include "google/protobuf/util/time_util.h"
#include "headwater/v1/attribution.pb.h"
#include "headwater/v1/relation.pb.h"

namespace headwater::cli {
namespace {

using exchange::Kind;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Column {
  std::string title;
  std::string field;  // "rating.alternate_name"
};

// What is not a field: of a relation, who suggested, confirmed or refused it, and when.
constexpr char kBy[] = "by";
constexpr char kWhen[] = "when";

// The prose stands last: it gives way to the terminal's width.
std::vector<Column> Columns(const Kind& kind) {
  if (kind.word == "source") {
    return {
        {"KIND", "kind"}, {"COUNTRY", "country"}, {"DOMAINS", "domains"}, {"NAME", "display_name"}};
  }
  if (kind.word == "document") {
    return {{"PUBLISHED", "published_date"},
            {"PUBLISHER", "publisher"},
            {"LANGUAGE", "language"},
            {"TITLE", "title"}};
  }
  if (kind.word == "claim") {
    return {{"NATURE", "nature"}, {"SPEAKS OF", "subject_date"}, {"TEXT", "text"}};
  }
  if (kind.word == "attribution") {
    return {{"SOURCE", "source"},  {"STANCE", "stance"},     {"BASIS", "basis"},
            {"SAID", "said_date"}, {"DOCUMENT", "document"}, {"CITES", "cites"}};
  }
  if (kind.word == "relation") {
    return {{"KIND", "kind"}, {"TARGET", "target"}, {"STATE", "state"},
            {"WHEN", kWhen},  {"BY", kBy},          {"NOTE", "note"}};
  }
  return {{"AUTHOR", "author"},
          {"PUBLISHED", "published_date"},
          {"RATING", "rating.alternate_name"},
          {"TITLE", "title"}};
}

// A name in short where it is one, else the text itself.
std::string Shortened(const FieldDescriptor& field, const std::string& value) {
  const bool refers = exchange::RuleOf(field).reference_size() > 0;
  return refers ? ShortName(value) : value;
}

std::string Cell(const Message& message, absl::string_view path) {
  const std::pair<std::string, std::string> split = absl::StrSplit(path, absl::MaxSplits('.', 1));
  const FieldDescriptor& field = *message.GetDescriptor()->FindFieldByName(split.first);
  if (!split.second.empty()) {
    return Cell(message.GetReflection()->GetMessage(message, &field), split.second);
  }
  if (!field.is_repeated()) return Shortened(field, ShortValue(message, field));
  std::vector<std::string> items;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    items.push_back(Shortened(field, ShortValue(message, field, i)));
  }
  return absl::StrJoin(items, ", ");
}

std::string Cites(const Message& resource) {
  const auto& attribution = static_cast<const v1::Attribution&>(resource);
  std::vector<std::string> names;
  for (const v1::Citation& citation : attribution.cites()) {
    names.push_back(citation.has_source() ? citation.source() : ShortName(citation.attribution()));
  }
  return absl::StrJoin(names, ", ");
}

const std::string& JudgedBy(const v1::Relation& relation) {
  if (relation.state() == v1::RELATION_STATE_CONFIRMED) return relation.confirmed_by();
  if (relation.state() == v1::RELATION_STATE_REFUSED) return relation.refused_by();
  return relation.suggested_by();
}

std::string JudgedWhen(const v1::Relation& relation) {
  const bool confirmed = relation.state() == v1::RELATION_STATE_CONFIRMED;
  const bool refused = relation.state() == v1::RELATION_STATE_REFUSED;
  const google::protobuf::Timestamp& time = confirmed ? relation.confirm_time()
                                            : refused ? relation.refuse_time()
                                                      : relation.create_time();
  return time.seconds() == 0 ? "" : google::protobuf::util::TimeUtil::ToString(time);
}

std::string CellOf(const Message& resource, const Column& column) {
  if (column.field == "cites") return Cites(resource);
  if (column.field == kBy) return JudgedBy(static_cast<const v1::Relation&>(resource));
  if (column.field == kWhen) return JudgedWhen(static_cast<const v1::Relation&>(resource));
  return Cell(resource, column.field);
}

// What makes it other than one that stands: "deleted", "withdrawn".
std::string Mark(const Message& resource) {
  const auto has = [&](const char* name) {
    const FieldDescriptor* field = resource.GetDescriptor()->FindFieldByName(name);
    return field != nullptr && resource.GetReflection()->HasField(resource, field);
  };
  if (has("delete_time")) return " (deleted)";
  return has("withdrawal") ? " (withdrawn)" : "";
}

// The fields that a revision changed.
std::string Changed(const v1::Revision& revision, const v1::Revision& before) {
  const Kind* kind = exchange::KindOf(revision.record());
  if (kind == nullptr || kind != exchange::KindOf(before.record())) return "";
  std::vector<std::string> paths;
  for (const exchange::Difference& difference :
       exchange::Differences(exchange::ResourceIn(before.record(), *kind),
                             exchange::ResourceIn(revision.record(), *kind))) {
    paths.push_back(difference.path);
  }
  return absl::StrJoin(paths, ", ");
}

}  // namespace

std::string ShortName(const std::string& name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  if (parts.size() == 4) return absl::StrCat(parts[1], "/", parts[3]);
  return parts.size() == 2 ? std::string(parts[1]) : name;
}

std::vector<std::string> Header(const Kind& kind) {
  std::vector<std::string> header = {kind.in_claim ? "CLAIM/ID" : "ID"};
  for (const Column& column : Columns(kind)) header.push_back(column.title);
  return header;
}

std::vector<std::string> Row(const Kind& kind, const Message& resource) {
  std::vector<std::string> cells = {ShortName(exchange::NameOf(resource)) + Mark(resource)};
  for (const Column& column : Columns(kind)) {
    cells.push_back(CellOf(resource, column));
  }
  return cells;
}

std::vector<std::string> StandingHeader(const Kind& kind) {
  std::vector<std::string> header = Header(kind);
  header.insert(header.begin() + 1, {"STANDING", "FLAGS", "SINCE"});
  return header;
}

std::vector<std::string> StandingRow(const Kind& kind, const Message& claim,
                                     const v1::ClaimStanding& standing) {
  std::vector<std::string> flags;
  for (int flag : standing.flags()) flags.push_back(BareWord(static_cast<v1::FlagKind>(flag)));
  std::string word = standing.too_much() ? "(too much)" : "";
  if (standing.standing() != v1::STANDING_UNSPECIFIED) word = BareWord(standing.standing());
  std::vector<std::string> row = Row(kind, claim);
  row.insert(row.begin() + 1,
             {std::move(word), absl::StrJoin(flags, ", "),
              standing.since_sequence() == 0 ? "" : absl::StrCat(standing.since_sequence())});
  return row;
}

std::vector<std::string> RevisionHeader() {
  return {"SEQUENCE", "TIME", "OPERATION", "ACTOR", "CHANGED", "REASON"};
}

std::vector<std::string> RevisionRow(const v1::Revision& revision, const v1::Revision* before) {
  return {absl::StrCat(revision.sequence()),
          google::protobuf::util::TimeUtil::ToString(revision.commit_time()),
          BareWord(revision.operation()),
          revision.actor(),
          before == nullptr ? "" : Changed(revision, *before),
          revision.reason()};
}

}  // namespace headwater::cli
