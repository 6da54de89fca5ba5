// Random reads of a database, held against the model.
#ifndef HEADWATER_TESTS_INTEGRATION_READS_H_
#define HEADWATER_TESTS_INTEGRATION_READS_H_

#include <functional>
#include <string>

#include "base/clock.h"
#include "chance.h"
#include "database/database.h"
#include "model.h"
#include "random_records.h"

namespace headwater::model {

class Reads {
 public:
  // `between` is called between the pages of a list: it may change the database and the model.
  Reads(const Model& model, Chance* chance, Clock* clock, std::function<void()> between)
      : model_(model),
        chance_(*chance),
        clock_(clock),
        records_(model, chance),
        between_(std::move(between)) {}

  // Makes one read of any sort, and fails the test where the database answers it otherwise than the
  // model.
  void CheckOne(database::Database* database);
  // Everything there is, at `sequence`: all names, lists, traces, assessments and timelines.
  void CheckAll(database::Database* database, int64_t sequence);

  // The latest time at which a state was read: nothing can be committed at or before it any more.
  absl::Time read_until() const { return read_until_; }

 private:
  v1::ReadOptions RandomRead();
  absl::StatusOr<int64_t> Resolve(const v1::ReadOptions& read);

  template <class A>
  void CheckGet(typename A::Get request);
  template <class A>
  void CheckBatchGet(typename A::BatchGet request);
  template <class A>
  void CheckList(typename A::List request);
  template <class A>
  void CheckRevisions(typename A::Revisions request);
  void CheckLookup(v1::LookupSourceRequest request);
  void CheckTrace(v1::TraceClaimRequest request);
  void CheckAssessment(v1::AssessClaimRequest request);
  void CheckTimeline(v1::ListTimelineRequest request);

  template <class A>
  void CheckOneOf();
  template <class A>
  typename A::List RandomList();
  void FillFilter(Message* request);
  std::string FilterValue(const std::string& field);

  // Reads, from memory alone first where it is so decided.
  template <class Response, class Request>
  absl::StatusOr<Response> Ask(const Request& request);

  const Model& model_;
  Chance& chance_;
  Clock* const clock_;
  RandomRecords records_;
  const std::function<void()> between_;
  absl::Time read_until_ = absl::InfinitePast();
  database::Database* database_ = nullptr;
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_READS_H_
