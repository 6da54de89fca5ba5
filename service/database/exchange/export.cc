#include "database/exchange/export.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/sha256.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "database/errors.h"
#include "database/exchange/match.h"
#include "database/filter.h"
#include "database/scan.h"
#include "headwater/v1/relation.pb.h"
#include "records/render.h"
#include "records/resource.h"
#include "records/rules.h"
#include "records/suggestion.h"

namespace headwater::database {
namespace {

using records::Stored;

// How many revisions are loaded at a time: a few at first, for they may have a mebibyte each, then
// as many as there is room for by what they have had so far.
constexpr size_t kFirstLoaded = 4;
constexpr size_t kMostLoaded = 500;

// A list's fields that an export does not take.
constexpr std::array<const char*, 7> kNotInExports = {
    "page_size", "page_token", "read", "show_deleted", "standing", "flags", "show_standings"};

absl::Status CheckList(const google::protobuf::Message& list, absl::string_view path) {
  for (const char* name : kNotInExports) {
    const auto* field = list.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) continue;
    const bool is_set = field->is_repeated() ? list.GetReflection()->FieldSize(list, field) > 0
                                             : list.GetReflection()->HasField(list, field);
    if (is_set) return InvalidField(absl::StrCat(path, name), "must not be set in an export");
  }
  return absl::OkStatus();
}

// The kinds that are asked for, in the order of exports.
absl::StatusOr<std::vector<keys::Kind>> KindsOf(const v1::ExportRequest& request) {
  std::vector<keys::Kind> kinds(keys::kAllKinds.begin(), keys::kAllKinds.end());
  if (request.kinds().empty()) return kinds;
  std::vector<keys::Kind> asked;
  for (int i = 0; i < request.kinds_size(); ++i) {
    const auto kind = static_cast<keys::Kind>(request.kinds(i));
    const std::string field = absl::StrCat("kinds[", i, "]");
    if (request.kinds(i) < v1::RESOURCE_KIND_SOURCE || request.kinds(i) > v1::RESOURCE_KIND_REVIEW)
      return InvalidField(field, "is no kind of resource");
    if (std::find(asked.begin(), asked.end(), kind) != asked.end())
      return InvalidField(field, "comes a second time; name each kind once");
    asked.push_back(kind);
  }
  std::sort(asked.begin(), asked.end());
  return asked;
}

template <class List>
absl::StatusOr<Filter> FilterIn(bool has_list, const List& list, absl::string_view path) {
  if (!has_list) return Filter();
  HW_RETURN_IF_ERROR(CheckList(list, path));
  return FilterOf(list, path);
}

absl::StatusOr<Filter> FilterFor(keys::Kind kind, const v1::ExportRequest& request) {
  switch (kind) {
    case keys::Kind::kSource:
      return FilterIn(request.has_sources(), request.sources(), "sources.");
    case keys::Kind::kDocument:
      return FilterIn(request.has_documents(), request.documents(), "documents.");
    case keys::Kind::kClaim:
      return FilterIn(request.has_claims(), request.claims(), "claims.");
    case keys::Kind::kAttribution:
      return FilterIn(request.has_attributions(), request.attributions(), "attributions.");
    case keys::Kind::kRelation:
      return FilterIn(request.has_relations(), request.relations(), "relations.");
    case keys::Kind::kReview:
      return FilterIn(request.has_reviews(), request.reviews(), "reviews.");
  }
  return Filter();
}

absl::StatusOr<std::vector<Filter>> FiltersOf(const v1::ExportRequest& request) {
  HW_ASSIGN_OR_RETURN(const std::vector<keys::Kind> kinds, KindsOf(request));
  std::vector<Filter> filters;
  for (keys::Kind kind : keys::kAllKinds) {
    HW_ASSIGN_OR_RETURN(Filter filter, FilterFor(kind, request));
    filter.kind = kind;
    filter.by_name = true;
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end())
      filters.push_back(std::move(filter));
  }
  return filters;
}

class Exporter {
 public:
  Exporter(const Reading& reading, const v1::ExportRequest& request)
      : reading_(reading), request_(request) {}

  // A position is the kind's byte and a place in the scan of that kind.
  absl::StatusOr<ExportPiece> Run(const std::vector<Filter>& filters, std::string position) {
    for (const Filter& filter : filters) {
      const auto kind = static_cast<char>(filter.kind);
      if (!position.empty() && position.front() > kind) continue;
      std::string from;
      if (!position.empty() && position.front() == kind) from = position.substr(1);
      position.clear();
      HW_ASSIGN_OR_RETURN(const std::optional<std::string> rest, ExportKind(filter, from));
      if (rest) return Finish(std::string(1, kind) + *rest);
    }
    return Finish("");
  }

 private:
  bool IsFull() const { return piece_.response.size() >= kExportBytes || budget_ == 0; }

