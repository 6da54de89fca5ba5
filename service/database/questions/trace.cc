// TraceClaim: the citation graph of the claims that say the same, dressed with what people want to
// see of its sources and documents.
#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "database/errors.h"
#include "database/queries.h"
#include "database/questions/gather_claims.h"
#include "database/questions/trace_records.h"
#include "headwater/v1/provenance_service.pb.h"
#include "provenance/trace.h"

namespace headwater::database {
namespace {

using keys::Kind;
using keys::Name;
using provenance::Traced;
using provenance::TracedCitation;
using provenance::TracedVoice;

// provenance_service.proto and trace.proto say so.
constexpr size_t kDefaultVoices = 1'000;
constexpr size_t kMostCitations = 50'000;
constexpr size_t kMostClaims = 100;

size_t Weight(const records::Edge& edge) {
  return sizeof(edge) + edge.cites.size() * sizeof(records::EdgeCitation);
}

class Tracer {
 public:
  Tracer(const Reading& reading, const v1::TraceClaimRequest& request)
      : reading_(reading),
        request_(request),
        claim_(*Name::Parse(request.name())),
        budget_(claim_, {}, reading.patience),
        records_(reading, &budget_) {}

  absl::StatusOr<v1::TraceClaimResponse> Run() {
    HW_RETURN_IF_ERROR(budget_.Read(2));
    IndexWalk walk(reading_, &budget_);
    HW_ASSIGN_OR_RETURN(const RelatedClaims related,
                        GatherClaims(reading_, claim_, Beside::kNothing, &walk, &budget_));
    HW_RETURN_IF_ERROR(ReadEdges(related.same));
    const Traced traced = provenance::Trace(edges_, Asked());
    if (!traced.found) {
      return InvalidField(
          "from", "speaks on none of the claims traced and is not cited there at this state");
    }
    for (const TracedVoice& voice : traced.voices) Mention(voice);
    HW_RETURN_IF_ERROR(records_.Load());

    v1::TraceClaimResponse response;
    Describe(related.same, &response);
    response.set_voice_count(static_cast<int32_t>(traced.reached));
    response.set_truncated(traced.truncated);
    response.set_read_sequence(static_cast<int64_t>(reading_.point.sequence));
    for (const TracedVoice& voice : traced.voices) Describe(voice, response.add_voices());
    for (size_t i = 0; i < traced.voices.size(); ++i) {
      v1::Voice* const voice = response.mutable_voices(static_cast<int>(i));
      for (const TracedCitation& citation : traced.voices[i].cites)
        Describe(citation, response, voice->add_cites());
    }
    return response;
  }

 private:
  provenance::TraceAsk Asked() const {
    provenance::TraceAsk ask;
    ask.downstream = request_.direction() == v1::TRACE_DIRECTION_DOWNSTREAM;
    if (!request_.from().empty()) ask.from = *Name::Parse(request_.from());
    if (request_.max_depth() > 0) ask.max_depth = request_.max_depth();
    ask.max_voices =
        request_.max_voices() > 0 ? static_cast<size_t>(request_.max_voices()) : kDefaultVoices;
    ask.max_citations = kMostCitations;
    return ask;
  }

  // The live attributions, claim by claim in the order of their names.
  absl::Status ReadEdges(const std::vector<RelatedClaim>& claims) {
    std::vector<std::string> ids;
    for (const RelatedClaim& claim : claims) ids.push_back(claim.id);
    std::sort(ids.begin(), ids.end());
    for (const std::string& id : ids) {
      absl::Status counted;
      HW_RETURN_IF_ERROR(
          reading_.reader().ForEachEdge(id, reading_.point.sequence, [&](records::Edge edge) {
            counted = budget_.Read(1 + edge.cites.size() / 4);
            edge.hedges.clear();
            if (counted.ok()) counted = budget_.Attribution(edge.cites.size(), Weight(edge));
            if (counted.ok() && !edge.deleted) edges_.push_back(std::move(edge));
            return counted.ok();
          }));
      HW_RETURN_IF_ERROR(counted);
    }
    return absl::OkStatus();
  }

