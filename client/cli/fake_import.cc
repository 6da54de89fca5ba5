#include "cli/fake_import.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "exchange/fields.h"
#include "exchange/kinds.h"

namespace headwater::cli {
namespace {

using google::protobuf::Message;

const Message& Inside(const v1::Record& record) {
  return exchange::ResourceIn(record, *exchange::KindOf(record));
}

std::string Note(const Message& resource) {
  const auto* field = resource.GetDescriptor()->FindFieldByName("note");
  return field == nullptr ? "" : resource.GetReflection()->GetString(resource, field);
}

void Reject(int64_t row, const v1::Record& record, const std::string& field, const char* reason,
            const std::string& description, v1::ImportCounts* counts, v1::ImportResponse* answer) {
  counts->set_rejected(counts->rejected() + 1);
  v1::RowError* error = answer->add_errors();
  error->set_row(row);
  error->set_name(exchange::NameOf(Inside(record)));
  if (!field.empty()) error->set_field(exchange::KindOf(record)->word + "." + field);
  error->set_reason(reason);
  error->set_description(description);
}

// Where a record has that name.
std::string FieldThatNames(const v1::Record& record, const std::string& name) {
  const std::unique_ptr<Message> empty(Inside(record).New());
  for (const exchange::Difference& set : exchange::Differences(*empty, Inside(record))) {
    if (set.after == absl::StrCat("\"", name, "\"")) return set.path;
  }
  return "cites";
}

// The first name that it refers to and that is not there.
std::string Missing(const v1::Record& record, const std::set<std::string>& others,
                    const std::map<std::string, v1::Record>& records) {
  for (const std::string& name : exchange::ReferencesIn(Inside(record))) {
    if (!records.contains(name) && !others.contains(name)) return name;
  }
  return "";
}

}  // namespace

void FakeImports::Judge(int64_t row, const v1::Record& record, Records* records, State* state,
                        v1::ImportResponse* answer) {
  v1::ImportCounts& counts = state->counts;
  if (Note(Inside(record)) == "bad") {
    return Reject(row, record, "note", "INVALID", "must not be \"bad\"", &counts, answer);
  }
  v1::Record made = record;
  exchange::ClearServerMade(exchange::MutableResourceIn(&made, *exchange::KindOf(record)));
  const std::string name = exchange::NameOf(Inside(record));
  if (const auto found = records->find(name); found != records->end()) {
    if (exchange::Differences(Inside(found->second), Inside(made)).empty())
      return counts.set_unchanged(counts.unchanged() + 1);
    if (state->config.on_existing() == v1::ON_EXISTING_SKIP)
      return counts.set_skipped(counts.skipped() + 1);
    if (state->config.on_existing() != v1::ON_EXISTING_UPDATE) {
      return Reject(row, record, "", "ALREADY_EXISTS", "exists and is different", &counts, answer);
    }
    found->second = made;
    return counts.set_updated(counts.updated() + 1);
  }
  if (!Missing(record, {}, *records).empty()) {
    state->waiting[row] = record;
    return counts.set_waiting(counts.waiting() + 1);
  }
  (*records)[name] = made;
  counts.set_created(counts.created() + 1);
}

// What waits and refers to nothing but what is there or waits likewise goes in together.
void FakeImports::Settle(Records* records, State* state, v1::ImportResponse* answer) {
  std::set<std::string> together;
  for (const auto& [row, record] : state->waiting)
    together.insert(exchange::NameOf(Inside(record)));
  std::map<int64_t, v1::Record> waiting = std::exchange(state->waiting, {});
  state->counts.set_waiting(0);
  for (bool changed = true; changed;) {
    changed = false;
    for (auto row = waiting.begin(); row != waiting.end();) {
      const std::string missing = Missing(row->second, together, *records);
      if (missing.empty()) {
        ++row;
        continue;
      }
      Reject(row->first, row->second, FieldThatNames(row->second, missing), "REFERENCE_MISSING",
             absl::StrCat("names ", missing, ", which does not exist"), &state->counts, answer);
      together.erase(exchange::NameOf(Inside(row->second)));
      row = waiting.erase(row);
      changed = true;
    }
  }
  for (const auto& [row, record] : waiting) {
    v1::Record made = record;
    exchange::ClearServerMade(exchange::MutableResourceIn(&made, *exchange::KindOf(record)));
    (*records)[exchange::NameOf(Inside(record))] = made;
    state->counts.set_created(state->counts.created() + 1);
  }
}

void FakeImports::Whole(State* state, v1::ImportResponse* answer) {
  Records trial = *records_;
  for (size_t i = 0; i < state->whole.size(); ++i) {
    Judge(static_cast<int64_t>(i), state->whole[i], &trial, state, answer);
  }
  Settle(&trial, state, answer);
  if (state->config.validate_only()) return;
  if (state->counts.rejected() == 0) {
    *records_ = std::move(trial);
  } else {
    state->counts.set_created(0);
    state->counts.set_updated(0);
  }
}

internal::FakeServer::Reply FakeImports::Hear(const internal::FakeServer::Call& call,
                                              std::shared_ptr<void>* of_call) {
  v1::ImportRequest request;
  request.ParseFromString(call.request);
  internal::FakeServer::Reply reply;
  if (breaks && breaks(request)) {
    reply.ends = true;
    reply.status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "the cable");
    return reply;
  }
  v1::ImportResponse answer;
  if (*of_call == nullptr) {
    const v1::ImportConfig& config = request.config();
    configs_.push_back(config);
    std::shared_ptr<State> state;
    if (config.all_or_nothing() || config.validate_only()) {
      state = std::make_shared<State>();
    } else {
      std::shared_ptr<State>& kept = kept_[config.import_id()];
      if (kept == nullptr) kept = std::make_shared<State>();
      state = kept;
      for (const v1::RowError& error : state->errors) {
        if (error.row() >= config.answered_offset()) *answer.add_errors() = error;
      }
    }
    state->config = config;
    *of_call = state;
  } else {
    State& state = *std::static_pointer_cast<State>(*of_call);
    const bool whole = state.config.all_or_nothing() || state.config.validate_only();
    for (int i = 0; i < request.records_size(); ++i) {
      if (whole) {
        state.whole.push_back(request.records(i));
      } else if (request.offset() + i >= state.acknowledged) {
        Judge(state.acknowledged++, request.records(i), records_, &state, &answer);
      }
    }
    state.errors.insert(state.errors.end(), answer.errors().begin(), answer.errors().end());
    if (request.complete() && !state.done) {
      whole ? Whole(&state, &answer) : Settle(records_, &state, &answer);
      state.done = true;
    }
    answer.set_done(request.complete());
  }
  const State& state = *std::static_pointer_cast<State>(*of_call);
  answer.set_acknowledged_offset(state.acknowledged);
  *answer.mutable_counts() = state.counts;
  answer.set_sequence(static_cast<int64_t>(records_->size()));
  reply.messages.push_back(answer.SerializeAsString());
  return reply;
}

}  // namespace headwater::cli
