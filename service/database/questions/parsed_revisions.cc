#include "database/questions/parsed_revisions.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "records/reader.h"

namespace headwater::database {

absl::StatusOr<std::vector<std::shared_ptr<const ParsedRevision>>> ParsedRevisions(
    const Reading& reading, const google::protobuf::Message& prototype,
    absl::Span<const keys::Name> names, absl::Span<const uint64_t> revisions) {
  ReadCaches* const caches = reading.point.view.caches;
  std::vector<std::shared_ptr<const ParsedRevision>> parsed(revisions.size());
  std::vector<size_t> places;
  std::vector<uint64_t> missing;
  for (size_t i = 0; i < revisions.size(); ++i) {
    if (caches != nullptr) parsed[i] = caches->revisions.Find(revisions[i]);
    if (parsed[i] != nullptr) continue;
    places.push_back(i);
    missing.push_back(revisions[i]);
  }
  if (missing.empty()) return parsed;
  HW_ASSIGN_OR_RETURN(const std::vector<records::Stored> read, reading.reader().LoadAll(missing));
  for (size_t i = 0; i < read.size(); ++i) {
    std::unique_ptr<google::protobuf::Message> resource(prototype.New());
    const absl::string_view body = read[i].body;
    if (!resource->ParseFromArray(body.data(), static_cast<int>(body.size())))
      return records::Damaged(absl::StrCat(names[places[i]].Text(), " cannot be read"));
    auto revision = std::make_shared<ParsedRevision>();
    revision->resource = std::move(resource);
    revision->deleted = read[i].entry.deleted();
    // What a message takes is some three times what is stored of it.
    if (caches != nullptr)
      caches->revisions.Insert(missing[i], revision, 3 * body.size() + sizeof(ParsedRevision));
    parsed[places[i]] = std::move(revision);
  }
  return parsed;
}

}  // namespace headwater::database
