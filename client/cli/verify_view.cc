#include "cli/verify_view.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/claim_summary_view.h"
#include "cli/help.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "cli/width.h"
#include "cli/words.h"

namespace headwater::cli {
namespace {

constexpr double kVeryLikely = 0.9;
constexpr double kLikely = 0.5;
constexpr int kIndent = 4;

bool IsMatched(const v1::VerifiedStatement& statement) {
  return std::any_of(statement.matches().begin(), statement.matches().end(),
                     [](const v1::ClaimMatch& match) { return match.is_match(); });
}

// "other figures: 7 here, 8 there".
std::string MismatchText(const v1::Mismatch& mismatch) {
  if (mismatch.kind() != v1::MISMATCH_KIND_FIGURES || mismatch.statement_figures().empty() ||
      mismatch.claim_figures().empty())
    return OneLine(mismatch.reason());
  const bool one = mismatch.statement_figures_size() == 1 && mismatch.claim_figures_size() == 1;
  return absl::StrCat(one ? "other figure: " : "other figures: ",
                      OneLine(absl::StrJoin(mismatch.statement_figures(), ", ")), " here, ",
                      OneLine(absl::StrJoin(mismatch.claim_figures(), ", ")), " there");
}

class Page {
 public:
  Page(std::ostream& out, const Terminal& terminal) : out_(out), terminal_(terminal) {}

  void PrintStatements(const v1::VerifyResponse& response, bool show_all) {
    std::set<std::string> claims;
    int matched = 0;
    for (const v1::VerifiedStatement& statement : response.statements()) {
      if (IsMatched(statement)) ++matched;
      for (const v1::ClaimMatch& match : statement.matches()) {
        if (match.is_match()) claims.insert(match.claim().claim());
      }
      if (!statement.matches().empty()) {
        PrintStatement(statement);
      } else if (show_all) {
        out_ << terminal_.Dim(Wrap(OneLine(statement.text()), PageWidth(terminal_), 0)) << "\n"
             << "  " << terminal_.Dim("nothing found") << "\n\n";
      }
    }
    const int count = response.statements_size();
    if (count == 0) return;
    out_ << Counted(count, "sentence");
    if (matched > 0)
      out_ << ": " << matched << (matched == 1 ? " matches " : " match ")
           << Counted(static_cast<int>(claims.size()), "claim");
    if (matched < count)
      out_ << (matched > 0 ? "; " : ": ") << "nothing found"
           << (matched > 0 ? absl::StrCat(" for ", count - matched) : "");
    if (!response.language().empty() && response.language() != "und")
      out_ << terminal_.Dim(absl::StrCat(" (read as ", response.language(), ")"));
    out_ << "\n";
  }

  void PrintDocument(const v1::VerifiedDocument& verified) {
    const v1::Document& document = verified.document();
    out_ << terminal_.Bold(Wrap(OneLine(document.title()), PageWidth(terminal_), 0)) << "\n"
         << terminal_.Dim(absl::StrCat(
                document.name(), ", ", ShortName(document.publisher()),
                document.published_date().empty() ? ""
                                                  : absl::StrCat(", ", document.published_date()),
                document.language().empty() ? "" : absl::StrCat(", ", document.language())))
         << "\n";
    if (document.has_withdrawal())
      out_ << terminal_.Yellow(absl::StrCat("withdrawn: see `headwater document get ",
                                            ShortName(document.name()), "`"))
           << "\n";
    for (const v1::ClaimSummary& claim : verified.claims()) {
      out_ << "\n- ";
      PrintClaim(out_, terminal_, claim, {}, 2);
    }
    if (!verified.citing().empty()) {
      out_ << "\n";
      Table table(&out_, terminal_, {"CITED BY", "STANCE", "IN", "ON"});
      for (const v1::CitingAttribution& citing : verified.citing()) {
        table.Add(
            {citing.display_name().empty() ? ShortName(citing.source()) : citing.display_name(),
             BareWord(citing.stance()), ShortName(citing.document()), ShortName(citing.claim())});
      }
      table.Flush();
    }
    out_ << "\n"
         << Counted(verified.claim_count(), "claim")
         << Shown(verified.claim_count(), verified.claims_size()) << "; cited "
         << Counted(verified.citing_count(), "time")
         << Shown(verified.citing_count(), verified.citing_size()) << "\n";
  }

 private:
  static std::string Shown(int count, int shown) {
    return count > shown ? absl::StrCat(" (", shown, " shown)") : "";
  }

  void PrintStatement(const v1::VerifiedStatement& statement) {
    out_ << terminal_.Bold(Wrap(OneLine(statement.text()), PageWidth(terminal_), 0)) << "\n";
    for (const v1::ClaimMatch& match : statement.matches()) PrintMatch(match);
    out_ << "\n";
  }

  void PrintMatch(const v1::ClaimMatch& match) {
    const std::string likelihood = Likelihood(match);
    out_ << "  " << (match.is_match() ? terminal_.Green(likelihood) : terminal_.Dim(likelihood));
    for (const v1::Mismatch& mismatch : match.mismatches())
      out_ << "; " << terminal_.Yellow(MismatchText(mismatch));
    out_ << "\n" << std::string(kIndent, ' ');
    std::vector<const v1::Snippet*> snippets;
    if (!match.snippet().text().empty()) snippets.push_back(&match.snippet());
    PrintClaim(out_, terminal_, match.claim(), snippets, kIndent);
    if (match.reason().empty()) return;
    out_ << std::string(kIndent, ' ')
         << terminal_.Dim(
                Wrap(absl::StrCat("why: ", OneLine(match.reason())), PageWidth(terminal_), kIndent))
         << "\n";
  }

  std::ostream& out_;
  const Terminal& terminal_;
};

}  // namespace

std::string Likelihood(const v1::ClaimMatch& match) {
  const char* words = "perhaps";
  if (!match.is_match()) {
    words = "not likely";
  } else if (match.is_same_text()) {
    words = "the same text";
  } else if (match.likelihood() >= kVeryLikely) {
    words = "very likely";
  } else if (match.likelihood() >= kLikely) {
    words = "likely";
  }
  return absl::StrFormat("%s (%.2f)", words, match.likelihood());
}

bool FoundSomething(const v1::VerifyResponse& response) {
  return response.has_document() ||
         std::any_of(response.statements().begin(), response.statements().end(), IsMatched);
}

void PrintVerification(std::ostream& out, const Terminal& terminal,
                       const v1::VerifyResponse& response, bool show_all) {
  Page page(out, terminal);
  if (response.has_document()) return page.PrintDocument(response.document());
  page.PrintStatements(response, show_all);
}

}  // namespace headwater::cli
