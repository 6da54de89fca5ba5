// Model::Traced: what a trace should show, by repeating the definitions in provenance_service.proto
// until nothing changes.
#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/edtf.h"
#include "model.h"

namespace headwater::model {
namespace {

constexpr int kFar = 1 << 20;

// Who speaks: an attribution, or a source cited that has none here.
struct Speaker {
  const v1::Attribution* attribution = nullptr;
  std::string source;
  std::vector<std::pair<int, const v1::Citation*>> cites;  // place (-1: not here), as recorded
  int distance = kFar;
};

bool CertainlyLater(const std::string& one, const std::string& other) {
  const absl::StatusOr<Edtf> a = ParseEdtf(one);
  const absl::StatusOr<Edtf> b = ParseEdtf(other);
  if (!a.ok() || !b.ok()) return false;
  if (a->uncertain || a->approximate || b->uncertain || b->approximate) return false;
  return a->earliest_day && b->latest_day && *a->earliest_day > *b->latest_day;
}

class Tracing {
 public:
  Tracing(const Model& model, const v1::TraceClaimRequest& request, int64_t sequence)
      : model_(model),
        request_(request),
        downstream_(request.direction() == v1::TRACE_DIRECTION_DOWNSTREAM),
        sequence_(sequence) {}

  absl::StatusOr<v1::TraceClaimResponse> Run() {
    FindClaims();
    for (const std::string& claim : claims_) {
      for (const std::string& name : model_.Names(Kind::kAttribution, sequence_, claim)) {
        const v1::Attribution& attribution = Record(name)->attribution();
        if (model_.IsLive(name, sequence_))
          speakers_.push_back({&attribution, attribution.source(), {}});
      }
    }
    attributions_ = static_cast<int>(speakers_.size());
    for (int i = 0; i < attributions_; ++i) {
      for (const v1::Citation& citation : speakers_[i].attribution->cites()) Cite(i, citation);
    }
    if (request_.from().empty()) {
      Measure();
    } else if (!MeasureFrom()) {
      return absl::InvalidArgumentError("from");
    }
    return Answer();
  }

 private:
  const v1::Record* Record(const std::string& name) const {
    const v1::Revision* revision = model_.Find(name, sequence_);
    return revision == nullptr ? nullptr : &revision->record();
  }

  // The ids of those that live, confirmed relations say to be the same.
  void FindClaims() {
    claims_.insert(request_.name().substr(7));
    for (size_t size = 0; size != claims_.size();) {
      size = claims_.size();
      for (const std::string& name : model_.Names(Kind::kRelation, sequence_)) {
        const v1::Relation& relation = Record(name)->relation();
        const std::string from = "claims/" + ClaimOfName(name);
        const bool counts = model_.IsLive(name, sequence_) && model_.IsLive(from, sequence_) &&
                            model_.IsLive(relation.target(), sequence_) &&
                            relation.kind() == v1::RELATION_KIND_SAME_AS &&
                            relation.state() == v1::RELATION_STATE_CONFIRMED;
        if (!counts) continue;
        if (claims_.contains(from.substr(7))) claims_.insert(relation.target().substr(7));
        if (claims_.contains(relation.target().substr(7))) claims_.insert(from.substr(7));
      }
    }
  }

  void Cite(int citing, const v1::Citation& citation) {
    std::vector<int> cited;
    for (int i = 0; i < attributions_; ++i) {
      const v1::Attribution& other = *speakers_[i].attribution;
      const bool by_name = other.name() == citation.attribution();
      const bool by_source =
          other.source() == citation.source() && i != citing &&
          !CertainlyLater(other.said_date(), speakers_[citing].attribution->said_date());
      if (by_name || by_source) cited.push_back(i);
    }
    if (cited.empty()) cited.push_back(citation.has_source() ? Bare(citation.source()) : -1);
    for (int place : cited) speakers_[citing].cites.emplace_back(place, &citation);
  }

  int Bare(const std::string& source) {
    for (size_t i = attributions_; i < speakers_.size(); ++i) {
      if (speakers_[i].source == source) return static_cast<int>(i);
    }
    speakers_.push_back({nullptr, source, {}});
    return static_cast<int>(speakers_.size()) - 1;
  }

