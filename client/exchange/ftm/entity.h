// One entity of FollowTheMoney while it is put together.
#ifndef HEADWATER_EXCHANGE_FTM_ENTITY_H_
#define HEADWATER_EXCHANGE_FTM_ENTITY_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "exchange/ftm/statement.h"

namespace headwater::exchange {

class FtmEntity {
 public:
  FtmEntity(absl::string_view schema, std::string id, absl::string_view dataset);

  const std::string& id() const { return id_; }

  // Adds a value; nothing where it is empty, or there already. `language` is a BCP 47 tag, or
  // empty; only names, texts and plain strings have one.
  void Add(absl::string_view prop, absl::string_view value, absl::string_view language = "");

  // Adds a date, where FollowTheMoney can say it: a year, a month, a day.
  void AddDate(absl::string_view prop, absl::string_view edtf);

  // Adds the id statement, whose value is FollowTheMoney's checksum over the others, and moves all
  // to `*out`.
  void Finish(std::string original, std::vector<FtmStatement>* out);

 private:
  FtmStatement Make(absl::string_view prop, absl::string_view value) const;

  std::string schema_;
  std::string id_;
  std::string dataset_;
  std::vector<FtmStatement> statements_;
  absl::flat_hash_set<std::string> ids_;
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FTM_ENTITY_H_
