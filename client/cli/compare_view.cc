#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/rows.h"
#include "cli/source_view.h"
#include "cli/table.h"
#include "cli/width.h"
#include "cli/words.h"

namespace headwater::cli {
namespace {

constexpr int kLabelWidth = 15;

std::string NameOf(const std::string& display_name, const std::string& source) {
  return OneLine(display_name.empty() ? ShortName(source) : display_name);
}

template <class List>
std::string Stances(const List& stances) {
  std::vector<std::string> words;
  for (int stance : stances) words.push_back(BareWord(static_cast<v1::Stance>(stance)));
  return words.empty() ? "-" : absl::StrJoin(words, " ");
}

std::string First(v1::Precedence precedence, const std::string& first, const std::string& second) {
  switch (precedence) {
    case v1::PRECEDENCE_FIRST:
      return first;
    case v1::PRECEDENCE_SECOND:
      return second;
    default:
      return "-";
  }
}

std::string Relation(const v1::SharedClaim& shared) {
  std::vector<std::string> words;
  if (shared.agree()) words.push_back("agree");
  if (shared.contradict()) words.push_back("contradict");
  return words.empty() ? "-" : absl::StrJoin(words, ", ");
}

// "a" or, where the two are on record with claims of their own, "a / b".
std::string Claims(const v1::SharedClaim& shared) {
  const std::string first = ShortName(shared.first_claims(0));
  const std::string second = ShortName(shared.second_claims(0));
  return first == second ? first : absl::StrCat(first, " / ", second);
}

class Page {
 public:
  Page(std::ostream& out, const Terminal& terminal, const v1::CompareSourcesRequest& request,
       const v1::CompareSourcesResponse& comparison)
      : out_(out),
        terminal_(terminal),
        comparison_(comparison),
        first_(NameOf(comparison.first_display_name(), request.first())),
        second_(NameOf(comparison.second_display_name(), request.second())) {}

  void Print() {
    const v1::ComparisonCounts& counts = comparison_.counts();
    out_ << terminal_.Bold(absl::StrCat(first_, " and ", second_)) << "\n"
         << terminal_.Dim(absl::StrCat("as of sequence ", comparison_.read_sequence())) << "\n\n";
    Row("shared claims", absl::StrCat(counts.shared()));
    Row("agree", absl::StrCat("on ", counts.agree()));
    Row("contradict",
        absl::StrCat("on ", counts.contradict(), " of them, and by ", counts.contradict_across(),
                     " pairs of claims that contradict each other"));
    Row("cites", absl::StrCat(first_, " cites ", second_, " on ", counts.first_cites_second(), ", ",
                              second_, " cites ", first_, " on ", counts.second_cites_first()));
    Row("first to say", absl::StrCat(first_, " ", counts.first_said(), ", ", second_, " ",
                                     counts.second_said(), ", undecided ", counts.undecided()));
    Row("first recorded", absl::StrCat(first_, " ", counts.first_recorded(), ", ", second_, " ",
                                       counts.second_recorded()));
    if (comparison_.too_large_size() > 0)
      Row("left out", absl::StrCat(absl::StrJoin(comparison_.too_large(), ", "),
                                   ", with too much behind them"));
    PrintShared();
  }

 private:
  void Row(const std::string& label, const std::string& value) {
    out_ << terminal_.Dim(PadTo(label, kLabelWidth)) << " " << value << "\n";
  }

  void PrintShared() {
    if (comparison_.shared_size() == 0) return;
    out_ << "\n";
    Table table(
        &out_, terminal_,
        {"CLAIM", "BOTH", "FIRST SOURCE", "SECOND SOURCE", "FIRST TO SAY", "CITING", "TEXT"});
    for (const v1::SharedClaim& shared : comparison_.shared()) {
      std::vector<std::string> citing;
      for (const auto& list : {shared.first_citing(), shared.second_citing()}) {
        if (!list.empty()) citing.push_back(ShortName(list.Get(0)));
      }
      table.Add({Claims(shared), Relation(shared), Stances(shared.first_stances()),
                 Stances(shared.second_stances()), First(shared.first_said(), first_, second_),
                 citing.empty() ? "-" : absl::StrJoin(citing, " "), shared.text()});
    }
    table.Flush();
  }

  std::ostream& out_;
  const Terminal& terminal_;
  const v1::CompareSourcesResponse& comparison_;
  const std::string first_;
  const std::string second_;
};

}  // namespace

void PrintComparison(std::ostream& out, const Terminal& terminal,
                     const v1::CompareSourcesRequest& request,
                     const v1::CompareSourcesResponse& comparison) {
  Page(out, terminal, request, comparison).Print();
}

}  // namespace headwater::cli
