// A claim in a line or two, and the parts of its texts that show why it was found.
#ifndef HEADWATER_DATABASE_FINDING_CLAIM_SUMMARY_H_
#define HEADWATER_DATABASE_FINDING_CLAIM_SUMMARY_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "database/queries.h"
#include "headwater/v1/claim_summary.pb.h"
#include "search/index/indexed.h"
#include "search/text/analyzer.h"

namespace headwater::database {

// How claims stand, as AssessClaim would answer at the read point; each claim assessed once.
// Belongs to one thread; the reading must outlive it.
class Summaries {
 public:
  explicit Summaries(const Reading& reading) : reading_(reading) {}

  // Null where there is no such claim at the read point. One behind which there is too much to
  // assess says so, and nothing else.
  absl::StatusOr<const v1::ClaimSummary*> Of(const keys::Name& claim);

 private:
  const Reading& reading_;
  std::map<std::string, std::optional<v1::ClaimSummary>> by_claim_;
};

// The part of a text that has most of `stems`; nothing is highlighted where it has none of them.
v1::Snippet SnippetOf(const search::FieldText& text, const std::set<std::string>& stems,
                      search::Analyzer* analyzer);

// Snippets of those texts that have some of the stems, the claim's own text first; at most three.
std::vector<v1::Snippet> SnippetsOf(const search::IndexedText& text,
                                    const std::set<std::string>& stems, search::Analyzer* analyzer);

// Of the texts of one field, the one that has most of the stems; the claim's text where it has none
// of the field.
v1::Snippet BestSnippet(const search::IndexedText& text, search::Field field,
                        const std::set<std::string>& stems, search::Analyzer* analyzer);

// An analyzer for this thread, kept with the stemmers and dictionaries that it has loaded.
search::Analyzer* AnalyzerOfThread();

}  // namespace headwater::database

#endif  // HEADWATER_DATABASE_FINDING_CLAIM_SUMMARY_H_
