// The records that a row of a CSV makes by its mapping.
#ifndef HEADWATER_EXCHANGE_CSV_ROW_H_
#define HEADWATER_EXCHANGE_CSV_ROW_H_

#include <map>
#include <string>
#include <vector>

#include "exchange/csv/mapping.h"
#include "exchange/csv/records.h"
#include "exchange/fit.h"
#include "exchange/reader.h"

namespace headwater::exchange {

// One row: it has as many fields as the header. All arguments must outlive this.
class CsvRow {
 public:
  CsvRow(const CsvMapping& mapping, const std::vector<std::string>& header,
         const CsvRecord& record);

  // Fills row->records in, or rejects the row where a record lacks what it needs or names what is
  // no name.
  void Convert(Row* row);

 private:
  std::string Cell(const std::string& column) const;
  bool Make(const CsvMapping::Record& mapped, Row* row);
  void Fill(const CsvMapping::Record& mapped, google::protobuf::Message* resource, Fitter* fitter);
  void FillField(const std::string& path, const CsvMapping::Value& value, bool is_list,
                 Fitter* fitter);
  std::string NameFor(const CsvMapping::Record& mapped,
                      const google::protobuf::Message& resource) const;
  void KeepUnmapped(Fitter* fitter) const;

  const CsvMapping& mapping_;
  const CsvRecord& record_;
  std::map<std::string, const std::string*> cells_;
  std::map<std::string, std::string> names_;  // by the words of the records made so far
};

}  // namespace headwater::exchange

#endif  // HEADWATER_EXCHANGE_CSV_ROW_H_
