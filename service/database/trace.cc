// TraceClaim: the citation graph, dressed with what people want to see of its sources and
// documents.
#include <map>
#include <utility>

#include "base/status_macros.h"
#include "database/errors.h"
#include "database/queries.h"
#include "headwater/v1/provenance_service.pb.h"
#include "provenance/trace.h"

namespace headwater::database {
namespace {

using provenance::TracedCitation;
using provenance::TracedVoice;

constexpr size_t kMostVoices = 10'000;

// Resources that are looked at again and again while one request is answered, each read once.
template <class Resource>
class Memo {
 public:
  explicit Memo(const Reading& reading) : reading_(reading) {}

  // Null where it does not exist at the read point; deleted ones are there.
  absl::StatusOr<const Resource*> Get(const keys::Name& name) {
    HW_ASSIGN_OR_RETURN(const Known* known, Look(name));
    return known->resource.get();
  }

  // Whether it is deleted, or does not exist.
  absl::StatusOr<bool> IsGone(const keys::Name& name) {
    HW_ASSIGN_OR_RETURN(const Known* known, Look(name));
    return known->gone;
  }

 private:
  struct Known {
    std::unique_ptr<Resource> resource;
    bool gone = true;
  };

  absl::StatusOr<const Known*> Look(const keys::Name& name) {
    auto [entry, is_new] = known_.try_emplace(name.id);
    if (is_new) {
      absl::StatusOr<records::Stored> stored = Find(reading_, name, /*show_deleted=*/true);
      if (!stored.ok() && !absl::IsNotFound(stored.status())) return stored.status();
      if (stored.ok()) {
        auto resource = std::make_unique<Resource>();
        if (!resource->ParseFromArray(stored->body.data(), static_cast<int>(stored->body.size())))
          return records::Damaged("a resource cannot be read");
        entry->second = {std::move(resource), stored->entry.deleted()};
      }
    }
    return &entry->second;
  }

  const Reading& reading_;
  std::map<std::string, Known> known_;
};

size_t CitationsOf(const std::vector<records::Edge>& edges) {
  size_t count = 0;
  for (const records::Edge& edge : edges) count += edge.cites.size();
  return count;
}

class Tracer {
 public:
  Tracer(const Reading& reading, const keys::Name& claim)
      : reading_(reading), claim_(claim), sources_(reading), documents_(reading) {}

  absl::StatusOr<v1::TraceClaimResponse> Run() {
    HW_ASSIGN_OR_RETURN(const records::Stored claim,
                        Find(reading_, claim_, /*show_deleted=*/false));
    v1::Claim message;
    if (!message.ParseFromArray(claim.body.data(), static_cast<int>(claim.body.size()))) {
      return records::Damaged("a claim cannot be read");
    }
    v1::TraceClaimResponse response;
    response.set_claim(claim_.Text());
    response.set_text(message.text());
    response.set_read_sequence(static_cast<int64_t>(reading_.point.sequence));
    const bool on_the_spot = reading_.patience == kv::Patience::kCacheOnly;
    bool truncated = false;
    HW_ASSIGN_OR_RETURN(
        std::vector<records::Edge> edges,
        reading_.reader().Edges(claim_.id, reading_.point.sequence,
                                on_the_spot ? kMostRowsOnTheSpot : kMostVoices, &truncated));
    if (on_the_spot && (truncated || CitationsOf(edges) > 4 * kMostRowsOnTheSpot)) {
      return kv::WouldBlock();
    }
    response.set_truncated(truncated);
    std::erase_if(edges, [](const records::Edge& edge) { return edge.deleted; });
    const std::vector<TracedVoice> graph = provenance::TraceGraph(edges);
    for (const TracedVoice& voice : graph)
      HW_RETURN_IF_ERROR(Describe(voice, response.add_voices()));
    for (size_t i = 0; i < graph.size(); ++i) {
      for (const TracedCitation& citation : graph[i].cites) {
        HW_RETURN_IF_ERROR(Describe(citation, response,
                                    response.mutable_voices(static_cast<int>(i))->add_cites()));
      }
    }
    return response;
  }

 private:
  absl::Status Describe(const TracedVoice& voice, v1::Voice* out) {
    out->set_source(voice.source.Text());
    HW_ASSIGN_OR_RETURN(const v1::Source* source, sources_.Get(voice.source));
    if (source != nullptr) {
      out->set_display_name(source->display_name());
      out->set_source_kind(source->kind());
    }
    out->set_distance(voice.distance);
    out->set_origin(voice.cites.empty());
    out->set_in_loop(voice.in_loop);
    if (voice.edge == nullptr) return absl::OkStatus();

    const records::Edge& edge = *voice.edge;
    out->set_attribution(edge.attribution.Text());
    out->set_stance(edge.stance);
    out->set_basis(edge.basis);
    out->set_said_date(edge.said_date);
    out->set_document(edge.document.Text());
    HW_ASSIGN_OR_RETURN(const v1::Document* document, documents_.Get(edge.document));
    if (document != nullptr) {
      out->set_document_title(document->title());
      out->set_publisher(document->publisher());
      out->set_published_date(document->published_date());
    }
    out->set_withdrawn(edge.withdrawn || (document != nullptr && document->has_withdrawal()));
    return absl::OkStatus();
  }

  absl::Status Describe(const TracedCitation& citation, const v1::TraceClaimResponse& response,
                        v1::VoiceCitation* out) {
    out->set_cited(citation.cited.Text());
    out->set_stance(citation.stance);
    out->set_voice(citation.voice ? static_cast<int32_t>(*citation.voice) : -1);
    bool severed = citation.voice && response.voices(out->voice()).withdrawn();
    if (citation.cited.kind == keys::Kind::kSource) {
      HW_ASSIGN_OR_RETURN(const bool gone, sources_.IsGone(citation.cited));
      severed = severed || gone;
    } else if (!citation.voice) {
      HW_ASSIGN_OR_RETURN(severed, IsSevered(citation.cited));
    }
    out->set_severed(severed);
    return absl::OkStatus();
  }

  // Whether an attribution that is not among the voices, of another claim or deleted, can't be
  // relied on.
  absl::StatusOr<bool> IsSevered(const keys::Name& cited) {
    HW_ASSIGN_OR_RETURN(const uint64_t revision, RevisionOf(reading_, cited));
    if (revision == 0) return true;
    HW_ASSIGN_OR_RETURN(const records::Stored stored, reading_.reader().Load(revision));
    v1::Attribution attribution;
    if (!attribution.ParseFromArray(stored.body.data(), static_cast<int>(stored.body.size())))
      return records::Damaged("an attribution cannot be read");
    if (stored.entry.deleted() || attribution.has_withdrawal()) return true;
    HW_ASSIGN_OR_RETURN(const v1::Document* document,
                        documents_.Get(*keys::Name::Parse(attribution.document())));
    return document != nullptr && document->has_withdrawal();
  }

  const Reading& reading_;
  const keys::Name& claim_;
  Memo<v1::Source> sources_;
  Memo<v1::Document> documents_;
};

}  // namespace

Reply Trace(const Reading& reading, const keys::Name& claim) {
  HW_ASSIGN_OR_RETURN(const v1::TraceClaimResponse response, Tracer(reading, claim).Run());
  return response.SerializeAsString();
}

}  // namespace headwater::database