  // Where the piece ended; nullopt where the kind did.
  absl::StatusOr<std::optional<std::string>> ExportKind(const Filter& filter, std::string from) {
    const Scan scan(filter);
    do {
      if (IsFull()) return from;
      std::vector<Candidate> found;
      const size_t wanted = ToLoad();
      HW_ASSIGN_OR_RETURN(from, scan.Run(reading_.point, reading_.patience, std::move(from),
                                         &budget_, [&](Candidate candidate) {
                                           if (candidate.deleted) return true;
                                           if (found.size() == wanted) return false;
                                           found.push_back(std::move(candidate));
                                           return true;
                                         }));
      HW_ASSIGN_OR_RETURN(const std::optional<std::string> cut, Append(filter, found));
      if (cut) return cut;
    } while (!from.empty());
    return std::nullopt;
  }

  size_t ToLoad() const {
    if (loaded_ == 0) return kFirstLoaded;
    const size_t room = kExportBytes - piece_.response.size();
    return std::clamp<size_t>(room / (1 + loaded_bytes_ / loaded_), 1, kMostLoaded);
  }

  // Where the piece is full, if it is before all are in it.
  absl::StatusOr<std::optional<std::string>> Append(const Filter& filter,
                                                    const std::vector<Candidate>& found) {
    std::vector<uint64_t> revisions;
    for (const Candidate& candidate : found) {
      uint64_t revision = candidate.revision;
      if (revision == 0) {
        HW_ASSIGN_OR_RETURN(revision, RevisionOf(reading_, candidate.name));
      }
      revisions.push_back(revision);
    }
    HW_ASSIGN_OR_RETURN(const std::vector<Stored> all, reading_.reader().LoadAll(revisions));
    for (size_t i = 0; i < all.size(); ++i) {
      if (piece_.response.size() >= kExportBytes) return found[i].position;
      ++loaded_;
      loaded_bytes_ += all[i].body.size();
      if (!Matches(filter, all[i])) continue;
      HW_ASSIGN_OR_RETURN(const bool is_made, IsServerMade(filter.kind, all[i]));
      if (!is_made) HW_RETURN_IF_ERROR(AppendRecord(filter.kind, all[i]));
    }
    return std::nullopt;
  }

  // Whether the whole of it is, and such are not asked for.
  absl::StatusOr<bool> IsServerMade(keys::Kind kind, const Stored& stored) const {
    if (kind != keys::Kind::kRelation || request_.include_server_made()) return false;
    v1::Relation relation;
    if (!relation.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("a relation cannot be read");
    return records::IsServersSuggestion(relation);
  }

  absl::Status AppendRecord(keys::Kind kind, const Stored& stored) {
    std::string resource;
    if (kind == keys::Kind::kDocument) {
      HW_RETURN_IF_ERROR(RenderDocument(stored, &resource));
    } else if (request_.include_server_made()) {
      records::AppendResource(stored, &resource);
    } else {
      resource = std::string(stored.body);
    }
    std::string record;
    // A kind is its field's number in Record.
    records::AppendBytesField(static_cast<int>(kind), resource, &record);
    records::AppendBytesField(v1::ExportResponse::kRecordsFieldNumber, record, &piece_.response);
    return absl::OkStatus();
  }

  absl::Status RenderDocument(const Stored& stored, std::string* out) {
    v1::Document document;
    if (!document.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("a document cannot be read");
    std::string text;
    if (document.text_length() > 0) {
      HW_ASSIGN_OR_RETURN(text, reading_.reader().Text(FromHex(document.sha256()).value_or("")));
    }
    if (request_.include_server_made()) {
      records::AppendDocumentWithText(stored, text, out);
      return absl::OkStatus();
    }
    records::ClearServerMade(&document);
    document.set_text(std::move(text));
    *out = records::Serialized(document);
    return absl::OkStatus();
  }

  ExportPiece Finish(const std::string& position) {
    const uint64_t sequence = reading_.point.sequence;
    if (!position.empty()) {
      piece_.page_token = EncodePageToken({sequence, position}, request_);
      records::AppendBytesField(v1::ExportResponse::kPageTokenFieldNumber, piece_.page_token,
                                &piece_.response);
    }
    records::AppendNumberField(v1::ExportResponse::kReadSequenceFieldNumber, sequence,
                               &piece_.response);
    return std::move(piece_);
  }

  const Reading& reading_;
  const v1::ExportRequest& request_;
  size_t budget_ = kMostExamined;
  size_t loaded_ = 0;
  size_t loaded_bytes_ = 0;
  ExportPiece piece_;
};

}  // namespace

absl::StatusOr<ExportPiece> Export(const Reading& reading, const v1::ExportRequest& request,
                                   std::string position) {
  HW_ASSIGN_OR_RETURN(const std::vector<Filter> filters, FiltersOf(request));
  return Exporter(reading, request).Run(filters, std::move(position));
}

}  // namespace headwater::database
