#include "exchange/wikidata/references.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "exchange/fit.h"
#include "exchange/ids.h"
#include "exchange/wikidata/terms.h"
#include "exchange/wikidata/values.h"

namespace headwater::exchange {
namespace {

// The first value of one of the properties that can be read; text is empty for none.
WikidataValue ValueOf(const Json& reference, std::initializer_list<absl::string_view> properties) {
  for (const absl::string_view property : properties) {
    for (const Json* value : ItemsOf(Member(reference, property))) {
      absl::StatusOr<WikidataValue> read = ReadWikidataValue(*value);
      if (read.ok() && read->kind != WikidataKind::kSomeValue &&
          read->kind != WikidataKind::kNoValue) {
        return *std::move(read);
      }
    }
  }
  return WikidataValue();
}

// The plain text of a title, which is in a language.
std::string TitleOf(const Json& reference) {
  for (const Json* value : ItemsOf(Member(reference, "P1476"))) {
    std::string text = TextOf(value->is_object() ? Member(*value, "text") : value);
    if (!text.empty()) return text;
  }
  return "";
}

void Cite(const v1::Citation& citation, v1::Attribution* attribution) {
  if (attribution->cites_size() >= kMaxWikidataCitations) return;
  for (const v1::Citation& other : attribution->cites()) {
    if (other.attribution() == citation.attribution() && other.source() == citation.source())
      return;
  }
  *attribution->add_cites() = citation;
}

// Adds the document that a reference leads to; its name is empty where it leads to none.
std::string AddPage(const Json& reference, RowBuilder* builder, std::string* publisher) {
  const std::string live = ValueOf(reference, {"P854", "P4656"}).text;
  const std::string archived = ValueOf(reference, {"P1065"}).text;
  const std::string& uri = live.empty() ? archived : live;
  if (uri.empty()) return "";
  const std::string own = ArchivedUri(uri);
  *publisher = AddPublisherOf(builder, own.empty() ? uri : own);
  if (publisher->empty()) return "";
  v1::Document* added = nullptr;
  std::string name = AddDocument(builder, uri, TitleOf(reference), *publisher, &added);
  if (added == nullptr) return name;
  Fitter fitter(added, builder->format());
  if (!archived.empty() && added->archive_uri().empty()) fitter.Set("archive_uri", archived);
  if (const auto published = ValueOf(reference, {"P577"}); published.date.has_value()) {
    fitter.Set("published_date", *published.date);
  }
  if (const std::string retrieved = ValueOf(reference, {"P813"}).text; !retrieved.empty()) {
    fitter.Keep("retrieved (P813)", retrieved);
  }
  return name;
}

}  // namespace

std::string AddSourceOfItem(RowBuilder* builder, absl::string_view item) {
  std::string name = absl::StrCat("sources/wikidata-", absl::AsciiStrToLower(item));
  v1::Source* source = builder->NewSource(name);
  if (source == nullptr) return name;
  const absl::string_view label = WikidataLabel(item);
  source->set_kind(v1::SOURCE_KIND_DATA_PROVIDER);
  source->set_display_name(label.empty() ? absl::StrCat("Wikidata item ", item)
                                         : std::string(label));
  source->add_same_as(WikidataUri(item));
  source->set_note(
      "Known as what Wikidata's references name; what sort of source it is, they do not say.");
  return name;
}

void AddWikidataReference(const Json& reference, const std::string& claim_name, RowBuilder* builder,
                          v1::Attribution* attribution) {
  const std::string item = ValueOf(reference, {"P248", "P143"}).entity;
  std::string publisher;
  const std::string page = AddPage(reference, builder, &publisher);
  v1::Citation citation;
  citation.set_stance(v1::STANCE_ASSERTS);
  if (page.empty()) {
    if (item.empty()) return;
    citation.set_source(AddSourceOfItem(builder, item));
    return Cite(citation, attribution);
  }
  v1::Attribution told;
  told.set_source(item.empty() ? publisher : AddSourceOfItem(builder, item));
  told.set_document(page);
  told.set_stance(v1::STANCE_ASSERTS);
  told.set_name(AttributionNameOf(claim_name, told));
  if (const auto published = ValueOf(reference, {"P577"}); published.date.has_value()) {
    told.set_said_date(*published.date);
  }
  told.set_note("By Wikidata's reference; nobody has read the page for it.");
  citation.set_attribution(told.name());
  if (v1::Attribution* added = builder->NewAttribution(told.name())) *added = told;
  Cite(citation, attribution);
}

}  // namespace headwater::exchange
