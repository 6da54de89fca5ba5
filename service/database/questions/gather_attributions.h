// The attributions of a case, with what they cite.
#ifndef HEADWATER_DATABASE_QUESTIONS_GATHER_ATTRIBUTIONS_H_
#define HEADWATER_DATABASE_QUESTIONS_GATHER_ATTRIBUTIONS_H_

#include <string>
#include <vector>

#include "database/questions/gather_documents.h"
#include "database/questions/gather_numbers.h"
#include "database/questions/gather_sources.h"

namespace headwater::database {

// What words need of an attribution beside its fact.
struct AttributionWords {
  std::string said;  // EDTF
};

// An attribution of a claim outside the case that the case cites.
struct OutsideFact {
  keys::Name name;
  std::string source;  // id
  bool deleted = false;
  std::string document;   // id
  std::string publisher;  // of that document, id
  bool document_deleted = false;
};

// Where.
struct OutsideCitation {
  provenance::Index citing = 0;  // attribution
  uint32_t place = 0;            // in its cites
  uint32_t outside = 0;          // in the list of OutsideFacts
};

class AttributionGatherer {
 public:
  // What it is made of must outlive it. Whatever is mentioned is mentioned to `sources` and
  // `documents`.
  AttributionGatherer(const Reading& reading, GatherBudget* budget, SourceGatherer* sources,
                      DocumentGatherer* documents)
      : reading_(reading), budget_(budget), sources_(sources), documents_(documents) {}

  // Reads the attributions of a claim, which is number `claim` of the case. Claims come in the
  // order of their ids.
  absl::Status Add(const std::string& id, provenance::Index claim);

  // Finds what is cited, once all are there: `claims` are the ids that Add() was told, in the
  // places that it was told.
  absl::Status Resolve(const std::vector<std::string>& claims);

  // After SourceGatherer::Load(): moves all out; `sources` and `documents` are the places of
  // theirs.
  void Take(const std::vector<provenance::Index>& sources,
            const std::vector<provenance::Index>& documents,
            std::vector<provenance::AttributionFact>* facts, std::vector<AttributionWords>* words);
  // What is cited from outside, in the order of those citing.
  void TakeOutside(std::vector<OutsideFact>* facts, std::vector<OutsideCitation>* citations);

 private:
  // What a citation has to know of an attribution of a claim outside the case.
  struct Outside {
    provenance::Index source = provenance::kNone;
    bool severed = false;
  };

  void Cite(const records::EdgeCitation& cited, provenance::AttributionFact* fact);
  absl::StatusOr<std::vector<Outside>> ReadOutside(const std::vector<keys::Name>& names);
  // Completes outside_facts_, by the documents that tell them: whether each no longer stands.
  absl::StatusOr<std::vector<bool>> Gone(const Numbering& documents,
                                         const std::vector<provenance::Index>& told_in);

  const Reading& reading_;
  GatherBudget* const budget_;
  SourceGatherer* const sources_;
  DocumentGatherer* const documents_;
  std::vector<provenance::AttributionFact> facts_;
  std::vector<AttributionWords> words_;
  // The attributions that are cited, as "claim/id". Until Resolve() a citation holds the number
  // here.
  Numbering cited_;
  std::vector<OutsideFact> outside_facts_;
  std::vector<OutsideCitation> outside_citations_;
};

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_QUESTIONS_GATHER_ATTRIBUTIONS_H_
