#include "database/questions/profile.h"

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "database/questions/gather_claims.h"
#include "database/questions/gather_numbers.h"
#include "database/questions/profile_counts.h"
#include "keys/encoding.h"
#include "keys/register.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using keys::Reference;

constexpr size_t kChunk = 200;
constexpr size_t kNoLimit = SIZE_MAX;
// What looking up a claim's relations and denials is counted as, in rows.
constexpr size_t kLookUp = 4;
// The walks, in this order.
constexpr char kClaims = '1';
constexpr char kCitedAlone = '2';
constexpr char kCitedByAttribution = '3';
constexpr char kDocuments = '4';

std::string TermOf(const Name& target, Reference field) {
  return keys::Term(keys::Index::kReference, keys::ReferenceValue(target, field));
}

class Pager {
 public:
  Pager(const Reading& reading, const v1::ProfileSourceRequest& request, const PageBounds& bounds)
      : reading_(reading),
        request_(request),
        source_(*Name::Parse(request.name())),
        rows_(bounds.rows),
        budget_(source_, {}, reading.patience) {}

  Reply Page(const std::string& position) {
    if (reading_.patience == kv::Patience::kCacheOnly) return kv::WouldBlock();
    HW_RETURN_IF_ERROR(AddSource());
    HW_RETURN_IF_ERROR(Resume(position));
    HW_ASSIGN_OR_RETURN(const bool whole, Walk());
    if (!whole) {
      response_.set_next_page_token(EncodePageToken(
          {reading_.point.sequence, EncodePlace({std::string(1, phase_), outer_, inner_})},
          request_));
    }
    response_.set_read_sequence(static_cast<int64_t>(reading_.point.sequence));
    HW_RETURN_IF_ERROR(AddNames(leans_on_, response_.mutable_leans_on()));
    HW_RETURN_IF_ERROR(AddNames(leaned_on_by_, response_.mutable_leaned_on_by()));
    HW_RETURN_IF_ERROR(AddNames(denied_by_, response_.mutable_denied_by()));
    return response_.SerializeAsString();
  }

 private:
  using Tally = std::map<std::string, int64_t>;  // by a source's id

