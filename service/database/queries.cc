#include "database/queries.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "database/errors.h"
#include "database/scan.h"
#include "keys/encoding.h"
#include "keys/register.h"
#include "records/render.h"

namespace headwater::database {
namespace {

using records::Stored;

constexpr int32_t kDefaultPage = 100;
constexpr int32_t kMostPage = 1000;
constexpr size_t kMostLookedUp = 100;
constexpr size_t kMostLookedUpBytes = 16 << 20;  // a hundred large ones would be too long to send

bool TooManyOnTheSpot(const Reading& reading, size_t rows) {
  return reading.patience == kv::Patience::kCacheOnly && rows > kMostRowsOnTheSpot;
}

absl::StatusOr<std::string> TextOf(const Reading& reading, const Stored& stored) {
  v1::Document document;
  if (!document.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size()))) {
    return records::Damaged("a document cannot be read");
  }
  if (document.text_length() == 0) return "";
  return reading.reader().Text(FromHex(document.sha256()).value_or(""));
}

// A lookup tries a domain, then those above it down to two labels.
std::vector<std::string> DomainsToTry(absl::string_view domain) {
  std::vector<std::string> domains;
  while (domain.find('.') != absl::string_view::npos) {
    domains.emplace_back(domain);
    domain.remove_prefix(domain.find('.') + 1);
  }
  return domains;
}

}  // namespace

absl::StatusOr<uint64_t> RevisionOf(const Reading& reading, const keys::Name& name) {
  if (reading.point.latest()) {
    HW_ASSIGN_OR_RETURN(std::optional<records::LiveRow> row, reading.reader().Latest(name));
    return row ? row->head : 0;
  }
  HW_ASSIGN_OR_RETURN(std::optional<uint64_t> revision,
                      reading.reader().RevisionAt(name, reading.point.sequence));
  return revision.value_or(0);
}

absl::StatusOr<Stored> Find(const Reading& reading, const keys::Name& name, bool show_deleted) {
  HW_ASSIGN_OR_RETURN(const uint64_t revision, RevisionOf(reading, name));
  if (revision == 0) return NotFound(name);
  HW_ASSIGN_OR_RETURN(Stored stored, reading.reader().Load(revision));
  if (stored.entry.deleted() && !show_deleted) return Deleted(name);
  return stored;
}

Reply Get(const Reading& reading, const keys::Name& name, bool show_deleted, bool include_text) {
  HW_ASSIGN_OR_RETURN(const Stored stored, Find(reading, name, show_deleted));
  std::string reply;
  if (include_text) {
    HW_ASSIGN_OR_RETURN(const std::string text, TextOf(reading, stored));
    records::AppendDocumentWithText(stored, text, &reply);
  } else {
    records::AppendResource(stored, &reply);
  }
  return reply;
}

Reply BatchGet(const Reading& reading, const std::vector<keys::Name>& names, bool show_deleted) {
  if (TooManyOnTheSpot(reading, names.size())) return kv::WouldBlock();
  std::vector<uint64_t> revisions;
  for (const keys::Name& name : names) {
    HW_ASSIGN_OR_RETURN(const uint64_t revision, RevisionOf(reading, name));
    if (revision == 0) return NotFound(name);
    revisions.push_back(revision);
  }
  std::string reply;
  const absl::Span<const uint64_t> every(revisions);
  // A few at a time: a thousand of a mebibyte each must not be held before they are too many.
  for (size_t begin = 0; begin < every.size(); begin += kMostRowsOnTheSpot) {
    HW_ASSIGN_OR_RETURN(const std::vector<Stored> some,
                        reading.reader().LoadAll(every.subspan(begin, kMostRowsOnTheSpot)));
    for (size_t i = 0; i < some.size(); ++i) {
      if (some[i].entry.deleted() && !show_deleted) return Deleted(names[begin + i]);
      records::AppendResourceField(kListedField, some[i], &reply);
    }
    if (reply.size() > kMostBatchBytes) {
      return InvalidField("names", absl::StrCat("ask for more than ", kMostBatchBytes >> 20,
                                                " MiB; ask for fewer at a time"));
    }
  }
  records::AppendNumberField(kBatchReadSequenceField, reading.point.sequence, &reply);
  return reply;
}

Reply ListRevisions(const Reading& reading, const keys::Name& name, size_t page_size,
                    absl::string_view position, const google::protobuf::Message& request) {
  if (TooManyOnTheSpot(reading, page_size)) return kv::WouldBlock();
  const std::string prefix = name.Key();
  const std::string begin = position.empty() ? prefix + keys::VersionSuffix(reading.point.sequence)
                                             : prefix + std::string(position);
  std::unique_ptr<kv::Cursor> cursor = reading.point.view.snapshot->Range(
      kv::Keyspace::kNames, begin, keys::PrefixEnd(prefix), reading.patience);
  if (position.empty() && !cursor->Valid()) {
    HW_RETURN_IF_ERROR(cursor->status());
    return NotFound(name);
  }
  std::string reply;
  std::string next;
  for (size_t count = 0; cursor->Valid(); cursor->Next(), ++count) {
    const std::string version(cursor->key().substr(prefix.size()));
    if (count == page_size || reply.size() > kMostPageBytes / 2) {
      next = EncodePageToken({reading.point.sequence, version}, request);
      break;
    }
    HW_ASSIGN_OR_RETURN(const Stored stored, reading.reader().Load(keys::ReadDescending(version)));
    records::AppendRevisionField(kListedField, stored, name.kind, &reply);
  }
  HW_RETURN_IF_ERROR(cursor->status());
  records::AppendBytesField(kNextPageTokenField, next, &reply);
  return reply;
}

Reply Lookup(const Reading& reading, const v1::LookupSourceRequest& request) {
  std::vector<std::string> terms;
  if (request.has_name()) {
    terms.push_back(
        keys::Term(keys::Index::kSourceNameKey, keys::TextValue(FoldKey(request.name()))));
  }
  for (const std::string& domain : DomainsToTry(request.domain())) {
    terms.push_back(keys::Term(keys::Index::kDomain, keys::TextValue(domain)));
  }
  std::string reply;
  for (std::string& term : terms) {
    std::vector<keys::Name> names;
    size_t budget = kMostExamined;
    HW_ASSIGN_OR_RETURN(
        const std::string rest,
        Scan(Filter{keys::Kind::kSource, "", {std::move(term)}})
            .Run(reading.point, reading.patience, "", &budget, [&](Candidate candidate) {
              if (names.size() == kMostLookedUp) return false;
              if (!candidate.deleted) names.push_back(std::move(candidate.name));
              return true;
            }));
    if (TooManyOnTheSpot(reading, names.size())) return kv::WouldBlock();
    for (const keys::Name& name : names) {
      if (reply.size() > kMostLookedUpBytes) break;
      HW_ASSIGN_OR_RETURN(const Stored stored, Find(reading, name, /*show_deleted=*/false));
      records::AppendResourceField(v1::LookupSourceResponse::kSourcesFieldNumber, stored, &reply);
    }
    if (!names.empty()) break;
  }
  records::AppendNumberField(v1::LookupSourceResponse::kReadSequenceFieldNumber,
                             reading.point.sequence, &reply);
  return reply;
}

absl::StatusOr<size_t> PageSize(int32_t asked) {
  if (asked < 0) return InvalidField("page_size", "is negative; 1 to 1000, or 0 for 100, would do");
  return static_cast<size_t>(asked == 0 ? kDefaultPage : std::min(asked, kMostPage));
}

}  // namespace headwater::database
