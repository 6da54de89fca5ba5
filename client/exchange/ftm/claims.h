// What the statements of one entity of FollowTheMoney become; ftm_reader.h says what.
#ifndef HEADWATER_EXCHANGE_FTM_CLAIMS_H_
#define HEADWATER_EXCHANGE_FTM_CLAIMS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "exchange/ftm/statement.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// What an entity is called, by its id; empty where it has no name, or is not in the file.
using FtmCaptions = std::function<std::string(absl::string_view entity)>;

// How well a property's value serves as an entity's name: 0 best; -1 not at all.
int CaptionRank(const FtmStatement& statement);

// Fills in the records of all rows of one entity. rows[i] holds statements[i], with its raw text;
// none is rejected. All statements have what MissingInFtm asks for.
void AddFtmRecords(const std::vector<FtmStatement>& statements, const FtmCaptions& captions,
                   std::vector<Row>* rows);

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_FTM_CLAIMS_H_
