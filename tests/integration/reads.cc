#include "reads.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/edtf.h"
#include "mask.h"
#include "model_timeline.h"

namespace headwater::model {
namespace {

void ExpectSame(const Message& expected, const Message& got, const Message& request) {
  EXPECT_TRUE(Same(expected, got))
      << request.GetDescriptor()->name() << " {" << request.ShortDebugString() << "}\n  should be "
      << expected.ShortDebugString() << "\n  but is   " << got.ShortDebugString();
}

void ExpectCode(absl::StatusCode expected, const absl::Status& got, const Message& request) {
  EXPECT_EQ(expected, got.code()) << request.GetDescriptor()->name() << " {"
                                  << request.ShortDebugString() << "} " << got;
}

// A period's bound that is open on the side that counts says nothing.
bool HasIdleBound(const Message& request) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  request.GetReflection()->ListFields(request, &fields);
  bool idle = false;
  for (const auto* field : fields) {
    const bool from = field->name().ends_with("_from");
    if (!from && !field->name().ends_with("_until")) continue;
    const absl::StatusOr<Edtf> date = ParseEdtf(GetString(field->name().c_str(), request));
    idle |= !(from ? date->earliest_day : date->latest_day).has_value();
  }
  return idle;
}

}  // namespace

v1::ReadOptions Reads::RandomRead() {
  v1::ReadOptions read;
  const int64_t sort = chance_.Number(1, 10);
  if (sort <= 3) return read;
  if (sort == 4) {
    read.set_min_sequence(chance_.Number(0, model_.head() + (chance_.Of(10) ? 1 : 0)));
  } else if (sort <= 7 || model_.head() == 0) {
    read.set_sequence(chance_.Number(0, model_.head() + (chance_.Of(10) ? 1 : 0)));
  } else {
    // Around a commit, or in the future.
    const v1::Revision& revision = model_.At(chance_.Number(1, model_.head()));
    *read.mutable_time() = revision.commit_time();
    if (chance_.Of(5)) read.mutable_time()->set_seconds(absl::ToUnixSeconds(clock_->Now()) + 1);
    const int64_t micros = read.time().nanos() / 1000 + chance_.Number(-1, 1);
    if (micros >= 0 && micros < 1'000'000)
      read.mutable_time()->set_nanos(static_cast<int>(micros * 1000 + chance_.Number(0, 999)));
  }
  return read;
}

absl::StatusOr<int64_t> Reads::Resolve(const v1::ReadOptions& read) {
  const absl::StatusOr<int64_t> sequence = model_.Resolve(read, clock_->Now());
  if (sequence.ok() && read.has_time()) {
    const absl::Time time =
        absl::FromUnixSeconds(read.time().seconds()) + absl::Nanoseconds(read.time().nanos());
    read_until_ = std::max(read_until_, absl::FromUnixMicros(absl::ToUnixMicros(time)));
  }
  return sequence;
}

template <class Response, class Request>
absl::StatusOr<Response> Reads::Ask(const Request& request) {
  database::Reply reply = kv::WouldBlock();
  if (chance_.Of(50)) reply = database_->Read(request, kv::Patience::kCacheOnly);
  if (kv::IsWouldBlock(reply.status())) reply = database_->Read(request, kv::Patience::kMayWait);
  if (!reply.ok()) return reply.status();
  Response response;
  if (!response.ParseFromString(*reply)) return absl::DataLossError("no response");
  return response;
}

template <class A>
void Reads::CheckGet(typename A::Get request) {
  const absl::StatusOr<int64_t> sequence = Resolve(request.read());
  const absl::StatusOr<typename A::Resource> got = Ask<typename A::Resource>(request);
  if (!sequence.ok()) return ExpectCode(sequence.status().code(), got.status(), request);
  const v1::Revision* revision = model_.Find(request.name(), *sequence);
  if (revision == nullptr ||
      (!request.show_deleted() && revision->operation() == v1::OPERATION_DELETE))
    return ExpectCode(absl::StatusCode::kNotFound, got.status(), request);
  ExpectCode(absl::StatusCode::kOk, got.status(), request);
  if (!got.ok()) return;
  bool with_text = false;
  if constexpr (requires { request.include_text(); }) with_text = request.include_text();
  ExpectSame(ResourceIn(model_.Rendered(*revision, with_text)), *got, request);
}

