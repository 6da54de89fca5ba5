// Random resources over a small universe of names and values, so that they meet often.
#ifndef HEADWATER_TESTS_INTEGRATION_RANDOM_RECORDS_H_
#define HEADWATER_TESTS_INTEGRATION_RANDOM_RECORDS_H_

#include <string>

#include "api.h"
#include "chance.h"
#include "model.h"

namespace headwater::model {

// Makes resources for one state of the model. Most of what they refer to is live there, some is
// deleted or was never made.
class RandomRecords {
 public:
  RandomRecords(const Model& model, Chance* chance) : model_(model), chance_(*chance) {}

  // A resource of the kind, without a name; `name` is the one that it will have. It may be wrong in
  // itself, but every field's format is right.
  v1::Record Record(Kind kind, const std::string& name);
  v1::Withdrawal Withdrawal();

  // A name of the universe; a live one if there is one.
  std::string AnyName(Kind kind);
  std::string LiveName(Kind kind);
  // Mostly a live one.
  std::string Name(Kind kind) { return chance_.Of(92) ? LiveName(kind) : AnyName(kind); }

  // Values as fields hold them and as filters ask for them.
  std::string Date();
  std::string About();
  std::string Tag();
  std::string Language();
  std::string Country();
  std::string Domain();
  std::string SourceName();
  std::string Line();

 private:
  void Fill(const std::string& name, v1::Source* source);
  void Fill(const std::string& name, v1::Document* document);
  void Fill(const std::string& name, v1::Claim* claim);
  void Fill(const std::string& name, v1::Attribution* attribution);
  void Fill(const std::string& name, v1::Relation* relation);
  void Fill(const std::string& name, v1::Review* review);
  void FillStance(v1::Attribution* attribution);
  v1::Citation Citation(const std::string& claim);
  v1::Quote Quote();

  const Model& model_;
  Chance& chance_;
};

}  // namespace headwater::model

#endif  // HEADWATER_TESTS_INTEGRATION_RANDOM_RECORDS_H_
