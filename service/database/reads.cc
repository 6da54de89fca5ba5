// Database::Read: from request messages to queries.
#include <optional>
#include <type_traits>
#include <utility>

#include "base/status_macros.h"
#include "database/api.h"
#include "database/errors.h"
#include "database/exchange/export.h"
#include "database/finding/finding.h"
#include "database/finding/similar_sources.h"
#include "database/impl.h"
#include "database/queries.h"
#include "database/questions/compare.h"
#include "database/questions/impact.h"
#include "database/questions/profile.h"
#include "database/standings/standings_point.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "records/rules.h"

namespace headwater::database {
namespace {

// Reads one request in one impl.
class ReadOne {
 public:
  ReadOne(const Finding& finding, Clock* clock, kv::Patience patience)
      : finding_(finding),
        views_(finding.views),
        follower_(finding.standings),
        clock_(clock),
        patience_(patience) {}

  template <class Request>
  Reply operator()(const Request& request) {
    constexpr Shape kShape = ApiOf<Request>::kShape;
    if constexpr (kShape == Shape::kGet) {
      bool include_text = false;
      if constexpr (requires { request.include_text(); }) include_text = request.include_text();
      HW_ASSIGN_OR_RETURN(const Reading reading, At(request.read()));
      return Get(reading, NameOf(request.name()), request.show_deleted(), include_text);
    } else if constexpr (kShape == Shape::kList) {
      return Listed(request);
    } else if constexpr (kShape == Shape::kBatchGet) {
      std::vector<keys::Name> names;
      for (const std::string& name : request.names()) names.push_back(NameOf(name));
      HW_ASSIGN_OR_RETURN(const Reading reading, At(request.read()));
      return BatchGet(reading, names, request.show_deleted());
    } else {
      static_assert(kShape == Shape::kRevisions);
      HW_ASSIGN_OR_RETURN(const size_t page_size, PageSize(request.page_size()));
      HW_ASSIGN_OR_RETURN(auto page, Page(request, v1::ReadOptions()));
      return ListRevisions(page.first, NameOf(request.name()), page_size, page.second, request);
    }
  }

  Reply operator()(const v1::LookupSourceRequest& request) {
    if (request.key_case() == v1::LookupSourceRequest::KEY_NOT_SET) {
      return InvalidField("name", "is required, or domain: whom to look up");
    }
    HW_ASSIGN_OR_RETURN(const Reading reading, At(request.read()));
    HW_ASSIGN_OR_RETURN(std::string reply, Lookup(reading, request));
    if (!request.has_name() || !reading.point.latest() || HasSources(reply)) return reply;
    // Names are compared with many.
    if (patience_ == kv::Patience::kCacheOnly) return kv::WouldBlock();
    HW_RETURN_IF_ERROR(AppendSimilarSources(reading, request.name(), &reply));
    return reply;
  }

  Reply operator()(const v1::TraceClaimRequest& request) {
    HW_ASSIGN_OR_RETURN(const Reading reading, At(request.read()));
    return Trace(reading, request);
  }

  Reply operator()(const v1::ListTimelineRequest& request) {
    HW_ASSIGN_OR_RETURN(const size_t page_size, PageSize(request.page_size()));
    HW_ASSIGN_OR_RETURN(const auto page, Page(request, request.read()));
    return ListTimeline(page.first, request, page_size, page.second);
  }

  Reply operator()(const v1::AssessClaimRequest& request) {
    HW_ASSIGN_OR_RETURN(const Reading reading, At(request.read()));
    return Assess(reading, NameOf(request.name()), request.published_until());
  }

  Reply operator()(const v1::BatchAssessClaimsRequest& request) {
    HW_ASSIGN_OR_RETURN(const Reading reading, At(request.read()));
    std::vector<keys::Name> names;
    for (const std::string& name : request.names()) names.push_back(NameOf(name));
    return BatchAssess(reading, names, request.published_until());
  }

  Reply operator()(const v1::AssessImpactRequest& request) {
    HW_ASSIGN_OR_RETURN(auto page, Page(request, request.read()));
    return AssessImpact(page.first, request, page.second);
  }

  Reply operator()(const v1::CompareSourcesRequest& request) {
    HW_ASSIGN_OR_RETURN(auto page, Page(request, request.read()));
    return CompareSources(page.first, request, page.second);
  }

  Reply operator()(const v1::ProfileSourceRequest& request) {
    HW_ASSIGN_OR_RETURN(auto page, Page(request, request.read()));
    return ProfileSource(page.first, request, page.second);
  }

  // Searches take milliseconds: never on the spot.
  Reply operator()(const v1::VerifyRequest& request) {
    if (patience_ == kv::Patience::kCacheOnly) return kv::WouldBlock();
    return Verify(finding_, request);
  }

  Reply operator()(const v1::SearchClaimsRequest& request) {
    if (patience_ == kv::Patience::kCacheOnly) return kv::WouldBlock();
    return SearchClaims(finding_, request);
  }