template <class A>
void Reads::CheckBatchGet(typename A::BatchGet request) {
  const absl::StatusOr<int64_t> sequence = Resolve(request.read());
  const auto got = Ask<typename A::BatchGetResponse>(request);
  if (!sequence.ok()) return ExpectCode(sequence.status().code(), got.status(), request);
  typename A::BatchGetResponse expected;
  const auto* field = expected.GetDescriptor()->FindFieldByNumber(1);
  for (const std::string& name : request.names()) {
    const v1::Revision* revision = model_.Find(name, *sequence);
    if (revision == nullptr || (!request.show_deleted() && !model_.IsLive(name, *sequence)))
      return ExpectCode(absl::StatusCode::kNotFound, got.status(), request);
    expected.GetReflection()
        ->AddMessage(&expected, field)
        ->CopyFrom(ResourceIn(model_.Rendered(*revision)));
  }
  expected.set_read_sequence(*sequence);
  ExpectCode(absl::StatusCode::kOk, got.status(), request);
  if (got.ok()) ExpectSame(expected, *got, request);
}

// All pages of a list, with changes between them: together they are the list at the first one's
// state.
template <class A>
void Reads::CheckList(typename A::List request) {
  const absl::StatusOr<int64_t> sequence = Resolve(request.read());
  typename A::ListResponse all;
  const auto* field = all.GetDescriptor()->FindFieldByNumber(1);
  for (bool first = true; first || !request.page_token().empty(); first = false) {
    const auto page = Ask<typename A::ListResponse>(request);
    if (HasIdleBound(request))
      return ExpectCode(absl::StatusCode::kInvalidArgument, page.status(), request);
    if (!sequence.ok()) return ExpectCode(sequence.status().code(), page.status(), request);
    ExpectCode(absl::StatusCode::kOk, page.status(), request);
    if (!page.ok()) return;
    EXPECT_EQ(*sequence, page->read_sequence()) << request.ShortDebugString();
    const int most = request.page_size() == 0 ? 100 : request.page_size();
    EXPECT_LE(page->GetReflection()->FieldSize(*page, field), most) << request.ShortDebugString();
    all.MergeFrom(*page);
    request.set_page_token(page->next_page_token());
    request.set_page_size(static_cast<int>(chance_.Number(1, 5)));
    if (request.page_token().empty()) break;
    if (chance_.Of(30)) between_();
    if (chance_.Of(5)) {
      typename A::List other = request;
      other.set_show_deleted(!other.show_deleted());
      ExpectCode(absl::StatusCode::kInvalidArgument, Ask<typename A::ListResponse>(other).status(),
                 other);
    }
  }
  typename A::ListResponse expected;
  for (const v1::Record& record : model_.Listed(request, *sequence))
    expected.GetReflection()->AddMessage(&expected, field)->CopyFrom(ResourceIn(record));
  all.clear_next_page_token();
  all.clear_read_sequence();
  ExpectSame(expected, all, request);
}

template <class A>
void Reads::CheckRevisions(typename A::Revisions request) {
  typename A::RevisionsResponse expected;
  for (const v1::Revision* revision : model_.RevisionsOf(request.name())) {
    v1::Revision* added = expected.add_revisions();
    *added = *revision;
    *added->mutable_record() = model_.Rendered(*revision);
  }
  typename A::RevisionsResponse all;
  do {
    const auto page = Ask<typename A::RevisionsResponse>(request);
    if (expected.revisions().empty())
      return ExpectCode(absl::StatusCode::kNotFound, page.status(), request);
    ExpectCode(absl::StatusCode::kOk, page.status(), request);
    if (!page.ok()) return;
    all.MergeFrom(*page);
    request.set_page_token(page->next_page_token());
    if (chance_.Of(20) && !request.page_token().empty()) between_();
  } while (!request.page_token().empty());
  all.clear_next_page_token();
  ExpectSame(expected, all, request);
}

void Reads::CheckLookup(v1::LookupSourceRequest request) {
  const absl::StatusOr<int64_t> sequence = Resolve(request.read());
  const auto got = Ask<v1::LookupSourceResponse>(request);
  if (!sequence.ok()) return ExpectCode(sequence.status().code(), got.status(), request);
  v1::LookupSourceResponse expected;
  for (const v1::Record& record : model_.LookedUp(request, *sequence))
    *expected.add_sources() = record.source();
  expected.set_read_sequence(*sequence);
  ExpectCode(absl::StatusCode::kOk, got.status(), request);
  if (got.ok()) ExpectSame(expected, *got, request);
}

void Reads::CheckTrace(v1::TraceClaimRequest request) {
  const absl::StatusOr<int64_t> sequence = Resolve(request.read());
  const auto got = Ask<v1::TraceClaimResponse>(request);
  if (!sequence.ok()) return ExpectCode(sequence.status().code(), got.status(), request);
  const auto expected = model_.Traced(request, *sequence);
  ExpectCode(expected.status().code(), got.status(), request);
  if (got.ok() && expected.ok()) ExpectSame(*expected, *got, request);
}

