// What a trace shows of sources and documents, each read once, in batches.
#ifndef HEADWATER_DATABASE_QUESTIONS_TRACE_RECORDS_H_
#define HEADWATER_DATABASE_QUESTIONS_TRACE_RECORDS_H_

#include <string>
#include <vector>

#include "database/questions/gather_numbers.h"
#include "headwater/v1/document.pb.h"
#include "headwater/v1/source.pb.h"

namespace headwater::database {

struct TraceSource {
  std::string name;
  v1::SourceKind kind = v1::SOURCE_KIND_UNSPECIFIED;
  bool deleted = false;
};

struct TraceDocument {
  std::string title;
  std::string publisher;  // its name
  std::string published;  // EDTF
  std::string language;
  std::string derived_from;  // a document's name; empty where that is not on record
  v1::DerivationKind derivation = v1::DERIVATION_KIND_UNSPECIFIED;
  bool withdrawn = false;
};

// Belongs to one thread. First all are mentioned, then they are loaded, then found.
class TraceRecords {
 public:
  // What it is made of must outlive it.
  TraceRecords(const Reading& reading, GatherBudget* budget) : reading_(reading), budget_(budget) {}

  void MentionSource(const keys::Name& source) { source_ids_.Of(source.id); }
  void MentionDocument(const keys::Name& document) { document_ids_.Of(document.id); }
  // An attribution that is deleted, or of a claim that is not traced.
  void MentionOutside(const keys::Name& attribution) { outside_ids_.Of(attribution.Text()); }

  // Reads them, the documents of attributions outside, and what documents were made from with its
  // publisher. The reader's and the budget's errors.
  absl::Status Load();

  const TraceSource& source(absl::string_view id) const { return sources_[source_ids_.Find(id)]; }
  const TraceDocument& document(absl::string_view id) const {
    return documents_[document_ids_.Find(id)];
  }
  // Whether an attribution outside was deleted or withdrawn, itself or with its document.
  bool IsGone(const keys::Name& attribution) const {
    return outside_gone_[outside_ids_.Find(attribution.Text())];
  }

 private:
  absl::Status LoadDocuments();
  absl::Status LoadSources();

  const Reading& reading_;
  GatherBudget* const budget_;
  Numbering source_ids_;
  Numbering document_ids_;
  Numbering outside_ids_;  // full names
  std::vector<TraceSource> sources_;
  std::vector<TraceDocument> documents_;
  std::vector<bool> outside_gone_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_TRACE_RECORDS_H_
