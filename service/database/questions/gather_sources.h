// The sources of a case: those that something in it mentions, the rest of their voices, and their
// owners.
#ifndef HEADWATER_DATABASE_QUESTIONS_GATHER_SOURCES_H_
#define HEADWATER_DATABASE_QUESTIONS_GATHER_SOURCES_H_

#include <string>
#include <utility>
#include <vector>

#include "database/questions/gather_numbers.h"
#include "database/questions/index_walk.h"
#include "headwater/v1/source.pb.h"
#include "keys/register.h"

namespace headwater::database {

// What words need of a source beside its fact.
struct SourceWords {
  std::string name;
  int32_t people = 0;  // of ANONYMOUS: how many; 0 where not known
};

// What is deleted binds nobody: its own references and URIs say nothing any more, and whoever
// refers to it is severed from it. It is in the case only where something mentions it.
class SourceGatherer {
 public:
  SourceGatherer(const Reading& reading, IndexWalk* walk, GatherBudget* budget)
      : reading_(reading), walk_(walk), budget_(budget) {}

  // The number of a source that the case mentions. Numbers hold until Take().
  provenance::Index Mention(absl::string_view id);

  // Reads those mentioned, and all that belong to them.
  absl::Status Load();

  // After Load().
  bool deleted(provenance::Index number) const { return facts_[number].deleted; }
  // Where each goes in the order of names.
  std::vector<provenance::Index> Places() const { return ids_.Places(kept_); }
  // Moves all into their places.
  void Take(const std::vector<provenance::Index>& places,
            std::vector<provenance::SourceFact>* facts, std::vector<SourceWords>* words);

 private:
  struct Holder {
    provenance::Index first = provenance::kNone;
    bool shared = false;
  };
  // One that has to be looked up by its id once all are known.
  using Pending = std::vector<std::pair<provenance::Index, std::string>>;

  provenance::Index Number(absl::string_view id, bool kept);
  absl::Status Read(provenance::Index number, const v1::Source& source, bool deleted);
  // Makes two sources one voice.
  absl::Status Join(provenance::Index one, provenance::Index other);
  provenance::Index Root(provenance::Index number);
  absl::Status Walk(provenance::Index number);
  absl::Status WalkReferrers(provenance::Index number, keys::Reference field);
  absl::Status WalkUri(provenance::Index number, const std::string& uri);
  // What needs all of them.
  absl::Status Settle();
  absl::Status Authenticate();

  const Reading& reading_;
  IndexWalk* const walk_;
  GatherBudget* const budget_;
  Numbering ids_;
  std::vector<bool> kept_;
  // Each by number, as far as read.
  std::vector<provenance::SourceFact> facts_;
  std::vector<SourceWords> words_;
  // Voices: a forest, and the number of sources at its roots.
  std::vector<provenance::Index> parent_;
  std::vector<size_t> size_;
  absl::flat_hash_map<std::string, Holder> uris_;
  Pending distinct_;
  Pending authenticated_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_GATHER_SOURCES_H_
