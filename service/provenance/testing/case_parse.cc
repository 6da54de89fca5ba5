#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "provenance/testing/case_text.h"

namespace headwater::provenance::testing {
namespace {

using Words = std::vector<std::string>;

[[noreturn]] void Fail(const std::string& why) {
  std::cerr << "not a case: " << why << "\n";
  std::abort();
}

int64_t NumberOf(const std::string& text) {
  int64_t number = 0;
  if (!absl::SimpleAtoi(text, &number)) Fail("no number: " + text);
  return number;
}

Days DaysOf(const std::string& text) {
  const size_t dots = text.find("..");
  if (dots == std::string::npos) Fail("no days: " + text);
  Days days;
  if (dots > 0) days.earliest = static_cast<int32_t>(NumberOf(text.substr(0, dots)));
  if (dots + 2 < text.size()) days.latest = static_cast<int32_t>(NumberOf(text.substr(dots + 2)));
  return days;
}

template <class Enum>
Enum ValueOf(bool (*parse)(google::protobuf::ConstStringParam, Enum*), const std::string& name) {
  Enum value;
  if (!parse(name, &value)) Fail("no such value: " + name);
  return value;
}

v1::Stance StanceOf(const std::string& name) {
  return ValueOf<v1::Stance>(v1::Stance_Parse, "STANCE_" + name);
}

bool IsFate(const std::string& word, Taken* taken, bool* deleted) {
  if (word == "deleted") return *deleted = true;
  const std::map<std::string, Taken> fates = {{"retracted", Taken::kRetracted},
                                              {"corrected", Taken::kCorrected},
                                              {"error", Taken::kRecordingError}};
  const auto fate = fates.find(word);
  if (fate == fates.end()) return false;
  *taken = fate->second;
  return true;
}

class Parser {
 public:
  Case Parse(const std::string& text) {
    Split(text);
    case_.nature = v1::CLAIM_NATURE_FACT;
    for (const Words& words : lines_) NameIn(words);
    if (case_.claims.empty()) case_.claims.emplace_back("c");
    for (const Words& words : lines_) {
      if (words[0] == "source") Read(words, &case_.sources[Source(words[1])]);
      if (words[0] == "document") Read(words, &case_.documents[Find(documents_, words[1])]);
      if (words[0] == "says") Read(words, &case_.attributions[Find(attributions_, words[1])]);
    }
    return std::move(case_);
  }

 private:
  void Split(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line.substr(0, line.find('#')));
      Words split;
      for (std::string word; words >> word;) split.push_back(word);
      if (split.size() == 1) Fail("too few words: " + line);
      if (!split.empty()) lines_.push_back(split);
    }
  }

  // What other lines may name comes first.
  void NameIn(const Words& words) {
    const std::string& id = words[1];
    if (words[0] == "nature") {
      case_.nature = ValueOf<v1::ClaimNature>(v1::ClaimNature_Parse, "CLAIM_NATURE_" + id);
    } else if (words[0] == "claim") {
      claims_[id] = case_.claims.size();
      case_.claims.push_back(id);
    } else if (words[0] == "source") {
      sources_[id] = case_.sources.size();
      case_.sources.emplace_back().id = id;
    } else if (words[0] == "document") {
      documents_[id] = case_.documents.size();
      case_.documents.emplace_back().id = id;
    } else if (words[0] == "says") {
      attributions_[id] = case_.attributions.size();
      case_.attributions.emplace_back().id = id;
      case_.attributions.back().recorded = case_.attributions.size();
    } else if (words[0] == "contradicting") {
      case_.contradicting.push_back({id, words.size() > 2});
    } else {
      Fail("what is " + words[0]);
    }
  }

  static Index Find(const std::map<std::string, Index>& places, const std::string& id) {
    const auto place = places.find(id);
    if (place == places.end()) Fail("what is " + id);
    return place->second;
  }
  Index Source(const std::string& id) const { return Find(sources_, id); }

