// Random requests for changes: most of them sensible, some of them wrong in every way that the
// model knows.
#ifndef HEADWATER_TESTS_INTEGRATION_RANDOM_REQUESTS_H_
#define HEADWATER_TESTS_INTEGRATION_RANDOM_REQUESTS_H_

#include <string>
#include <vector>

#include "api.h"
#include "chance.h"
#include "model.h"
#include "random_records.h"

namespace headwater::model {

class RandomRequests {
 public:
  // Request ids begin with `prefix`, so that several of these do not share any.
  RandomRequests(const Model& model, Chance* chance, std::string prefix)
      : model_(model), chance_(*chance), records_(model, chance), prefix_(std::move(prefix)) {}

  // Made for the model's state now.
  Request Next();

  RandomRecords& records() { return records_; }

 private:
  Request Fresh();
  Op MakeOp(Verb verb, Kind kind);
  Op Create(Kind kind);
  Op Update(Kind kind);
  Op Other(Verb verb, Kind kind);
  google::protobuf::FieldMask Mask(Kind kind, const Message& update);
  // Of `name`: mostly none, else its own or one that is stale.
  std::string Etag(const std::string& name);
  std::string DeletedName(Kind kind);

  const Model& model_;
  Chance& chance_;
  RandomRecords records_;
  const std::string prefix_;
  int next_id_ = 0;
  std::vector<Request> sent_;  // with request ids
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_RANDOM_REQUESTS_H_
