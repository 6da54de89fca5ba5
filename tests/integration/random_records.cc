#include "random_records.h"

#include "absl/strings/str_cat.h"

namespace headwater::model {
namespace {

using Words = std::vector<std::string>;

// Some are each other's beginnings, and '-' and digits sort before letters.
Words IdsOf(Kind kind) {
  switch (kind) {
    case Kind::kSource:
      return {"a", "a-b", "a0", "b", "c"};
    case Kind::kDocument:
      return {"d", "d-1", "e"};
    case Kind::kClaim:
      return {"x", "x-1", "y"};
    default:
      return {"a", "a-b", "c"};
  }
}

}  // namespace

std::string RandomRecords::AnyName(Kind kind) {
  const std::string claim = chance_.Word(IdsOf(Kind::kClaim));
  return CollectionName(kind, claim) + chance_.Word(IdsOf(kind));
}

std::string RandomRecords::LiveName(Kind kind) {
  Words live;
  for (const std::string& name : model_.Names(kind, model_.head())) {
    if (model_.IsLive(name, model_.head())) live.push_back(name);
  }
  return live.empty() ? AnyName(kind) : chance_.Word(live);
}

std::string RandomRecords::Date() {
  return chance_.Word({"2025", "2025-03", "2025-03-09", "2025-08", "2025-08-06", "2025-08-31?",
                       "2025-03/2025-06", "2025-08/..", "../2025-08", "2024-12~",
                       "2025-08-06T23:30:00-05:00", "-0043-03-15"});
}

std::string RandomRecords::About() {
  // The last is a soft hyphen: a name of which folding leaves nothing.
  return chance_.Word(
      {"Huawei", "huawei", "Đặng", "dang", "http://x.org/Q1", "nobody", "x", "\xC2\xAD"});
}

std::string RandomRecords::Tag() { return chance_.Word({"t1", "t1-x", "t2"}); }
std::string RandomRecords::Language() { return chance_.Word({"en", "vi", "zh-Hant"}); }
std::string RandomRecords::Country() { return chance_.Word({"VN", "CN", "US"}); }
std::string RandomRecords::Domain() {
  return chance_.Word({"cnn.com", "edition.cnn.com", "a.edition.cnn.com", "ft.com"});
}
std::string RandomRecords::SourceName() {
  return chance_.Word({"FT", "ft", "Ft ft", "Łódź", "lodz"});
}
std::string RandomRecords::Line() { return chance_.Word({"one", "two", "drei", "bốn"}); }

v1::Record RandomRecords::Record(Kind kind, const std::string& name) {
  v1::Record record;
  Message* resource = MakeRecordOf(kind, &record);
  ForKind(kind,
          [&](auto api) { Fill(name, static_cast<typename decltype(api)::Resource*>(resource)); });
  if (chance_.Of(20)) SetString("note", Line(), resource);
  return record;
}

v1::Withdrawal RandomRecords::Withdrawal() {
  v1::Withdrawal withdrawal;
  withdrawal.set_kind(static_cast<v1::WithdrawalKind>(chance_.Of(95) ? chance_.Number(1, 3) : 0));
  withdrawal.set_reason(chance_.Of(95) ? Line() : "");
  if (chance_.Of(40)) withdrawal.set_withdrawn_date(Date());
  if (chance_.Of(30)) withdrawal.set_document(Name(Kind::kDocument));
  return withdrawal;
}

void RandomRecords::Fill(const std::string&, v1::Source* source) {
  static const std::vector<v1::SourceKind> kKinds = {
      v1::SOURCE_KIND_NEWS_OUTLET,  v1::SOURCE_KIND_PERSON,    v1::SOURCE_KIND_PERSON,
      v1::SOURCE_KIND_ORGANIZATION, v1::SOURCE_KIND_ANONYMOUS, v1::SOURCE_KIND_EVIDENCE};
  source->set_kind(chance_.One(kKinds));
  source->set_display_name(chance_.Of(97) ? SourceName() : "");
  if (chance_.Of(30)) source->add_aliases(SourceName());
  if (chance_.Of(30)) source->add_domains(Domain());
  if (chance_.Of(10)) source->add_domains(Domain());
  if (chance_.Of(40)) source->set_country(Country());
  if (chance_.Of(25)) {
    source->add_localized_names()->set_language(Language());
    source->mutable_localized_names(0)->set_text(SourceName());
  }
  if (chance_.Of(15)) source->add_same_as(chance_.Word({"http://x.org/Q1", "http://x.org/Q2"}));
  if (chance_.Of(25)) source->set_part_of(Name(Kind::kSource));
  if (chance_.Of(25)) source->set_owner(Name(Kind::kSource));
  if (chance_.Of(10)) source->add_known_distinct_from(Name(Kind::kSource));
  if ((source->kind() == v1::SOURCE_KIND_ANONYMOUS) == chance_.Of(97) && chance_.Of(50))
    source->mutable_collective()->set_size(static_cast<int>(chance_.Number(0, 3)));
  if ((source->kind() == v1::SOURCE_KIND_EVIDENCE) == chance_.Of(97)) {
    source->mutable_evidence()->set_medium(v1::EVIDENCE_MEDIUM_IMAGE);
    if (chance_.Of(40)) source->mutable_evidence()->set_author(Name(Kind::kSource));
    if (chance_.Of(40)) source->mutable_evidence()->add_authenticated_by(Name(Kind::kSource));
  }
  if (chance_.Of(20)) {
    source->mutable_reliability()->set_grade(v1::RELIABILITY_GRADE_B);
    source->mutable_reliability()->set_graded_by(Line());
  }
}

void RandomRecords::Fill(const std::string&, v1::Document* document) {
  document->set_publisher(Name(Kind::kSource));
  document->set_title(chance_.Of(97) ? Line() : "");
  if (chance_.Of(60)) document->set_language(Language());
  if (chance_.Of(60)) document->set_published_date(Date());
  if (chance_.Of(30)) document->add_authors(Line());
  if (chance_.Of(30)) document->set_text(absl::StrCat("text of ", Line()));
  if (chance_.Of(6)) document->set_sha256(std::string(64, '7'));
  if (chance_.Of(25)) {
    document->mutable_derived_from()->set_document(Name(Kind::kDocument));
    document->mutable_derived_from()->set_kind(v1::DERIVATION_KIND_VERBATIM);
  }
  if (chance_.Of(10)) document->mutable_embargo()->mutable_until_time()->set_seconds(7);
  if (chance_.Of(10)) document->mutable_retrieved_time()->set_seconds(8);
}

void RandomRecords::Fill(const std::string&, v1::Claim* claim) {
  claim->set_text(chance_.Of(97) ? Line() : "");
  claim->set_language(Language());
  claim->set_nature(static_cast<v1::ClaimNature>(chance_.Number(1, 3)));
  for (int i = 0; i < 2; ++i) {
    if (!chance_.Of(40)) continue;
    v1::Entity* entity = claim->add_about();
    entity->set_name(chance_.Word({"Huawei", "HUAWEI", "Đặng", "x"}));
    if (chance_.Of(50)) entity->set_uri(chance_.Word({"http://x.org/Q1", "http://x.org/Q2"}));
  }
  if (chance_.Of(60)) claim->set_subject_date(Date());
  for (int i = 0; i < 2; ++i) {
    if (chance_.Of(35)) claim->add_tags(Tag());
  }
  if (chance_.Of(25)) {
    claim->add_translations()->set_language(Language());
    claim->mutable_translations(0)->set_text(Line());
  }
  if (chance_.Of(30)) {
    v1::Embedding* const embedding = claim->add_embeddings();
    embedding->set_model(chance_.Word({"m", "n"}));
    embedding->set_dimensions(static_cast<int>(chance_.Number(2, 3)));
    const bool quantized = chance_.Of(40);
    for (int i = 0; i < embedding->dimensions(); ++i) {
      const int64_t number = chance_.Number(1, 9) * (chance_.Of(30) ? -1 : 1);
      if (quantized) embedding->mutable_int8_values()->push_back(static_cast<char>(number));
      if (!quantized) embedding->add_values(static_cast<float>(number) / 4);
    }
  }
  if (chance_.Of(20)) {
    claim->mutable_credibility()->set_grade(v1::CREDIBILITY_GRADE_2);
    claim->mutable_credibility()->set_graded_by(Line());
    // The last sequence, before it and, now and then, after it.
    claim->mutable_credibility()->set_assessed_sequence(
        chance_.Number(0, model_.head()) + (chance_.Of(95) && model_.head() > 0 ? 0 : 1));
  }
  if (chance_.Of(20)) {
    claim->add_quantities()->set_property(Line());
    claim->mutable_quantities(0)->set_value("-12.50");
  }
}

v1::Citation RandomRecords::Citation(const std::string& claim) {
  v1::Citation citation;
  if (chance_.Of(35)) {
    citation.set_source(Name(Kind::kSource));
  } else if (chance_.Of(75)) {
    citation.set_attribution(CollectionName(Kind::kAttribution, claim) +
                             chance_.Word(IdsOf(Kind::kAttribution)));
  } else {
    citation.set_attribution(Name(Kind::kAttribution));
  }
  if (chance_.Of(30)) citation.set_stance(static_cast<v1::Stance>(chance_.Number(0, 5)));
  return citation;
}

v1::Quote RandomRecords::Quote() {
  v1::Quote quote;
  // Of texts "text of bốn", or of any.
  static const std::vector<std::pair<std::string, std::vector<int>>> kWords = {
      {"bốn", {8, 8, 4}}, {"of", {5, 5, 5, 6}}, {"e", {1, 1, 10}}, {"x", {2}}};
  const auto [exact, starts] = chance_.One(kWords);
  quote.set_exact(exact);
  if (chance_.Of(15)) quote.set_prefix(chance_.Word({"t", " of ", "ext "}));
  if (chance_.Of(15)) quote.set_suffix(chance_.Word({"t", " bố", "xt of"}));
  if (chance_.Of(40)) quote.set_cue(Line());
  if (chance_.Of(40)) quote.set_form(v1::QUOTE_FORM_DIRECT);
  if (chance_.Of(40)) {
    const int start = chance_.One(starts);
    const int length = exact == "bốn" ? 3 : static_cast<int>(exact.size());
    quote.mutable_position()->set_start(start);
    quote.mutable_position()->set_end(start + length + (chance_.Of(95) ? 0 : 1));
  }
  return quote;
}

void RandomRecords::FillStance(v1::Attribution* attribution) {
  attribution->set_stance(static_cast<v1::Stance>(chance_.Number(1, 6)));
  if (attribution->stance() == v1::STANCE_DENIES && chance_.Of(70)) {
    attribution->mutable_denial()->set_extent(static_cast<v1::DenialExtent>(chance_.Number(1, 3)));
    if ((attribution->denial().extent() == v1::DENIAL_EXTENT_PART) == chance_.Of(95))
      attribution->mutable_denial()->set_part(Line());
  }
  if (attribution->stance() == v1::STANCE_NO_COMMENT && chance_.Of(70)) {
    attribution->mutable_no_comment()->set_form(v1::NO_COMMENT_FORM_DECLINED);
    if (chance_.Of(50)) attribution->mutable_no_comment()->set_asked_by(Name(Kind::kSource));
  }
  if (attribution->stance() != v1::STANCE_RELAYS || chance_.Of(10))
    attribution->set_basis(static_cast<v1::Basis>(chance_.Number(0, 2)));
}

void RandomRecords::Fill(const std::string& name, v1::Attribution* attribution) {
  attribution->set_source(Name(Kind::kSource));
  attribution->set_document(Name(Kind::kDocument));
  FillStance(attribution);
  const int64_t least = attribution->stance() == v1::STANCE_RELAYS && chance_.Of(95) ? 1 : 0;
  for (int64_t i = chance_.Number(least, 2); i > 0; --i)
    *attribution->add_cites() = Citation(ClaimOfName(name));
  if (chance_.Of(60)) attribution->set_said_date(Date());
  if (chance_.Of(30)) *attribution->mutable_quote() = Quote();
  if (chance_.Of(20)) attribution->add_hedges(Line());
  if (chance_.Of(20)) attribution->set_could_not_verify(true);
  if (chance_.Of(6)) *attribution->mutable_withdrawal() = Withdrawal();
}

void RandomRecords::Fill(const std::string&, v1::Relation* relation) {
  // Mostly those that assessments look at.
  relation->set_kind(
      static_cast<v1::RelationKind>(chance_.Of(60) ? chance_.Number(1, 2) : chance_.Number(1, 6)));
  relation->set_target(Name(Kind::kClaim));
  relation->set_state(static_cast<v1::RelationState>(chance_.Number(1, 3)));
  const bool suggested = relation->state() == v1::RELATION_STATE_SUGGESTED;
  const bool confirmed = relation->state() == v1::RELATION_STATE_CONFIRMED;
  const bool refused = relation->state() == v1::RELATION_STATE_REFUSED;
  if (suggested || chance_.Of(30)) relation->set_suggested_by(chance_.Of(97) ? Line() : "");
  if (confirmed == chance_.Of(97)) relation->set_confirmed_by(Line());
  if (refused == chance_.Of(97)) relation->set_refused_by(Line());
  if (confirmed && chance_.Of(30)) relation->mutable_confirm_time()->set_seconds(9);
  if (chance_.Of(refused ? 30 : 2)) relation->mutable_refuse_time()->set_seconds(10);
}

void RandomRecords::Fill(const std::string&, v1::Review* review) {
  review->set_author(Name(Kind::kSource));
  if (chance_.Of(50)) review->set_title(Line());
  if (chance_.Of(60)) review->set_published_date(Date());
  if (chance_.Of(40)) {
    review->mutable_rating()->set_alternate_name(Line());
    if (chance_.Of(50)) review->mutable_rating()->set_value(-1);
    if (chance_.Of(50)) review->mutable_rating()->set_best(0);
  }
  if (chance_.Of(20)) review->mutable_item_reviewed()->set_author(Line());
}

}  // namespace headwater::model
