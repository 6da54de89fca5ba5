#include "search/text/number_words.h"

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace headwater::search {
namespace {

// A word that means something else in other languages says in which it multiplies.
struct Multiplier {
  const char* word;  // folded
  int zeros;
  const char* language;  // empty: in all
};
constexpr Multiplier kMultipliers[] = {
    {"hundred", 2, ""},    {"thousand", 3, ""},   {"thousands", 3, ""},  {"million", 6, ""},
    {"millions", 6, ""},   {"mln", 6, ""},        {"mn", 6, ""},         {"billion", 9, ""},
    {"billions", 9, ""},   {"billion", 12, "de"}, {"bn", 9, ""},         {"trillion", 12, ""},
    {"trillions", 12, ""}, {"trn", 12, ""},       {"lakh", 5, ""},       {"lakhs", 5, ""},
    {"crore", 7, ""},      {"crores", 7, ""},     {"tram", 2, "vi"},     {"nghin", 3, ""},
    {"ngan", 3, "vi"},     {"trieu", 6, ""},      {"ty", 9, "vi"},       {"ti", 9, "vi"},
    {"tausend", 3, ""},    {"millionen", 6, ""},  {"mio", 6, ""},        {"milliarde", 9, ""},
    {"milliarden", 9, ""}, {"mrd", 9, ""},        {"billionen", 12, ""}, {"mille", 3, "fr"},
    {"milliard", 9, ""},   {"milliards", 9, ""},  {"mil", 3, "es"},      {"mil", 3, "pt"},
    {"millon", 6, ""},     {"millones", 6, ""},   {"milhao", 6, ""},     {"milhoes", 6, ""},
    {"bilhao", 9, ""},     {"bilhoes", 9, ""},    {"trilhoes", 12, ""},  {"mila", 3, "it"},
    {"milione", 6, ""},    {"milioni", 6, ""},    {"miliardo", 9, ""},   {"miliardi", 9, ""},
    {"miljoen", 6, ""},    {"miljard", 9, ""},    {"miljoner", 6, ""},   {"miljarder", 9, ""},
    {"ribu", 3, ""},       {"juta", 6, ""},       {"miliar", 9, ""},     {"triliun", 12, ""},
    {"bin", 3, "tr"},      {"milyon", 6, ""},     {"milyar", 9, ""},     {"tysiac", 3, ""},
    {"tysiecy", 3, ""},    {"milion", 6, ""},     {"milionow", 6, ""},   {"miliardow", 9, ""},
    {"тыс", 3, ""},        {"тысяча", 3, ""},     {"тысячи", 3, ""},     {"тысяч", 3, ""},
    {"млн", 6, ""},        {"миллион", 6, ""},    {"миллиона", 6, ""},   {"миллионов", 6, ""},
    {"млрд", 9, ""},       {"миллиард", 9, ""},   {"миллиарда", 9, ""},  {"миллиардов", 9, ""},
    {"трлн", 12, ""},      {"мільйон", 6, ""},    {"мільйонів", 6, ""},  {"мільярд", 9, ""},
    {"мільярдів", 9, ""},  {"الف", 3, ""},        {"الاف", 3, ""},       {"مليون", 6, ""},
    {"ملايين", 6, ""},     {"مليار", 9, ""},      {"هزار", 3, ""},       {"ميليون", 6, ""},
    {"लाख", 5, ""},        {"करोड़", 7, ""},       {"พัน", 3, ""},         {"หมื่น", 4, ""},
    {"แสน", 5, ""},        {"ล้าน", 6, ""},
};

struct Suffix {
  const char* letters;
  int zeros;
  bool is_money;         // only of money
  const char* language;  // empty: in all
};
constexpr Suffix kSuffixes[] = {
    {"k", 3, false, ""},  {"K", 3, false, ""},  {"M", 6, false, ""},    {"m", 6, true, ""},
    {"mn", 6, false, ""}, {"bn", 9, false, ""}, {"B", 9, false, ""},    {"b", 9, true, ""},
    {"T", 12, true, ""},  {"tn", 12, true, ""}, {"tr", 6, false, "vi"},
};

struct Ideograph {
  absl::string_view character;
  int zeros;
};
constexpr Ideograph kIdeographs[] = {
    {"百", 2}, {"千", 3}, {"万", 4}, {"萬", 4},  {"만", 4},
    {"亿", 8}, {"億", 8}, {"억", 8}, {"兆", 12},
};

}  // namespace

int ZerosOf(absl::string_view folded, const std::string& language) {
  using Map = absl::flat_hash_map<std::string, int>;  // "word", "word/language"
  static const Map* const kZeros = [] {
    auto* map = new Map;
    for (const Multiplier& each : kMultipliers) {
      const std::string word = each.word;
      map->emplace(*each.language == '\0' ? word : word + "/" + each.language, each.zeros);
    }
    return map;
  }();
  if (folded.size() > 24) return 0;
  std::string word(folded);
  const auto by_language = kZeros->find(word + "/" + language);
  if (by_language != kZeros->end()) return by_language->second;
  const auto found = kZeros->find(word);
  return found == kZeros->end() ? 0 : found->second;
}

int ZerosOfSuffix(absl::string_view letters, bool is_money, const std::string& language) {
  for (const Suffix& each : kSuffixes) {
    if (letters != each.letters || (each.is_money && !is_money)) continue;
    if (*each.language == '\0' || language == each.language) return each.zeros;
  }
  return 0;
}

int ZerosOfIdeograph(absl::string_view text, size_t* size) {
  for (const Ideograph& each : kIdeographs) {
    if (text.substr(0, each.character.size()) != each.character) continue;
    *size = each.character.size();
    return each.zeros;
  }
  return 0;
}

bool IsPercent(absl::string_view folded) {
  static const auto* const kWords = new absl::flat_hash_set<std::string>{
      "percent",   "per cent",  "pct",       "prozent", "pour cent", "por ciento", "por cento",
      "per cento", "procent",   "phan tram", "persen",  "процент",   "процента",   "процентов",
      "проценты",  "відсотків", "بالمئه",    "بالمائه", "प्रतिशत",    "फीसदी"};
  return kWords->contains(std::string(folded));
}

}  // namespace headwater::search
