// The documents of a case: those in which something is told, and the originals of those that are
// word for word copies.
#ifndef HEADWATER_DATABASE_QUESTIONS_GATHER_DOCUMENTS_H_
#define HEADWATER_DATABASE_QUESTIONS_GATHER_DOCUMENTS_H_

#include <string>
#include <vector>

#include "database/questions/gather_numbers.h"
#include "database/questions/gather_sources.h"
#include "headwater/v1/document.pb.h"

namespace headwater::database {

// What words need of a document beside its fact.
struct DocumentWords {
  std::string title;
  std::string published;  // EDTF
};

// A copy of a deleted original, or a deleted copy, is severed from it and tells with its own
// publisher.
class DocumentGatherer {
 public:
  // What it is made of must outlive it. Publishers are mentioned to `sources`.
  DocumentGatherer(const Reading& reading, GatherBudget* budget, SourceGatherer* sources)
      : reading_(reading), budget_(budget), sources_(sources) {}

  // The number of a document in which something is told. Numbers hold until Take().
  provenance::Index Mention(absl::string_view id);

  // Reads those mentioned and their originals.
  absl::Status Load();

  // After Load(). Where each goes in the order of names.
  std::vector<provenance::Index> Places() const { return ids_.Places(kept_); }
  // Moves all into their places; `sources` are the places of theirs.
  void Take(const std::vector<provenance::Index>& places,
            const std::vector<provenance::Index>& sources,
            std::vector<provenance::DocumentFact>* facts, std::vector<DocumentWords>* words);

 private:
  provenance::Index Number(absl::string_view id, bool kept);
  absl::Status Read(provenance::Index number, const v1::Document& document, bool deleted);

  const Reading& reading_;
  GatherBudget* const budget_;
  SourceGatherer* const sources_;
  Numbering ids_;
  std::vector<bool> kept_;
  std::vector<provenance::DocumentFact> facts_;
  std::vector<DocumentWords> words_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_GATHER_DOCUMENTS_H_