  absl::Status AddSource() {
    HW_ASSIGN_OR_RETURN(const records::Stored stored, Find(reading_, source_, false));
    v1::Source source;
    if (!source.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("a source cannot be read");
    response_.set_name(source_.Text());
    response_.set_display_name(source.display_name());
    response_.set_kind(source.kind());
    if (source.has_reliability()) *response_.mutable_reliability() = source.reliability();
    response_.mutable_counts();
    return absl::OkStatus();
  }

  absl::Status Resume(const std::string& position) {
    if (position.empty()) return absl::OkStatus();
    HW_ASSIGN_OR_RETURN(const std::vector<std::string> parts, DecodePlace(position, 3));
    if (parts[0].size() != 1 || parts[0][0] < kClaims || parts[0][0] > kDocuments)
      return DecodePlace("", 1).status();
    phase_ = parts[0][0];
    outer_ = parts[1];
    inner_ = parts[2];
    return absl::OkStatus();
  }

  // Each walk goes on from outer_ (and inner_). False where the page ends.
  absl::StatusOr<bool> Walk() {
    for (; phase_ <= kDocuments; ++phase_) {
      HW_ASSIGN_OR_RETURN(const bool whole, phase_ == kClaims               ? WalkClaims()
                                            : phase_ == kCitedAlone         ? WalkCitedAlone()
                                            : phase_ == kCitedByAttribution ? WalkCited()
                                                                            : WalkDocuments());
      if (!whole) return false;
      outer_.clear();
    }
    return true;
  }

  // Up to `most` live names under a term from *position on, which becomes where to go on; empty at
  // the end.
  absl::StatusOr<std::vector<Name>> Next(const std::string& term, Kind kind,
                                         const std::string& claim, size_t most, size_t* rows,
                                         std::string* position) {
    Filter filter;
    filter.kind = kind;
    filter.claim = claim;
    filter.terms = {term};
    std::vector<Name> names;
    HW_ASSIGN_OR_RETURN(
        *position, Scan(filter).Run(reading_.point, reading_.patience, std::move(*position), rows,
                                    [&](Candidate candidate) {
                                      if (candidate.deleted) return true;
                                      if (names.size() == most) return false;
                                      names.push_back(std::move(candidate.name));
                                      return true;
                                    }));
    return names;
  }

  // The next of the source's attributions, at outer_; nullopt where there is none or, with outer_
  // not empty, no rows are left.
  absl::StatusOr<std::optional<Name>> NextOwn() {
    Filter filter;
    filter.kind = Kind::kAttribution;
    filter.terms = {TermOf(source_, Reference::kAttributionSource)};
    std::optional<Name> found;
    HW_ASSIGN_OR_RETURN(
        outer_, Scan(filter).Run(reading_.point, reading_.patience, std::move(outer_), &rows_,
                                 [&](Candidate candidate) {
                                   if (candidate.deleted) return true;
                                   found = std::move(candidate.name);
                                   return false;
                                 }));
    return found;
  }

  absl::StatusOr<std::vector<records::Edge>> EdgesOf(absl::Span<const Name> names) {
    HW_ASSIGN_OR_RETURN(const std::vector<uint64_t> revisions,
                        reading_.reader().RevisionsAt(names, reading_.point.sequence));
    return reading_.reader().EdgesAt(names, revisions);
  }

  // How each edge was withdrawn, itself or with its document.
  absl::StatusOr<std::vector<v1::WithdrawalKind>> Fates(const std::vector<records::Edge>& edges) {
    std::vector<Name> unknown;
    for (const records::Edge& edge : edges) {
      const auto [entry, is_new] =
          documents_.try_emplace(edge.document.id, v1::WITHDRAWAL_KIND_UNSPECIFIED);
      if (is_new) unknown.push_back(edge.document);
    }
    HW_RETURN_IF_ERROR(LoadEach<v1::Document>(
        reading_, &budget_, unknown, [&](size_t place, const v1::Document& document, bool) {
          documents_[unknown[place].id] = document.withdrawal().kind();
          return absl::OkStatus();
        }));
    std::vector<v1::WithdrawalKind> fates;
    for (const records::Edge& edge : edges)
      fates.push_back(edge.withdrawn ? edge.withdrawal_kind : documents_[edge.document.id]);
    return fates;
  }

  absl::StatusOr<bool> WalkClaims() {
    for (;;) {
      HW_ASSIGN_OR_RETURN(const std::optional<Name> found, NextOwn());
      if (!found) return outer_.empty();
      const std::string term = TermOf(source_, Reference::kAttributionSource);
      std::string position;
      size_t rows = kNoLimit;
      do {
        HW_ASSIGN_OR_RETURN(const std::vector<Name> names,
                            Next(term, Kind::kAttribution, found->claim, kChunk, &rows, &position));
        HW_RETURN_IF_ERROR(TakeOwn(names));
      } while (!position.empty());
      HW_RETURN_IF_ERROR(EndClaim(found->claim));
      rows_ -= std::min(rows_, kNoLimit - rows + kLookUp);
      outer_ = keys::PrefixEnd(term + keys::NameKeyPrefix(Kind::kAttribution, found->claim));
    }
  }

  // Some of its attributions, all of one claim.
  absl::Status TakeOwn(const std::vector<Name>& names) {
    HW_ASSIGN_OR_RETURN(const std::vector<records::Edge> edges, EdgesOf(names));
    HW_ASSIGN_OR_RETURN(const std::vector<v1::WithdrawalKind> fates, Fates(edges));
    std::vector<Name> cited;
    for (size_t i = 0; i < edges.size(); ++i) {
      CountAttribution(edges[i], fates[i], response_.mutable_counts());
      originates_ = originates_ || IsOriginated(edges[i]);
      asserts_ = asserts_ || (edges[i].stance == v1::STANCE_ASSERTS &&
                              fates[i] == v1::WITHDRAWAL_KIND_UNSPECIFIED);
      for (const records::EdgeCitation& citation : edges[i].cites) {
        if (citation.cited.kind == Kind::kSource)
          ++leans_on_[citation.cited.id];
        else
          cited.push_back(citation.cited);
      }
    }
    for (size_t begin = 0; begin < cited.size(); begin += kChunk) {
      HW_ASSIGN_OR_RETURN(const std::vector<records::Edge> others,
                          EdgesOf(absl::MakeSpan(cited).subspan(begin, kChunk)));
      for (const records::Edge& other : others) ++leans_on_[other.source.id];
    }
    return absl::OkStatus();
  }

  // What is told of a claim as a whole.
  absl::Status EndClaim(const std::string& claim) {
    const std::string name = Name{Kind::kClaim, "", claim}.Text();
    if (std::exchange(originates_, false) && response_.originated_claims_size() < kMostExamples)
      response_.add_originated_claims(name);
    if (!std::exchange(asserts_, false)) return absl::OkStatus();
    v1::ProfileCounts& counts = *response_.mutable_counts();
    counts.set_asserted_claims(counts.asserted_claims() + 1);
    HW_ASSIGN_OR_RETURN(const std::set<std::string> deniers, DeniersOf(claim));
    for (const std::string& denier : deniers) ++denied_by_[denier];
    if (deniers.empty()) return absl::OkStatus();
    counts.set_denied_claims(counts.denied_claims() + 1);
    if (response_.denied_claims_size() < kMostExamples) response_.add_denied_claims(name);
    return absl::OkStatus();
  }

  // Who else denies a claim, or one that says the same (where there are too many of those, it
  // alone).
  absl::StatusOr<std::set<std::string>> DeniersOf(const std::string& claim) {
    GatherBudget budget(Name{Kind::kClaim, "", claim}, {}, reading_.patience);
    IndexWalk walk(reading_, &budget);
    std::vector<std::string> same = {claim};
    const absl::StatusOr<RelatedClaims> related =
        GatherClaims(reading_, Name{Kind::kClaim, "", claim}, Beside::kNothing, &walk, &budget);
    if (related.ok()) {
      same.clear();
      for (const RelatedClaim& one : related->same) same.push_back(one.id);
    } else if (!absl::IsResourceExhausted(related.status())) {
      return related.status();
    }
    const std::string term = keys::Term(keys::Index::kStance, keys::NumberValue(v1::STANCE_DENIES));
    std::set<std::string> deniers;
    for (const std::string& each : same) {
      std::string position;
      size_t rows = kNoLimit;
      do {
        HW_ASSIGN_OR_RETURN(const std::vector<Name> names,
                            Next(term, Kind::kAttribution, each, kChunk, &rows, &position));
        HW_ASSIGN_OR_RETURN(const std::vector<records::Edge> edges, EdgesOf(names));
        HW_ASSIGN_OR_RETURN(const std::vector<v1::WithdrawalKind> fates, Fates(edges));
        for (size_t i = 0; i < edges.size(); ++i) {
          const bool counts = fates[i] == v1::WITHDRAWAL_KIND_UNSPECIFIED &&
                              edges[i].denial_extent != v1::DENIAL_EXTENT_NON_DENIAL;
          if (counts && edges[i].source.id != source_.id) deniers.insert(edges[i].source.id);
        }
      } while (!position.empty());
      rows_ -= std::min(rows_, kNoLimit - rows);
    }
    return deniers;
  }

  // Counts those who cite `target`.
  absl::Status TakeCiting(const std::vector<Name>& names, const Name& target) {
    HW_ASSIGN_OR_RETURN(const std::vector<records::Edge> edges, EdgesOf(names));
    v1::ProfileCounts& counts = *response_.mutable_counts();
    for (const records::Edge& edge : edges) {
      for (const records::EdgeCitation& citation : edge.cites) {
        if (citation.cited != target) continue;
        counts.set_cited(counts.cited() + 1);
        ++leaned_on_by_[edge.source.id];
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> WalkCiting(const Name& target, Reference field, std::string* position) {
    do {
      HW_ASSIGN_OR_RETURN(
          const std::vector<Name> names,
          Next(TermOf(target, field), Kind::kAttribution, "", kChunk, &rows_, position));
      HW_RETURN_IF_ERROR(TakeCiting(names, target));
      if (rows_ == 0 && !position->empty()) return false;
    } while (!position->empty());
    return true;
  }

  absl::StatusOr<bool> WalkCitedAlone() {
    return WalkCiting(source_, Reference::kCitedSource, &outer_);
  }

  absl::StatusOr<bool> WalkCited() {
    for (;;) {
      HW_ASSIGN_OR_RETURN(const std::optional<Name> own, NextOwn());
      if (!own) return outer_.empty();
      HW_ASSIGN_OR_RETURN(const bool whole,
                          WalkCiting(*own, Reference::kCitedAttribution, &inner_));
      if (!whole) return false;
      outer_ = keys::PrefixEnd(TermOf(source_, Reference::kAttributionSource) + own->Key());
    }
  }

  absl::StatusOr<bool> WalkDocuments() {
    do {
      HW_ASSIGN_OR_RETURN(const std::vector<Name> names,
                          Next(TermOf(source_, Reference::kDocumentPublisher), Kind::kDocument, "",
                               kChunk, &rows_, &outer_));
      HW_RETURN_IF_ERROR(LoadEach<v1::Document>(
          reading_, &budget_, names, [&](size_t, const v1::Document& document, bool) {
            CountDocument(document.withdrawal().kind(), response_.mutable_counts());
            return absl::OkStatus();
          }));
      if (rows_ == 0 && !outer_.empty()) return false;
    } while (!outer_.empty());
    return true;
  }

  absl::Status AddNames(const Tally& tally,
                        google::protobuf::RepeatedPtrField<v1::SourceCount>* out) {
    std::vector<Name> names;
    for (const auto& [id, count] : tally) {
      names.push_back(Name{Kind::kSource, "", id});
      v1::SourceCount* added = out->Add();
      added->set_source(names.back().Text());
      added->set_count(count);
    }
    return LoadEach<v1::Source>(
        reading_, &budget_, names, [&](size_t place, const v1::Source& source, bool) {
          out->Mutable(static_cast<int>(place))->set_display_name(source.display_name());
          return absl::OkStatus();
        });
  }

  const Reading& reading_;
  const v1::ProfileSourceRequest& request_;
  const Name source_;
  size_t rows_;  // left
  GatherBudget budget_;
  char phase_ = kClaims;
  std::string outer_;
  std::string inner_;
  bool originates_ = false;  // the claim that the walk is at
  bool asserts_ = false;     // likewise
  Tally leans_on_;
  Tally leaned_on_by_;
  Tally denied_by_;                                      // claims
  std::map<std::string, v1::WithdrawalKind> documents_;  // those looked at
  v1::ProfileSourceResponse response_;
};

}  // namespace

Reply ProfileSource(const Reading& reading, const v1::ProfileSourceRequest& request,
                    const std::string& position, const PageBounds& bounds) {
  return Pager(reading, request, bounds).Page(position);
}

}  // namespace headwater::database
