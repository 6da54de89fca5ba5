#include "exchange/prov/terms.h"

namespace headwater::exchange {
namespace {

constexpr ProvAttribute Needed(absl::string_view name, ProvRange range) {
  return {name, range, true};
}

constexpr ProvAttribute Optional(absl::string_view name, ProvRange range) {
  return {name, range, false};
}

std::vector<ProvSection> MakeSections() {
  constexpr ProvRange kEntity = ProvRange::kEntity;
  constexpr ProvRange kActivity = ProvRange::kActivity;
  constexpr ProvRange kAgent = ProvRange::kAgent;
  constexpr ProvRange kRelation = ProvRange::kRelation;
  constexpr ProvRange kTime = ProvRange::kTime;
  return {
      {"entity", true, {}},
      {"agent", true, {}},
      {"activity", true, {Optional("prov:startTime", kTime), Optional("prov:endTime", kTime)}},
      {"wasGeneratedBy",
       false,
       {Needed("prov:entity", kEntity), Optional("prov:activity", kActivity),
        Optional("prov:time", kTime)}},
      {"used",
       false,
       {Needed("prov:activity", kActivity), Optional("prov:entity", kEntity),
        Optional("prov:time", kTime)}},
      {"wasInformedBy",
       false,
       {Needed("prov:informed", kActivity), Needed("prov:informant", kActivity)}},
      {"wasStartedBy",
       false,
       {Needed("prov:activity", kActivity), Optional("prov:trigger", kEntity),
        Optional("prov:starter", kActivity), Optional("prov:time", kTime)}},
      {"wasEndedBy",
       false,
       {Needed("prov:activity", kActivity), Optional("prov:trigger", kEntity),
        Optional("prov:ender", kActivity), Optional("prov:time", kTime)}},
      {"wasInvalidatedBy",
       false,
       {Needed("prov:entity", kEntity), Optional("prov:activity", kActivity),
        Optional("prov:time", kTime)}},
      {"wasDerivedFrom",
       false,
       {Needed("prov:generatedEntity", kEntity), Needed("prov:usedEntity", kEntity),
        Optional("prov:activity", kActivity), Optional("prov:generation", kRelation),
        Optional("prov:usage", kRelation)}},
      {"wasAttributedTo", false, {Needed("prov:entity", kEntity), Needed("prov:agent", kAgent)}},
      {"wasAssociatedWith",
       false,
       {Needed("prov:activity", kActivity), Optional("prov:agent", kAgent),
        Optional("prov:plan", kEntity)}},
      {"actedOnBehalfOf",
       false,
       {Needed("prov:delegate", kAgent), Needed("prov:responsible", kAgent),
        Optional("prov:activity", kActivity)}},
      {"wasInfluencedBy",
       false,
       {Needed("prov:influencee", ProvRange::kAny), Needed("prov:influencer", ProvRange::kAny)}},
      {"specializationOf",
       false,
       {Needed("prov:specificEntity", kEntity), Needed("prov:generalEntity", kEntity)}},
      {"alternateOf",
       false,
       {Needed("prov:alternate1", kEntity), Needed("prov:alternate2", kEntity)}},
      {"hadMember", false, {Needed("prov:collection", kEntity), Needed("prov:entity", kEntity)}},
  };
}

}  // namespace

const ProvAttribute* ProvSection::Find(absl::string_view name) const {
  for (const ProvAttribute& attribute : attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

const std::vector<ProvSection>& ProvSections() {
  static const auto& sections = *new std::vector<ProvSection>(MakeSections());
  return sections;
}

const ProvSection* FindProvSection(absl::string_view word) {
  for (const ProvSection& section : ProvSections()) {
    if (section.word == word) return &section;
  }
  return nullptr;
}

}  // namespace headwater::exchange