  bool Leads(int from, int to) const {
    std::vector<bool> reached(speakers_.size(), false);
    std::vector<int> next = {from};
    while (!next.empty()) {
      const int at = next.back();
      next.pop_back();
      for (const auto& [place, citation] : speakers_[at].cites) {
        if (place == to) return true;
        if (place < 0 || reached[place]) continue;
        reached[place] = true;
        next.push_back(place);
      }
    }
    return false;
  }

  // Whether one citation leads from one to the other, in the direction of the trace.
  bool IsNext(int one, int other) const {
    const auto& cites = speakers_[downstream_ ? other : one].cites;
    return std::any_of(cites.begin(), cites.end(),
                       [&](const auto& cite) { return cite.first == (downstream_ ? one : other); });
  }

  // The distances from those whom nobody cites, downstream from those who cite nobody; loops that
  // nobody outside leads to count, one after the other, from their first.
  void Measure() {
    const int count = static_cast<int>(speakers_.size());
    for (int i = 0; i < count; ++i) {
      bool entered = false;
      for (int other = 0; other < count; ++other) entered |= IsNext(other, i);
      if (!entered) speakers_[i].distance = 0;
    }
    std::vector<int> fixed;
    while (true) {
      Relax(fixed);
      fixed.clear();
      auto far = std::find_if(speakers_.begin(), speakers_.end(),
                              [](const Speaker& one) { return one.distance == kFar; });
      if (far == speakers_.end()) return;
      for (const Speaker& one : speakers_) fixed.push_back(one.distance);
      far->distance = 0;
    }
  }

  bool MeasureFrom() {
    bool any = false;
    for (Speaker& one : speakers_) {
      const bool named = one.source == request_.from() ||
                         (one.attribution && one.attribution->name() == request_.from());
      if (named) one.distance = 0;
      any |= named;
    }
    Relax({});
    return any;
  }

  // Repeats the definition until nothing changes; what was settled before, in `fixed`, stays.
  void Relax(const std::vector<int>& fixed) {
    const int count = static_cast<int>(speakers_.size());
    for (bool changed = true; changed;) {
      changed = false;
      for (int one = 0; one < count; ++one) {
        for (int next = 0; next < count; ++next) {
          if (!IsNext(one, next) || speakers_[one].distance + 1 >= speakers_[next].distance)
            continue;
          if (!fixed.empty() && fixed[next] != kFar) continue;
          speakers_[next].distance = speakers_[one].distance + 1;
          changed = true;
        }
      }
    }
  }

  v1::TraceClaimResponse Answer() {
    v1::TraceClaimResponse response;
    response.set_claim(request_.name());
    response.set_text(Record(request_.name())->claim().text());
    response.set_read_sequence(sequence_);
    AddClaims(&response);
    std::vector<int> order;
    for (size_t i = 0; i < speakers_.size(); ++i) {
      if (speakers_[i].distance < kFar) order.push_back(static_cast<int>(i));
    }
    response.set_voice_count(static_cast<int32_t>(order.size()));
    auto rank = [&](int i) {
      const Speaker& one = speakers_[i];
      return std::make_tuple(one.distance, one.attribution == nullptr,
                             one.attribution ? "" : one.source, i);
    };
    std::sort(order.begin(), order.end(), [&](int a, int b) { return rank(a) < rank(b); });
    for (int i : order) {
      const bool near = request_.max_depth() == 0 || speakers_[i].distance <= request_.max_depth();
      const int room = request_.max_voices() == 0 ? 1000 : request_.max_voices();
      if (near && static_cast<int>(shown_.size()) < room) shown_.push_back(i);
    }
    response.set_truncated(shown_.size() < order.size());
    for (int i : shown_) Describe(i, response.add_voices());
    for (size_t i = 0; i < shown_.size(); ++i)
      DescribeCites(shown_[i], response.mutable_voices(static_cast<int>(i)));
    return response;
  }

  void AddClaims(v1::TraceClaimResponse* response) const {
    std::vector<std::string> names = {request_.name()};
    for (const std::string& id : claims_) {
      if ("claims/" + id != request_.name()) names.push_back("claims/" + id);
    }
    for (const std::string& name : names) {
      v1::TracedClaim* claim = response->add_claims();
      claim->set_claim(name);
      claim->set_text(Record(name)->claim().text());
      claim->set_language(Record(name)->claim().language());
    }
    response->set_claim_count(response->claims_size());
  }