void Reads::CheckAssessment(v1::AssessClaimRequest request) {
  const absl::StatusOr<int64_t> sequence = Resolve(request.read());
  auto got = Ask<v1::Assessment>(request);
  // In which words it is told what has changed is for another test.
  if (got.ok() && got->has_credibility()) {
    EXPECT_EQ(got->credibility().changes_size() > 0, got->credibility().stale());
    got->mutable_credibility()->clear_changes();
  }
  if (!sequence.ok()) return ExpectCode(sequence.status().code(), got.status(), request);
  std::optional<int32_t> until;
  if (!request.published_until().empty()) until = ParseEdtf(request.published_until())->latest_day;
  const auto expected =
      model_.Assessed(request.name(), until, request.published_until(), *sequence);
  ExpectCode(expected.status().code(), got.status(), request);
  if (got.ok() && expected.ok()) ExpectSame(*expected, *got, request);
}

// All pages, with changes between them.
void Reads::CheckTimeline(v1::ListTimelineRequest request) {
  const absl::StatusOr<int64_t> sequence = Resolve(request.read());
  std::optional<int32_t> until;
  if (!request.published_until().empty()) until = ParseEdtf(request.published_until())->latest_day;
  absl::StatusOr<v1::ListTimelineResponse> expected;
  if (sequence.ok()) expected = TimelineOf(model_, request, until, *sequence);
  v1::ListTimelineResponse all;
  do {
    auto page = Ask<v1::ListTimelineResponse>(request);
    if (!sequence.ok()) return ExpectCode(sequence.status().code(), page.status(), request);
    ExpectCode(expected.status().code(), page.status(), request);
    if (!page.ok() || !expected.ok()) return;
    EXPECT_LE(page->events_size(), request.page_size() == 0 ? 100 : request.page_size());
    request.set_page_token(page->next_page_token());
    request.set_page_size(static_cast<int>(chance_.Number(1, 5)));
    // What all pages say alike.
    page->clear_next_page_token();
    page->mutable_events()->Swap(all.mutable_events());
    for (v1::TimelineEvent& event : *all.mutable_events()) *page->add_events() = std::move(event);
    all = *std::move(page);
    if (chance_.Of(30) && !request.page_token().empty()) between_();
  } while (!request.page_token().empty());
  ExpectSame(*expected, all, request);
}

std::string Reads::FilterValue(const std::string& field) {
  const auto name = [&](Kind kind) {
    return chance_.Of(80) ? records_.LiveName(kind) : records_.AnyName(kind);
  };
  if (field == "document") return name(Kind::kDocument);
  if (field == "target") return name(Kind::kClaim);
  if (field == "cites") return name(chance_.Of(50) ? Kind::kSource : Kind::kAttribution);
  if (field == "country") return records_.Country();
  if (field == "language") return records_.Language();
  if (field == "about") return records_.About();
  if (field == "tag") return records_.Tag();
  if (field.ends_with("_from") || field.ends_with("_until")) return records_.Date();
  return name(Kind::kSource);
}

// FollowTrial's business.
bool AsksHowClaimsStand(const google::protobuf::FieldDescriptor& field) {
  return field.name() == "standing" || field.name() == "flags" || field.name() == "show_standings";
}

void Reads::FillFilter(Message* request) {
  for (int i = 0; i < request->GetDescriptor()->field_count(); ++i) {
    const auto* field = request->GetDescriptor()->field(i);
    if (field->number() < 10 || AsksHowClaimsStand(*field) || !chance_.Of(35)) continue;
    if (field->enum_type() != nullptr) {
      const int64_t last = field->enum_type()->value_count() - 1;
      request->GetReflection()->SetEnumValue(request, field,
                                             static_cast<int>(chance_.Number(1, last)));
    } else {
      request->GetReflection()->SetString(request, field, FilterValue(field->name()));
    }
  }
}

template <class A>
typename A::List Reads::RandomList() {
  typename A::List request;
  if (chance_.Of(80)) FillFilter(&request);
  if constexpr (requires { request.parent(); })
    request.set_parent(chance_.Of(50) ? "claims/-" : records_.AnyName(Kind::kClaim));
  *request.mutable_read() = RandomRead();
  request.set_show_deleted(chance_.Of(40));
  request.set_page_size(static_cast<int>(chance_.Number(0, 5)));
  return request;
}

