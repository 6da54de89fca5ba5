#include "database/finding/claim_summary.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "database/finding/live_record.h"
#include "headwater/v1/assessment.pb.h"
#include "headwater/v1/claim.pb.h"
#include "search/query/snippet.h"

namespace headwater::database {
namespace {

using search::Field;

constexpr size_t kSnippetBytes = 300;
constexpr size_t kMostSnippets = 3;

v1::ClaimField FieldIn(Field field) {
  switch (field) {
    case Field::kStatement:
      return v1::CLAIM_FIELD_TEXT;
    case Field::kTranslation:
      return v1::CLAIM_FIELD_TRANSLATION;
    case Field::kReviewed:
      return v1::CLAIM_FIELD_REVIEWED;
    case Field::kQuote:
      return v1::CLAIM_FIELD_QUOTE;
    case Field::kTitle:
      return v1::CLAIM_FIELD_TITLE;
    case Field::kAbout:
      return v1::CLAIM_FIELD_ABOUT;
    default:
      return v1::CLAIM_FIELD_SOURCE;
  }
}

// The first reason says why it stands so, and where nobody asserts it, that and who denies it; who
// denies what is asserted too is told with its flag.
std::string SentencesOf(const v1::Assessment& assessment) {
  std::string sentences = assessment.reasons_size() > 0 ? assessment.reasons(0) : "";
  for (const v1::Flag& flag : assessment.flags()) {
    if (flag.kind() == v1::FLAG_KIND_ALSO_DENIED) {
      absl::StrAppend(&sentences, sentences.empty() ? "" : " ", flag.reason());
    }
  }
  return sentences;
}

void Fill(const v1::Assessment& assessment, v1::ClaimSummary* summary) {
  summary->set_standing(assessment.standing());
  for (const v1::Flag& flag : assessment.flags()) summary->add_flags(flag.kind());
  for (const v1::StanceAssessment& stance : assessment.stances()) {
    if (stance.stance() != v1::STANCE_ASSERTS) continue;
    summary->mutable_lines()->set_at_least(stance.lines().at_least());
    summary->mutable_lines()->set_at_most(stance.lines().at_most());
  }
  summary->set_summary(SentencesOf(assessment));
}

absl::StatusOr<std::optional<v1::ClaimSummary>> Summarize(const Reading& reading,
                                                          const keys::Name& name) {
  HW_ASSIGN_OR_RETURN(const std::shared_ptr<const v1::Claim> claim,
                      LiveRecord<v1::Claim>(reading, name));
  if (claim == nullptr) return std::nullopt;
  v1::ClaimSummary summary;
  summary.set_claim(name.Text());
  summary.set_text(claim->text());
  summary.set_language(claim->language());
  const Reply reply = Assess(reading, name, "");
  if (absl::IsResourceExhausted(reply.status())) {
    summary.set_summary(
        absl::StrCat("How it stands was not worked out: ", reply.status().message(), "."));
    return summary;
  }
  HW_RETURN_IF_ERROR(reply.status());
  v1::Assessment assessment;
  if (!assessment.ParseFromString(*reply)) return absl::InternalError("an assessment is malformed");
  Fill(assessment, &summary);
  return summary;
}

}  // namespace

absl::StatusOr<const v1::ClaimSummary*> Summaries::Of(const keys::Name& claim) {
  const auto [place, is_new] = by_claim_.try_emplace(claim.id);
  if (is_new) {
    HW_ASSIGN_OR_RETURN(place->second, Summarize(reading_, claim));
  }
  return place->second ? &*place->second : nullptr;
}

v1::Snippet SnippetOf(const search::FieldText& text, const std::set<std::string>& stems,
                      search::Analyzer* analyzer) {
  const search::Snippet made =
      search::MakeSnippet(text.text, text.language, stems, kSnippetBytes, analyzer);
  v1::Snippet snippet;
  snippet.set_field(FieldIn(text.field));
  snippet.set_language(text.language);
  snippet.set_text(made.text);
  snippet.set_cut_before(made.is_cut_before);
  snippet.set_cut_after(made.is_cut_behind);
  for (const auto& [begin, end] : made.highlights) {
    v1::Highlight* const highlight = snippet.add_highlights();
    highlight->set_start(static_cast<int32_t>(CodePoints(made.text.substr(0, begin))));
    highlight->set_end(static_cast<int32_t>(CodePoints(made.text.substr(0, end))));
  }
  return snippet;
}

std::vector<v1::Snippet> SnippetsOf(const search::IndexedText& text,
                                    const std::set<std::string>& stems,
                                    search::Analyzer* analyzer) {
  std::vector<v1::Snippet> snippets;
  for (const search::FieldText& field : text.fields) {
    v1::Snippet snippet = SnippetOf(field, stems, analyzer);
    if (snippet.highlights_size() > 0) snippets.push_back(std::move(snippet));
  }
  // Own text, translations and so on; of one field those that show more.
  std::stable_sort(snippets.begin(), snippets.end(),
                   [](const v1::Snippet& a, const v1::Snippet& b) {
                     return a.field() != b.field() ? a.field() < b.field()
                                                   : a.highlights_size() > b.highlights_size();
                   });
  std::set<std::string> seen;
  std::erase_if(snippets,
                [&](const v1::Snippet& snippet) { return !seen.insert(snippet.text()).second; });
  if (snippets.size() > kMostSnippets) snippets.resize(kMostSnippets);
  return snippets;
}

v1::Snippet BestSnippet(const search::IndexedText& text, search::Field field,
                        const std::set<std::string>& stems, search::Analyzer* analyzer) {
  std::optional<v1::Snippet> best;
  for (const search::FieldText& each : text.fields) {
    if (each.field != field) continue;
    v1::Snippet snippet = SnippetOf(each, stems, analyzer);
    if (!best || snippet.highlights_size() > best->highlights_size()) best = std::move(snippet);
  }
  if (!best && !text.fields.empty()) best = SnippetOf(text.fields.front(), stems, analyzer);
  return best.value_or(v1::Snippet());
}

search::Analyzer* AnalyzerOfThread() {
  thread_local search::Analyzer analyzer;
  return &analyzer;
}

}  // namespace headwater::database
