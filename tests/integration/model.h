// What the database should be, in the plainest form: a list of all revisions, from which everything
// is answered by looking at all of them. Slow and obvious; it knows nothing of keys, indexes,
// edges or snapshots.
#ifndef HEADWATER_TESTS_INTEGRATION_MODEL_H_
#define HEADWATER_TESTS_INTEGRATION_MODEL_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "api.h"

namespace headwater::model {

// What should become of a request for changes.
struct Verdict {
  // Why it is refused: a request with several faults may be refused for any of them. Empty: it is
  // accepted.
  std::set<absl::StatusCode> faults;
  // What it adds to the log, without times.
  std::vector<v1::Revision> changes;
  // The sequences of the revisions that answer it; those after the head are among `changes`.
  std::vector<int64_t> answers;
  int unchanged_count = 0;
  // It was answered before: this is that answer.
  bool again = false;
};

class Model {
 public:
  // The last sequence.
  int64_t head() const { return static_cast<int64_t>(log_.size()); }
  // The revision with that sequence. Its record is as it was written, a document with its text,
  // without what the server makes of a resource.
  const v1::Revision& At(int64_t sequence) const { return log_[sequence - 1]; }

  // What the request should lead to now.
  Verdict Judge(const Request& request) const;
  // It was accepted, at that time.
  void Accept(const Request& request, const Verdict& verdict,
              const google::protobuf::Timestamp& commit_time);

  // The state that a read at `read` should show.
  absl::StatusOr<int64_t> Resolve(const v1::ReadOptions& read, absl::Time now) const;
  // The last end of a request at or before `sequence`.
  int64_t RoundedDown(int64_t sequence) const;

  // The last revision of `name` at or before `sequence`; null where there is none.
  const v1::Revision* Find(const std::string& name, int64_t sequence) const;
  bool IsLive(const std::string& name, int64_t sequence) const;
  // The names of a kind ever used until `sequence`, in order; of children only that claim's unless
  // `claim` is empty.
  std::vector<std::string> Names(Kind kind, int64_t sequence, const std::string& claim = "") const;
  // All revisions of a name, newest first.
  std::vector<const v1::Revision*> RevisionsOf(const std::string& name) const;

  // The resource as it is read at a revision: with what the server makes; a document's text only if
  // asked for.
  v1::Record Rendered(const v1::Revision& revision, bool with_text = false) const;

  // What lists and lookups should hold, in order, and what a trace should show (kNotFound where the
  // claim is not live, kInvalidArgument where there is nothing to begin from).
  template <class List>
  std::vector<v1::Record> Listed(const List& request, int64_t sequence) const;
  std::vector<v1::Record> LookedUp(const v1::LookupSourceRequest& request, int64_t sequence) const;
  absl::StatusOr<v1::TraceClaimResponse> Traced(const v1::TraceClaimRequest& request,
                                                int64_t sequence) const;
  // What an assessment should show; `until` is the last day of `published_until`, if that is set.
  absl::StatusOr<v1::Assessment> Assessed(const std::string& claim, std::optional<int32_t> until,
                                          const std::string& published_until,
                                          int64_t sequence) const;

 private:
  // Assessed, without whether a digit is stale; that, without the words of what has changed.
  absl::StatusOr<v1::Assessment> Weighed(const std::string& claim, std::optional<int32_t> until,
                                         const std::string& published_until,
                                         int64_t sequence) const;
  void Judge(int64_t sequence, v1::Assessment* assessment) const;

  struct Answered {
    std::string request;
    std::vector<int64_t> answers;
    int unchanged_count = 0;
  };

  std::vector<v1::Revision> log_;
  std::vector<std::string> names_;            // whose revision each of them is
  std::map<std::string, Answered> answered_;  // by actor, method and request id
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_MODEL_H_