  void Mention(const TracedVoice& voice) {
    records_.MentionSource(voice.source);
    if (voice.edge != nullptr) records_.MentionDocument(voice.edge->document);
    for (const TracedCitation& citation : voice.cites) {
      if (citation.cited.kind == Kind::kSource) {
        records_.MentionSource(citation.cited);
      } else if (citation.edge != nullptr) {
        records_.MentionDocument(citation.edge->document);
      } else if (!citation.voice) {
        records_.MentionOutside(citation.cited);
      }
    }
  }

  static void Describe(const std::vector<RelatedClaim>& claims, v1::TraceClaimResponse* out) {
    out->set_claim(Name{Kind::kClaim, "", claims.front().id}.Text());
    out->set_text(claims.front().text);
    out->set_claim_count(static_cast<int32_t>(claims.size()));
    for (size_t i = 0; i < claims.size() && i < kMostClaims; ++i) {
      v1::TracedClaim* const claim = out->add_claims();
      claim->set_claim(Name{Kind::kClaim, "", claims[i].id}.Text());
      claim->set_text(claims[i].text);
      claim->set_language(claims[i].language);
    }
  }

  void Describe(const TracedVoice& voice, v1::Voice* out) const {
    const TraceSource& source = records_.source(voice.source.id);
    out->set_source(voice.source.Text());
    out->set_display_name(source.name);
    out->set_source_kind(source.kind);
    out->set_distance(voice.distance);
    out->set_in_loop(voice.in_loop);
    out->set_cut_count(static_cast<int32_t>(voice.cut));
    out->set_origin(voice.edge == nullptr || voice.edge->cites.empty());
    if (voice.edge == nullptr) return;

    const records::Edge& edge = *voice.edge;
    out->set_attribution(edge.attribution.Text());
    out->set_claim(Name{Kind::kClaim, "", edge.attribution.claim}.Text());
    out->set_cite_count(static_cast<int32_t>(edge.cites.size()));
    out->set_stance(edge.stance);
    out->set_basis(edge.basis);
    out->set_said_date(edge.said_date);
    out->set_withdrawn(IsWithdrawn(edge));
    out->set_document(edge.document.Text());
    const TraceDocument& document = records_.document(edge.document.id);
    out->set_document_title(document.title);
    out->set_document_language(document.language);
    out->set_publisher(document.publisher);
    out->set_published_date(document.published);
    if (!document.derived_from.empty()) Describe(document, out->mutable_derived_from());
  }

  void Describe(const TraceDocument& made, v1::DocumentOrigin* out) const {
    const TraceDocument& original = records_.document(Name::Parse(made.derived_from)->id);
    out->set_document(made.derived_from);
    out->set_kind(made.derivation);
    out->set_title(original.title);
    out->set_language(original.language);
    out->set_publisher(original.publisher);
    out->set_publisher_display_name(records_.source(Name::Parse(original.publisher)->id).name);
  }

  // Itself or with its document.
  bool IsWithdrawn(const records::Edge& edge) const {
    return edge.withdrawn || records_.document(edge.document.id).withdrawn;
  }

  void Describe(const TracedCitation& citation, const v1::TraceClaimResponse& response,
                v1::VoiceCitation* out) const {
    out->set_cited(citation.cited.Text());
    out->set_stance(citation.stance);
    out->set_voice(citation.voice ? static_cast<int32_t>(*citation.voice) : -1);
    out->set_left_out_count(static_cast<int32_t>(citation.left_out));
    bool severed = citation.voice && response.voices(out->voice()).withdrawn();
    if (citation.cited.kind == Kind::kSource) {
      severed = severed || records_.source(citation.cited.id).deleted;
    } else if (citation.edge != nullptr) {
      severed = IsWithdrawn(*citation.edge);
    } else if (!citation.voice) {
      severed = records_.IsGone(citation.cited);
    }
    out->set_severed(severed);
  }

  const Reading& reading_;
  const v1::TraceClaimRequest& request_;
  const Name claim_;
  GatherBudget budget_;
  TraceRecords records_;
  std::vector<records::Edge> edges_;
};

}  // namespace

Reply Trace(const Reading& reading, const v1::TraceClaimRequest& request) {
  HW_ASSIGN_OR_RETURN(const v1::TraceClaimResponse response, Tracer(reading, request).Run());
  return response.SerializeAsString();
}

}  // namespace headwater::database