template <class A>
void Reads::CheckOneOf() {
  const int64_t sort = chance_.Number(1, 10);
  if (sort <= 2) {
    typename A::Get request;
    request.set_name(records_.AnyName(A::kKind));
    *request.mutable_read() = RandomRead();
    request.set_show_deleted(chance_.Of(50));
    if constexpr (requires { request.include_text(); }) request.set_include_text(chance_.Of(50));
    CheckGet<A>(request);
  } else if (sort == 3) {
    typename A::BatchGet request;
    for (int64_t i = chance_.Number(1, 4); i > 0; --i)
      request.add_names(records_.LiveName(A::kKind));
    *request.mutable_read() = RandomRead();
    request.set_show_deleted(chance_.Of(50));
    CheckBatchGet<A>(request);
  } else if (sort == 4) {
    typename A::Revisions request;
    request.set_name(records_.AnyName(A::kKind));
    request.set_page_size(static_cast<int>(chance_.Number(1, 5)));
    CheckRevisions<A>(request);
  } else {
    CheckList<A>(RandomList<A>());
  }
}

void Reads::CheckOne(database::Database* database) {
  database_ = database;
  const int64_t sort = chance_.Number(1, 10);
  if (sort == 1) {
    v1::LookupSourceRequest request;
    if (chance_.Of(50)) {
      request.set_name(records_.SourceName());
    } else {
      request.set_domain(records_.Domain());
    }
    *request.mutable_read() = RandomRead();
    return CheckLookup(request);
  }
  if (sort == 2) {
    v1::TraceClaimRequest request;
    request.set_name(records_.AnyName(Kind::kClaim));
    *request.mutable_read() = RandomRead();
    request.set_direction(static_cast<v1::TraceDirection>(chance_.Number(0, 2)));
    if (chance_.Of(30))
      request.set_from(records_.AnyName(chance_.Of(50) ? Kind::kAttribution : Kind::kSource));
    if (chance_.Of(40)) request.set_max_depth(1 + static_cast<int>(chance_.Number(0, 2)));
    if (chance_.Of(40)) request.set_max_voices(static_cast<int>(chance_.Number(1, 4)));
    return CheckTrace(request);
  }
  if (sort == 3 && chance_.Of(50)) {
    v1::ListTimelineRequest request;
    request.set_name(records_.AnyName(Kind::kClaim));
    *request.mutable_read() = RandomRead();
    request.set_axis(static_cast<v1::TimelineAxis>(chance_.Number(0, 2)));
    request.set_page_size(static_cast<int>(chance_.Number(0, 5)));
    if (chance_.Of(40))
      request.set_published_until(chance_.Word({"2024", "2025-05", "2025-08-05"}));
    return CheckTimeline(request);
  }
  if (sort == 3) {
    v1::AssessClaimRequest request;
    request.set_name(records_.AnyName(Kind::kClaim));
    *request.mutable_read() = RandomRead();
    if (chance_.Of(40))
      request.set_published_until(chance_.Word({"2024", "2025-05", "2025-08-05"}));
    return CheckAssessment(request);
  }
  ForKind(chance_.One(keys::kAllKinds), [&](auto api) { CheckOneOf<decltype(api)>(); });
}

void Reads::CheckAll(database::Database* database, int64_t sequence) {
  database_ = database;
  v1::ReadOptions read;
  read.set_sequence(sequence);
  for (Kind kind : keys::kAllKinds) {
    ForKind(kind, [&](auto api) {
      using A = decltype(api);
      typename A::List list;
      if constexpr (requires { list.parent(); }) list.set_parent("claims/-");
      *list.mutable_read() = read;
      list.set_show_deleted(true);
      CheckList<A>(list);
      for (const std::string& name : model_.Names(kind, model_.head())) {
        typename A::Revisions revisions;
        revisions.set_name(name);
        CheckRevisions<A>(revisions);
      }
    });
  }
  for (const std::string& name : model_.Names(Kind::kClaim, model_.head())) {
    v1::TraceClaimRequest trace;
    trace.set_name(name);
    *trace.mutable_read() = read;
    CheckTrace(trace);
    v1::AssessClaimRequest assess;
    assess.set_name(name);
    *assess.mutable_read() = read;
    CheckAssessment(assess);
    for (const auto axis : {v1::TIMELINE_AXIS_PUBLISHED, v1::TIMELINE_AXIS_RECORDED}) {
      v1::ListTimelineRequest timeline;
      timeline.set_name(name);
      timeline.set_axis(axis);
      *timeline.mutable_read() = read;
      CheckTimeline(timeline);
    }
  }
}

}  // namespace headwater::model
