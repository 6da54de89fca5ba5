#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/rows.h"
#include "cli/source_view.h"
#include "cli/width.h"
#include "cli/words.h"

namespace headwater::cli {
namespace {

constexpr int kLabelWidth = 15;
constexpr size_t kMostNames = 10;

using Part = std::pair<const char*, int64_t>;

// "3 assert, 1 deny"; nothing that is not there.
std::string Parts(const std::vector<Part>& parts) {
  std::vector<std::string> counts;
  for (const auto& [word, count] : parts) {
    if (count > 0) counts.push_back(absl::StrCat(count, " ", word));
  }
  return absl::StrJoin(counts, ", ");
}

std::string WithParts(int64_t count, const std::vector<Part>& parts) {
  const std::string some = Parts(parts);
  return some.empty() ? absl::StrCat(count) : absl::StrCat(count, ": ", some);
}

// "Financial Times 12, Reuters 3", those that come most often first.
std::string Most(const google::protobuf::RepeatedPtrField<v1::SourceCount>& counts) {
  std::vector<const v1::SourceCount*> order;
  for (const v1::SourceCount& count : counts) order.push_back(&count);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->count() > b->count(); });
  std::vector<std::string> names;
  for (size_t i = 0; i < order.size() && i < kMostNames; ++i) {
    const std::string name =
        order[i]->display_name().empty() ? ShortName(order[i]->source()) : order[i]->display_name();
    names.push_back(absl::StrCat(OneLine(name), " ", order[i]->count()));
  }
  std::string list = absl::StrJoin(names, ", ");
  if (order.size() > kMostNames)
    absl::StrAppend(&list, " and ", order.size() - kMostNames, " more");
  return list;
}

template <class List>
std::string Claims(const List& claims) {
  std::vector<std::string> names;
  for (const std::string& claim : claims) {
    if (names.size() < kMostNames) names.push_back(ShortName(claim));
  }
  return absl::StrJoin(names, ", ");
}

class Sheet {
 public:
  Sheet(std::ostream& out, const Terminal& terminal) : out_(out), terminal_(terminal) {}

  void Row(const std::string& label, const std::string& value) {
    if (value.empty()) return;
    out_ << terminal_.Dim(PadTo(label, kLabelWidth)) << " " << value << "\n";
  }

 private:
  std::ostream& out_;
  const Terminal& terminal_;
};

std::string Letter(const v1::Reliability& reliability) {
  std::string letter = BareWord(reliability.grade());
  if (letter.empty()) return "";
  absl::StrAppend(&letter, ", given by ", OneLine(reliability.graded_by()));
  if (!reliability.graded_date().empty())
    absl::StrAppend(&letter, " on ", reliability.graded_date());
  return letter;
}

}  // namespace

void PrintProfile(std::ostream& out, const Terminal& terminal,
                  const v1::ProfileSourceResponse& profile) {
  const v1::ProfileCounts& counts = profile.counts();
  out << terminal.Bold(OneLine(profile.display_name())) << "\n"
      << terminal.Dim(absl::StrCat(profile.name(), ", ", BareWord(profile.kind()),
                                   ", as of sequence ", profile.read_sequence()))
      << "\n\n";
  Sheet sheet(out, terminal);
  sheet.Row("reliability", Letter(profile.reliability()));
  sheet.Row("attributions", WithParts(counts.attributions(), {{"assert", counts.asserts()},
                                                              {"deny", counts.denies()},
                                                              {"doubt", counts.doubts()},
                                                              {"ask", counts.asks()},
                                                              {"no comment", counts.no_comments()},
                                                              {"relay", counts.relays()}}));
  sheet.Row("basis", Parts({{"first-hand", counts.first_hand()},
                            {"second-hand", counts.second_hand()},
                            {"not recorded", counts.basis_not_recorded()}}));
  sheet.Row("originates", absl::StrCat(counts.originated()));
  sheet.Row("", Claims(profile.originated_claims()));
  sheet.Row("withdrawn", Parts({{"retracted", counts.retracted()},
                                {"corrected", counts.corrected()},
                                {"recorded wrongly by us", counts.recording_errors()}}));
  if (counts.citations() > 0) sheet.Row("cites", absl::StrCat(counts.citations(), " times"));
  sheet.Row("leans on", Most(profile.leans_on()));
  if (counts.cited() > 0) sheet.Row("cited", absl::StrCat(counts.cited(), " times"));
  sheet.Row("leaned on by", Most(profile.leaned_on_by()));
  sheet.Row("asserted claims",
            WithParts(counts.asserted_claims(), {{"denied by others", counts.denied_claims()}}));
  sheet.Row("", Claims(profile.denied_claims()));
  sheet.Row("denied by", Most(profile.denied_by()));
  sheet.Row("documents", WithParts(counts.documents(), {{"retracted", counts.documents_retracted()},
                                                        {"corrected", counts.documents_corrected()},
                                                        {"recorded wrongly by us",
                                                         counts.documents_recorded_wrongly()}}));
}

}  // namespace headwater::cli
