#include "records/consistency.h"

#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/text.h"

namespace headwater::records {
namespace {

class Checker {
 public:
  Checker(absl::string_view path, std::vector<Violation>* violations)
      : path_(path), violations_(*violations) {}

  void Check(const v1::Source& source) {
    const bool evidence = source.kind() == v1::SOURCE_KIND_EVIDENCE;
    Require(
        evidence == source.has_evidence(), "evidence",
        evidence ? "is required for SOURCE_KIND_EVIDENCE" : "goes with SOURCE_KIND_EVIDENCE alone");
    Require(!source.has_collective() || source.kind() == v1::SOURCE_KIND_ANONYMOUS, "collective",
            "goes with SOURCE_KIND_ANONYMOUS alone");
    NotItself(source.part_of(), source.name(), "part_of");
    NotItself(source.owner(), source.name(), "owner");
    NotItself(source.evidence().author(), source.name(), "evidence.author");
    NoneItself(source.known_distinct_from(), source.name(), "known_distinct_from");
    NoneItself(source.evidence().authenticated_by(), source.name(), "evidence.authenticated_by");
    Distinct(source.aliases(), "aliases");
    Distinct(source.domains(), "domains");
    Distinct(source.same_as(), "same_as");
    Distinct(source.known_distinct_from(), "known_distinct_from");
    DistinctLanguages(source.localized_names(), "localized_names", "");
  }

  void Check(const v1::Document& document) {
    NotItself(document.derived_from().document(), document.name(), "derived_from.document");
    NotItself(document.withdrawal().document(), document.name(), "withdrawal.document");
  }

  void Check(const v1::Claim& claim) {
    DistinctLanguages(claim.translations(), "translations", claim.language());
    Distinct(claim.tags(), "tags");
    std::set<absl::string_view> models;
    for (int i = 0; i < claim.embeddings_size(); ++i) {
      const v1::Embedding& embedding = claim.embeddings(i);
      const std::string field = absl::StrCat("embeddings[", i, "]");
      Require(models.insert(embedding.model()).second, absl::StrCat(field, ".model"),
              "is there already; give one vector a model");
      Check(embedding, field);
    }
  }

  // `field` may be empty: then the path is the vector's own.
  void Check(const v1::Embedding& embedding, const std::string& field) {
    const auto in = [&](absl::string_view name) {
      return field.empty() ? std::string(name) : absl::StrCat(field, ".", name);
    };
    const bool has_floats = embedding.values_size() > 0;
    const bool has_bytes = !embedding.int8_values().empty();
    Require(has_floats || has_bytes, in("values"), "is required, or int8_values: the vector");
    Require(!has_floats || !has_bytes, in("int8_values"), "can't stand beside values: give one");
    const auto count =
        has_floats ? static_cast<size_t>(embedding.values_size()) : embedding.int8_values().size();
    const std::string numbers = in(has_floats ? "values" : "int8_values");
    if (has_floats != has_bytes) {
      Require(count == static_cast<size_t>(embedding.dimensions()), numbers,
              absl::StrCat("has ", count, " numbers; dimensions says ", embedding.dimensions()));
    }
    bool is_zero = true;
    for (int i = 0; i < embedding.values_size(); ++i) {
      if (!std::isfinite(embedding.values(i))) {
        return Require(false, absl::StrCat(in("values"), "[", i, "]"), "is not a number");
      }
      is_zero &= embedding.values(i) == 0;
    }
    for (const char c : embedding.int8_values()) is_zero &= c == 0;
    Require(count == 0 || !is_zero, numbers, "is all zero: it points nowhere");
  }

  void Check(const v1::Attribution& attribution) {
    const bool relays = attribution.stance() == v1::STANCE_RELAYS;
    Require(!relays || attribution.cites_size() > 0, "cites",
            "is required for STANCE_RELAYS: on whose word?");
    Require(!relays || attribution.basis() != v1::BASIS_FIRST_HAND, "basis",
            "can't be BASIS_FIRST_HAND for STANCE_RELAYS: whoever relays has it from others");
    Require(!attribution.has_denial() || attribution.stance() == v1::STANCE_DENIES, "denial",
            "goes with STANCE_DENIES alone");
    const bool part = attribution.denial().extent() == v1::DENIAL_EXTENT_PART;
    Require(part != attribution.denial().part().empty(), "denial.part",
            part ? "is required for DENIAL_EXTENT_PART" : "goes with DENIAL_EXTENT_PART alone");
    Require(!attribution.has_no_comment() || attribution.stance() == v1::STANCE_NO_COMMENT,
            "no_comment", "goes with STANCE_NO_COMMENT alone");
    NotItself(attribution.no_comment().asked_by(), attribution.source(), "no_comment.asked_by");
    CheckCitations(attribution);
    if (attribution.quote().has_position()) CheckPosition(attribution.quote());
  }

