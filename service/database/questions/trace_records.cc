#include "database/questions/trace_records.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;

std::string IdIn(const std::string& name) { return Name::Parse(name).value_or(Name{}).id; }

}  // namespace

absl::Status TraceRecords::Load() {
  std::vector<Name> outside;
  for (size_t i = 0; i < outside_ids_.size(); ++i)
    outside.push_back(*Name::Parse(outside_ids_.id(i)));
  std::vector<std::string> told_in(outside.size());
  outside_gone_.resize(outside.size());
  HW_RETURN_IF_ERROR(LoadEach<v1::Attribution>(
      reading_, budget_, outside, [&](size_t i, const v1::Attribution& attribution, bool deleted) {
        outside_gone_[i] = deleted || attribution.has_withdrawal();
        told_in[i] = IdIn(attribution.document());
        document_ids_.Of(told_in[i]);
        return absl::OkStatus();
      }));
  HW_RETURN_IF_ERROR(LoadDocuments());
  for (size_t i = 0; i < outside.size(); ++i)
    outside_gone_[i] = outside_gone_[i] || document(told_in[i]).withdrawn;
  // What they were made from, which need not be gone into further.
  const size_t told = documents_.size();
  for (size_t i = 0; i < told; ++i) {
    if (!documents_[i].derived_from.empty()) document_ids_.Of(IdIn(documents_[i].derived_from));
  }
  HW_RETURN_IF_ERROR(LoadDocuments());
  for (size_t i = 0; i < told; ++i) {
    if (documents_[i].derived_from.empty()) continue;
    source_ids_.Of(IdIn(document(IdIn(documents_[i].derived_from)).publisher));
  }
  return LoadSources();
}

absl::Status TraceRecords::LoadDocuments() {
  const size_t begin = documents_.size();
  std::vector<Name> names;
  for (size_t i = begin; i < document_ids_.size(); ++i)
    names.push_back(Name{Kind::kDocument, "", document_ids_.id(i)});
  documents_.resize(document_ids_.size());
  return LoadEach<v1::Document>(
      reading_, budget_, names, [&](size_t i, const v1::Document& document, bool /*deleted*/) {
        documents_[begin + i] = {document.title(),
                                 document.publisher(),
                                 document.published_date(),
                                 document.language(),
                                 document.derived_from().document(),
                                 document.derived_from().kind(),
                                 document.has_withdrawal()};
        return budget_->Document(sizeof(TraceDocument) + document.title().size());
      });
}

absl::Status TraceRecords::LoadSources() {
  std::vector<Name> names;
  for (size_t i = 0; i < source_ids_.size(); ++i)
    names.push_back(Name{Kind::kSource, "", source_ids_.id(i)});
  sources_.resize(names.size());
  return LoadEach<v1::Source>(
      reading_, budget_, names, [&](size_t i, const v1::Source& source, bool deleted) {
        sources_[i] = {source.display_name(), source.kind(), deleted};
        return budget_->Source(sizeof(TraceSource) + source.display_name().size());
      });
}

}  // namespace headwater::database
