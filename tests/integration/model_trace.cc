// Model::Traced: what a trace should show, by repeating the definitions in provenance_service.proto
// until nothing changes.
#include <algorithm>
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
  Tracing(const Model& model, const std::string& claim, int64_t sequence)
      : model_(model), claim_(claim), sequence_(sequence) {}

  v1::TraceClaimResponse Run() {
    for (const std::string& name : model_.Names(Kind::kAttribution, sequence_, claim_.substr(7))) {
      const v1::Attribution& attribution = Record(name)->attribution();
      if (model_.IsLive(name, sequence_))
        speakers_.push_back({&attribution, attribution.source(), {}});
    }
    attributions_ = static_cast<int>(speakers_.size());
    for (int i = 0; i < attributions_; ++i) {
      for (const v1::Citation& citation : speakers_[i].attribution->cites()) Cite(i, citation);
    }
    Measure();
    return Answer();
  }

 private:
  const v1::Record* Record(const std::string& name) const {
    const v1::Revision* revision = model_.Find(name, sequence_);
    return revision == nullptr ? nullptr : &revision->record();
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

  // The distances from those whom nobody cites; loops that nobody outside cites count, one after
  // the other, from their first.
  void Measure() {
    for (size_t i = 0; i < speakers_.size(); ++i) {
      bool cited = false;
      for (const Speaker& other : speakers_) {
        for (const auto& [place, citation] : other.cites) cited |= place == static_cast<int>(i);
      }
      if (!cited) speakers_[i].distance = 0;
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

  // Repeats the definition until nothing changes; what was settled before, in `fixed`, stays.
  void Relax(const std::vector<int>& fixed) {
    for (bool changed = true; changed;) {
      changed = false;
      for (const Speaker& one : speakers_) {
        for (const auto& [place, citation] : one.cites) {
          if (place < 0 || one.distance + 1 >= speakers_[place].distance) continue;
          if (!fixed.empty() && fixed[place] != kFar) continue;
          speakers_[place].distance = one.distance + 1;
          changed = true;
        }
      }
    }
  }

  v1::TraceClaimResponse Answer() const {
    v1::TraceClaimResponse response;
    response.set_claim(claim_);
    response.set_text(Record(claim_)->claim().text());
    response.set_read_sequence(sequence_);
    std::vector<int> order;
    for (size_t i = 0; i < speakers_.size(); ++i) order.push_back(static_cast<int>(i));
    auto rank = [&](int i) {
      const Speaker& one = speakers_[i];
      return std::make_tuple(one.distance, one.attribution == nullptr,
                             one.attribution ? one.attribution->name() : one.source);
    };
    std::sort(order.begin(), order.end(), [&](int a, int b) { return rank(a) < rank(b); });
    for (int i : order) Describe(i, response.add_voices());
    for (size_t i = 0; i < order.size(); ++i) {
      for (const auto& [place, citation] : speakers_[order[i]].cites) {
        v1::VoiceCitation* out = response.mutable_voices(static_cast<int>(i))->add_cites();
        const auto found = std::find(order.begin(), order.end(), place);
        out->set_voice(place < 0 ? -1 : static_cast<int>(found - order.begin()));
        out->set_cited(citation->has_source() ? citation->source() : citation->attribution());
        out->set_stance(citation->stance());
        const bool voice_withdrawn = place >= 0 && IsWithdrawn(speakers_[place].attribution);
        const bool deleted = !model_.IsLive(out->cited(), sequence_);
        const bool withdrawn =
            citation->has_attribution() && IsWithdrawn(&Record(out->cited())->attribution());
        out->set_severed(voice_withdrawn || deleted || withdrawn);
      }
    }
    return response;
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
    if (speaker.attribution == nullptr) return;
    const v1::Attribution& attribution = *speaker.attribution;
    const v1::Document& document = Record(attribution.document())->document();
    voice->set_attribution(attribution.name());
    voice->set_stance(attribution.stance());
    voice->set_basis(attribution.basis());
    voice->set_said_date(attribution.said_date());
    voice->set_document(attribution.document());
    voice->set_document_title(document.title());
    voice->set_publisher(document.publisher());
    voice->set_published_date(document.published_date());
    voice->set_withdrawn(IsWithdrawn(&attribution));
  }

  const Model& model_;
  const std::string claim_;
  const int64_t sequence_;
  std::vector<Speaker> speakers_;
  int attributions_ = 0;
};

}  // namespace

absl::StatusOr<v1::TraceClaimResponse> Model::Traced(const std::string& claim,
                                                     int64_t sequence) const {
  if (!IsLive(claim, sequence)) return absl::NotFoundError(claim);
  return Tracing(*this, claim, sequence).Run();
}

}  // namespace headwater::model
