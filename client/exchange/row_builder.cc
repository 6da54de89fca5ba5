#include "exchange/row_builder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "exchange/fit.h"
#include "exchange/html_text.h"
#include "exchange/ids.h"
#include "exchange/kinds.h"
#include "exchange/unicode.h"

namespace headwater::exchange {

v1::Record* RowBuilder::New(const std::string& name) {
  if (!names_.insert(name).second) return nullptr;
  return records_.emplace_back(std::make_unique<v1::Record>()).get();
}

v1::Source* RowBuilder::NewSource(const std::string& name) {
  v1::Record* record = New(name);
  if (record == nullptr) return nullptr;
  record->mutable_source()->set_name(name);
  return record->mutable_source();
}

v1::Document* RowBuilder::NewDocument(const std::string& name) {
  v1::Record* record = New(name);
  if (record == nullptr) return nullptr;
  record->mutable_document()->set_name(name);
  return record->mutable_document();
}

v1::Claim* RowBuilder::NewClaim(const std::string& name) {
  v1::Record* record = New(name);
  if (record == nullptr) return nullptr;
  record->mutable_claim()->set_name(name);
  return record->mutable_claim();
}

v1::Attribution* RowBuilder::NewAttribution(const std::string& name) {
  v1::Record* record = New(name);
  if (record == nullptr) return nullptr;
  record->mutable_attribution()->set_name(name);
  return record->mutable_attribution();
}

v1::Review* RowBuilder::NewReview(const std::string& name) {
  v1::Record* record = New(name);
  if (record == nullptr) return nullptr;
  record->mutable_review()->set_name(name);
  return record->mutable_review();
}

void RowBuilder::Finish(Row* row) {
  for (const Kind& kind : Kinds()) {
    for (const std::unique_ptr<v1::Record>& record : records_) {
      if (KindOf(*record) == &kind) row->records.push_back(std::move(*record));
    }
  }
  records_.clear();
  names_.clear();
}

std::string AddSourceOfDomain(RowBuilder* row, absl::string_view domain,
                              absl::string_view display_name, v1::SourceKind kind) {
  std::string name = SourceNameOfDomain(domain);
  v1::Source* source = row->NewSource(name);
  if (source == nullptr) return name;
  Fitter fitter(source, row->format());
  source->set_kind(kind);
  if (!fitter.SetHtml("display_name", display_name)) fitter.Set("display_name", domain);
  fitter.Add("domains", domain);
  return name;
}

std::string AddSourceOfName(RowBuilder* row, absl::string_view display_name, v1::SourceKind kind,
                            v1::Source** added) {
  std::string name = SourceNameOfName(HtmlToText(ToUtf8(display_name)));
  v1::Source* source = row->NewSource(name);
  if (added != nullptr) *added = source;
  if (source == nullptr) return name;
  Fitter fitter(source, row->format());
  source->set_kind(kind);
  // A name of nothing but characters that may not stand in one is kept beside this.
  if (!fitter.SetHtml("display_name", display_name)) source->set_display_name("(no name)");
  return name;
}

std::string AddDocument(RowBuilder* row, absl::string_view uri, absl::string_view title,
                        const std::string& publisher, v1::Document** added) {
  const std::string archived = ArchivedUri(uri);
  const absl::string_view own = archived.empty() ? uri : absl::string_view(archived);
  std::string name = DocumentNameOf(own);
  v1::Document* document = row->NewDocument(name);
  if (added != nullptr) *added = document;
  if (document == nullptr) return name;
  Fitter fitter(document, row->format());
  document->set_publisher(publisher);
  fitter.Set("uri", own);
  if (!archived.empty()) fitter.Set("archive_uri", uri);
  if (!fitter.SetHtml("title", title)) {
    // What a person would call it: its address. No value of the row's, so none to be kept.
    const std::string address = Shortened(Collapsed(UriKey(own)), 2000);
    document->set_title(ToNfc(address.empty() ? std::string("untitled") : address));
  }
  return name;
}

}  // namespace headwater::exchange
