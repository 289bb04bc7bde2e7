// Tables and numbers for people, beside text/numbers.h.
//
//   TextTable table({{"scenario"}, {"seeds", Align::kRight}});
//   table.AddRow({"lab-basic", WithThousands(2000)});
//   out << table.ToString();
//
//   scenario   seeds
//   lab-basic  2,000

#ifndef REPRISE_SIM_EXPLORE_REPORT_TEXT_TABLE_H_
#define REPRISE_SIM_EXPLORE_REPORT_TEXT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reprise/text/numbers.h"

namespace reprise {

enum class Align { kLeft, kRight };

class TextTable {
 public:
  struct Column {
    std::string title;
    Align align = Align::kLeft;
    size_t width_min = 0;
  };

  explicit TextTable(std::vector<Column> columns);

  // Requires one cell for each column.
  void AddRow(std::vector<std::string> cells);

  // The title line, unless all titles are empty, and the rows, each ended by a
  // line break, without trailing blanks.
  std::string ToString() const;

 private:
  std::string Line(const std::vector<std::string>& cells) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// "12,400", "124", "12.4", "1.24": three figures, or all of the whole part.
std::string WithThreeFigures(double number);

// "2.3 M" from a tenth of a million on, "97,000" below.
std::string InMillions(uint64_t number);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPORT_TEXT_TABLE_H_