  void Check(const v1::Relation& relation) {
    const std::optional<keys::Name> name = keys::Name::Parse(relation.name());
    if (name) NotItself(relation.target(), name->Parent().Text(), "target");
    Require(relation.state() != v1::RELATION_STATE_SUGGESTED || !relation.suggested_by().empty(),
            "suggested_by", "is required for RELATION_STATE_SUGGESTED");
    const bool confirmed = relation.state() == v1::RELATION_STATE_CONFIRMED;
    Require(!confirmed || !relation.confirmed_by().empty(), "confirmed_by",
            "is required for RELATION_STATE_CONFIRMED");
    Require(confirmed || relation.confirmed_by().empty(), "confirmed_by",
            "goes with RELATION_STATE_CONFIRMED alone");
    Require(confirmed || !relation.has_confirm_time(), "confirm_time",
            "goes with RELATION_STATE_CONFIRMED alone");
    const bool refused = relation.state() == v1::RELATION_STATE_REFUSED;
    Require(!refused || !relation.refused_by().empty(), "refused_by",
            "is required for RELATION_STATE_REFUSED");
    Require(refused || relation.refused_by().empty(), "refused_by",
            "goes with RELATION_STATE_REFUSED alone");
    Require(refused || !relation.has_refuse_time(), "refuse_time",
            "goes with RELATION_STATE_REFUSED alone");
  }

  void Check(const v1::Review& review) {
    Finite(review.rating().value(), "rating.value");
    Finite(review.rating().best(), "rating.best");
    Finite(review.rating().worst(), "rating.worst");
  }

 private:
  void Require(bool holds, absl::string_view field, absl::string_view description) {
    if (holds || violations_.size() >= kMaxViolations) return;
    violations_.push_back({path_.empty() ? std::string(field) : absl::StrCat(path_, ".", field),
                           std::string(description)});
  }

  void NotItself(absl::string_view target, absl::string_view self, absl::string_view field) {
    Require(target.empty() || target != self, field, "names the resource itself; name another one");
  }

  template <class Strings>
  void NoneItself(const Strings& targets, absl::string_view self, absl::string_view field) {
    for (int i = 0; i < targets.size(); ++i) {
      NotItself(targets.Get(i), self, absl::StrCat(field, "[", i, "]"));
    }
  }

  void Finite(double number, absl::string_view field) {
    Require(std::isfinite(number), field, "is not a number; leave it out if there is none");
  }

  template <class Strings>
  void Distinct(const Strings& strings, absl::string_view field) {
    std::set<absl::string_view> seen;
    for (int i = 0; i < strings.size(); ++i) {
      Require(seen.insert(strings.Get(i)).second, absl::StrCat(field, "[", i, "]"),
              "is there already; give it once");
    }
  }

  template <class Texts>
  void DistinctLanguages(const Texts& texts, absl::string_view field, absl::string_view own) {
    std::set<absl::string_view> seen;
    if (!own.empty()) seen.insert(own);
    for (int i = 0; i < texts.size(); ++i) {
      Require(seen.insert(texts.Get(i).language()).second,
              absl::StrCat(field, "[", i, "].language"),
              "is there already; give each language once");
    }
  }

  void CheckCitations(const v1::Attribution& attribution) {
    std::set<std::pair<absl::string_view, int>> seen;
    for (int i = 0; i < attribution.cites_size(); ++i) {
      const v1::Citation& citation = attribution.cites(i);
      const std::string field = absl::StrCat("cites[", i, "]");
      const std::string& cited = citation.has_source() ? citation.source() : citation.attribution();
      Require(citation.cited_case() != v1::Citation::CITED_NOT_SET, field,
              "cites nobody; set attribution or source");
      Require(citation.stance() != v1::STANCE_RELAYS, absl::StrCat(field, ".stance"),
              "can't be STANCE_RELAYS: say which stance is passed on, or leave it out");
      NotItself(citation.attribution(), attribution.name(), absl::StrCat(field, ".attribution"));
      Require(citation.source().empty() || citation.source() != attribution.source(),
              absl::StrCat(field, ".source"),
              "is the attribution's own source: nobody speaks on their own word");
      Require(seen.insert({cited, citation.stance()}).second, field,
              "is there already; cite it once");
    }
  }

  void CheckPosition(const v1::Quote& quote) {
    const int start = quote.position().start();
    const int end = quote.position().end();
    const auto length = static_cast<int>(CodePoints(quote.exact()));
    Require(end > start, "quote.position.end", "must be greater than start");
    Require(end <= start || end - start == length, "quote.position",
            absl::StrCat("spans ", end - start, " code points, but quote.exact has ", length));
  }

  const std::string path_;
  std::vector<Violation>& violations_;
};

}  // namespace

void CheckConsistency(const Message& resource, absl::string_view path,
                      std::vector<Violation>* violations) {
  Checker checker(path, violations);
  switch (*KindOf(resource.GetDescriptor())) {
    case keys::Kind::kSource:
      return checker.Check(static_cast<const v1::Source&>(resource));
    case keys::Kind::kDocument:
      return checker.Check(static_cast<const v1::Document&>(resource));
    case keys::Kind::kClaim:
      return checker.Check(static_cast<const v1::Claim&>(resource));
    case keys::Kind::kAttribution:
      return checker.Check(static_cast<const v1::Attribution&>(resource));
    case keys::Kind::kRelation:
      return checker.Check(static_cast<const v1::Relation&>(resource));
    case keys::Kind::kReview:
      return checker.Check(static_cast<const v1::Review&>(resource));
  }
}

void CheckEmbedding(const v1::Embedding& embedding, absl::string_view path,
                    std::vector<Violation>* violations) {
  Checker(path, violations).Check(embedding, "");
}

bool MayPublish(v1::SourceKind kind) {
  return kind != v1::SOURCE_KIND_ANONYMOUS && kind != v1::SOURCE_KIND_EVIDENCE;
}

}  // namespace headwater::records