  absl::StatusOr<ExportPiece> Exported(const v1::ExportRequest& request) {
    HW_ASSIGN_OR_RETURN(auto page, Page(request, request.read()));
    return database::Export(page.first, request, std::move(page.second));
  }

 private:
  // CheckRequest has seen to it that it is one.
  static keys::Name NameOf(const std::string& text) { return *keys::Name::Parse(text); }

  // Sources stand first in an answer.
  static bool HasSources(absl::string_view reply) {
    using google::protobuf::internal::WireFormatLite;
    google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(reply.data()),
                                              static_cast<int>(reply.size()));
    return WireFormatLite::GetTagFieldNumber(in.ReadTag()) ==
           v1::LookupSourceResponse::kSourcesFieldNumber;
  }

  absl::StatusOr<Reading> At(const v1::ReadOptions& read) {
    HW_ASSIGN_OR_RETURN(ReadPoint point, Resolve(read, views_, clock_, patience_));
    return Reading{std::move(point), patience_};
  }

  // The state and the position of the page that is asked for.
  template <class Request>
  absl::StatusOr<std::pair<Reading, std::string>> Page(const Request& request,
                                                       const v1::ReadOptions& read) {
    if (request.page_token().empty()) {
      HW_ASSIGN_OR_RETURN(Reading reading, At(read));
      return std::make_pair(std::move(reading), std::string());
    }
    HW_ASSIGN_OR_RETURN(PageToken token, DecodePageToken(request.page_token(), request));
    HW_ASSIGN_OR_RETURN(ReadPoint point, ResolveToken(token.sequence, *views_, patience_));
    return std::make_pair(Reading{std::move(point), patience_}, std::move(token.position));
  }

  template <class Request>
  Reply Listed(const Request& request) {
    Listing listing;
    HW_ASSIGN_OR_RETURN(listing.filter, FilterOf(request));
    HW_ASSIGN_OR_RETURN(listing.page_size, PageSize(request.page_size()));
    HW_ASSIGN_OR_RETURN(auto page, Page(request, request.read()));
    if constexpr (std::is_same_v<Request, v1::ListClaimsRequest>) {
      listing.show_standings = request.show_standings() || !listing.filter.standing_terms.empty();
      if (listing.show_standings) {
        HW_ASSIGN_OR_RETURN(listing.live_standings, Align(request, &page.first.point));
      }
    }
    listing.show_deleted = request.show_deleted();
    listing.position = std::move(page.second);
    listing.request = &request;
    return List(page.first, listing);
  }

  absl::StatusOr<bool> Align(const v1::ListClaimsRequest& request, ReadPoint* point) {
    using Point = v1::ReadOptions::PointCase;
    const Point asked = request.read().point_case();
    const bool exactly =
        !request.page_token().empty() || asked == Point::kSequence || asked == Point::kTime;
    const auto least = static_cast<uint64_t>(request.read().min_sequence());
    return AlignWithStandings(exactly ? std::nullopt : std::make_optional(least), views_, follower_,
                              patience_, point);
  }

  const Finding finding_;
  Views* const views_;
  Follower* const follower_;
  Clock* const clock_;
  const kv::Patience patience_;
};

}  // namespace

template <class Request>
Reply Database::Read(const Request& request, kv::Patience patience) {
  std::vector<records::Violation> violations;
  records::CheckRequest(request, &violations);
  if (!violations.empty()) return InvalidArgument(violations);
  return ReadOne(impl_->finding(), impl_->options().clock, patience)(request);
}

absl::StatusOr<ExportPiece> Database::Export(const v1::ExportRequest& request) {
  std::vector<records::Violation> violations;
  records::CheckRequest(request, &violations);
  if (!violations.empty()) return InvalidArgument(violations);
  return ReadOne(impl_->finding(), impl_->options().clock, kv::Patience::kMayWait)
      .Exported(request);
}

#define HW_READS(S, P)                                                          \
  template Reply Database::Read(const v1::Get##S##Request&, kv::Patience);      \
  template Reply Database::Read(const v1::List##P##Request&, kv::Patience);     \
  template Reply Database::Read(const v1::BatchGet##P##Request&, kv::Patience); \
  template Reply Database::Read(const v1::List##S##RevisionsRequest&, kv::Patience);
HW_FOR_EACH_KIND(HW_READS)
#undef HW_READS
template Reply Database::Read(const v1::LookupSourceRequest&, kv::Patience);
template Reply Database::Read(const v1::TraceClaimRequest&, kv::Patience);
template Reply Database::Read(const v1::AssessClaimRequest&, kv::Patience);
template Reply Database::Read(const v1::BatchAssessClaimsRequest&, kv::Patience);
template Reply Database::Read(const v1::ListTimelineRequest&, kv::Patience);
template Reply Database::Read(const v1::AssessImpactRequest&, kv::Patience);
template Reply Database::Read(const v1::CompareSourcesRequest&, kv::Patience);
template Reply Database::Read(const v1::ProfileSourceRequest&, kv::Patience);
template Reply Database::Read(const v1::VerifyRequest&, kv::Patience);
template Reply Database::Read(const v1::SearchClaimsRequest&, kv::Patience);

}  // namespace headwater::database