  void Read(const Words& words, SourceFact* source) {
    if (words.size() < 3) Fail("of what kind is " + source->id);
    source->kind = ValueOf<v1::SourceKind>(v1::SourceKind_Parse, "SOURCE_KIND_" + words[2]);
    for (size_t i = 3; i < words.size(); ++i) {
      const auto [key, value] = KeyAndValue(words[i]);
      Taken taken = Taken::kStands;
      if (key == "part_of") {
        source->part_of = Source(value);
      } else if (key == "owner") {
        source->owner = Source(value);
      } else if (key == "author") {
        source->author = Source(value);
      } else if (key == "same_as") {
        source->same_as.push_back(value);
      } else if (key == "distinct") {
        source->known_distinct_from.push_back(Source(value));
      } else if (key == "authenticated") {
        source->authenticated = true;
      } else if (!IsFate(key, &taken, &source->deleted)) {
        Fail("what is " + words[i]);
      }
    }
  }

  void Read(const Words& words, DocumentFact* document) {
    for (size_t i = 2; i < words.size(); ++i) {
      const auto [key, value] = KeyAndValue(words[i]);
      if (key == "by") {
        document->publisher = Source(value);
      } else if (key == "copies") {
        document->verbatim_of = Find(documents_, value);
      } else if (key == "published") {
        document->published = DaysOf(value);
      } else if (!IsFate(key, &document->taken, &document->deleted)) {
        Fail("what is " + words[i]);
      }
    }
    if (document->publisher == kNone) Fail("who publishes " + document->id);
  }

  void Read(const Words& words, AttributionFact* attribution) {
    if (words.size() < 4) Fail("who says what in " + attribution->id);
    attribution->source = Source(words[2]);
    attribution->stance = StanceOf(words[3]);
    for (size_t i = 4; i < words.size(); ++i) {
      const auto [key, value] = KeyAndValue(words[i]);
      if (key == "in") {
        attribution->document = Find(documents_, value);
      } else if (key == "of") {
        attribution->claim = Find(claims_, value);
      } else if (key == "first-hand") {
        attribution->basis = v1::BASIS_FIRST_HAND;
      } else if (key == "second-hand") {
        attribution->basis = v1::BASIS_SECOND_HAND;
      } else if (key == "extent") {
        attribution->denial_extent =
            ValueOf<v1::DenialExtent>(v1::DenialExtent_Parse, "DENIAL_EXTENT_" + value);
      } else if (key == "said") {
        attribution->said = DaysOf(value);
      } else if (key == "hedge") {
        attribution->hedges.push_back(value);
      } else if (key == "cites") {
        attribution->cites.push_back(CitationOf(value));
      } else if (key == "recorded") {
        attribution->recorded = NumberOf(value);
      } else if (!IsFate(key, &attribution->taken, &attribution->deleted)) {
        Fail("what is " + words[i]);
      }
    }
    if (attribution->document == kNone) Fail("where is told " + attribution->id);
  }

  CitationFact CitationOf(std::string text) const {
    CitationFact citation;
    if (text.back() == '!') {
      citation.severed = true;
      text.pop_back();
    }
    if (const size_t colon = text.find(':'); colon != std::string::npos) {
      citation.stance = StanceOf(text.substr(colon + 1));
      text.resize(colon);
    }
    if (text[0] == '=' || text[0] == '^') {
      citation.bare = text[0] == '=';
      citation.source = Source(text.substr(1));
    } else {
      citation.attribution = Find(attributions_, text);
    }
    return citation;
  }

  static std::pair<std::string, std::string> KeyAndValue(const std::string& word) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos) return {word, ""};
    return {word.substr(0, equals), word.substr(equals + 1)};
  }

  std::vector<Words> lines_;
  std::map<std::string, Index> claims_, sources_, documents_, attributions_;
  Case case_;
};

}  // namespace

Case CaseOf(const std::string& text) { return Parser().Parse(text); }

}  // namespace headwater::provenance::testing
