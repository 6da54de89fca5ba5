// Rows in columns, for people.
#ifndef HEADWATER_CLI_TABLE_H_
#define HEADWATER_CLI_TABLE_H_

#include <ostream>
#include <string>
#include <vector>

#include "cli/terminal.h"

namespace headwater::cli {

// Prints a header and rows whose columns line up. It holds back the rows of one page: columns are
// as wide as the first page needs, and grow no more. On a terminal the last column is cut to its
// width, then the other wide ones.
class Table {
 public:
  // `out` must outlive the table. The last column is the one that takes what room is left.
  Table(std::ostream* out, Terminal terminal, std::vector<std::string> header);

  // Adds a row with a cell for each column; a cell may hold line ends, they become spaces.
  void Add(std::vector<std::string> cells);

  // Prints what was added since the last time; the header before the first row. A table without
  // rows prints nothing at all.
  void Flush();

  // The rows printed so far.
  int printed() const { return printed_; }

 private:
  void Measure();
  void Print(const std::vector<std::string>& cells, bool is_header);

  std::ostream* out_;
  Terminal terminal_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<int> widths_;
  int printed_ = 0;
};

}  // namespace headwater::cli

#endif  // HEADWATER_CLI_TABLE_H_