  // -1 where it is not shown.
  int Shown(int place) const {
    const auto found = std::find(shown_.begin(), shown_.end(), place);
    return found == shown_.end() ? -1 : static_cast<int>(found - shown_.begin());
  }

  void DescribeCites(int place, v1::Voice* voice) const {
    const auto& cites = speakers_[place].cites;
    for (size_t i = 0; i < cites.size(); ++i) {
      const v1::Citation* const citation = cites[i].second;
      int left_out = 0;
      for (; i < cites.size() && cites[i].second == citation; ++i) {
        const int cited = cites[i].first;
        if (cited >= 0 && Shown(cited) < 0) {
          ++left_out;
        } else {
          DescribeCite(*citation, Shown(cited), IsWithdrawnAt(cited), voice->add_cites());
        }
      }
      --i;
      if (left_out == 0) continue;
      DescribeCite(*citation, -1, false, voice->add_cites());
      voice->mutable_cites(voice->cites_size() - 1)->set_left_out_count(left_out);
    }
  }

  bool IsWithdrawnAt(int place) const {
    return place >= 0 && IsWithdrawn(speakers_[place].attribution);
  }

  void DescribeCite(const v1::Citation& citation, int shown, bool voice_withdrawn,
                    v1::VoiceCitation* out) const {
    out->set_voice(shown);
    out->set_cited(citation.has_source() ? citation.source() : citation.attribution());
    out->set_stance(citation.stance());
    const bool deleted = !model_.IsLive(out->cited(), sequence_);
    const bool withdrawn =
        citation.has_attribution() && IsWithdrawn(&Record(out->cited())->attribution());
    out->set_severed(voice_withdrawn || deleted || withdrawn);
  }

  // Itself or with its document.
  bool IsWithdrawn(const v1::Attribution* attribution) const {
    return attribution != nullptr && (attribution->has_withdrawal() ||
                                      Record(attribution->document())->document().has_withdrawal());
  }

  void Describe(int place, v1::Voice* voice) const {
    const Speaker& speaker = speakers_[place];
    voice->set_source(speaker.source);
    voice->set_display_name(Record(speaker.source)->source().display_name());
    voice->set_source_kind(Record(speaker.source)->source().kind());
    voice->set_distance(speaker.distance);
    voice->set_origin(speaker.cites.empty());
    voice->set_in_loop(Leads(place, place));
    int cut = 0;
    for (int other = 0; other < static_cast<int>(speakers_.size()); ++other)
      cut += IsNext(place, other) && Shown(other) < 0 ? 1 : 0;
    voice->set_cut_count(cut);
    if (speaker.attribution == nullptr) return;
    const v1::Attribution& attribution = *speaker.attribution;
    const v1::Document& document = Record(attribution.document())->document();
    voice->set_attribution(attribution.name());
    voice->set_claim("claims/" + ClaimOfName(attribution.name()));
    voice->set_cite_count(attribution.cites_size());
    voice->set_stance(attribution.stance());
    voice->set_basis(attribution.basis());
    voice->set_said_date(attribution.said_date());
    voice->set_document(attribution.document());
    voice->set_document_title(document.title());
    voice->set_document_language(document.language());
    if (document.has_derived_from()) {
      v1::DocumentOrigin* origin = voice->mutable_derived_from();
      const v1::Document& made_from = Record(document.derived_from().document())->document();
      origin->set_document(document.derived_from().document());
      origin->set_kind(document.derived_from().kind());
      origin->set_title(made_from.title());
      origin->set_publisher(made_from.publisher());
      origin->set_publisher_display_name(Record(made_from.publisher())->source().display_name());
      origin->set_language(made_from.language());
    }
    voice->set_publisher(document.publisher());
    voice->set_published_date(document.published_date());
    voice->set_withdrawn(IsWithdrawn(&attribution));
  }

  const Model& model_;
  const v1::TraceClaimRequest& request_;
  const bool downstream_;
  const int64_t sequence_;
  std::set<std::string> claims_;  // ids
  std::vector<Speaker> speakers_;
  std::vector<int> shown_;
  int attributions_ = 0;
};

}  // namespace

absl::StatusOr<v1::TraceClaimResponse> Model::Traced(const v1::TraceClaimRequest& request,
                                                     int64_t sequence) const {
  if (!IsLive(request.name(), sequence)) return absl::NotFoundError(request.name());
  return Tracing(*this, request, sequence).Run();
}

}  // namespace headwater::model
