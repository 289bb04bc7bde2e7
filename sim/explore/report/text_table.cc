#include "reprise/sim/explore/report/text_table.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/check.h"

namespace reprise {

TextTable::TextTable(std::vector<Column> columns)
    : columns_(std::move(columns)) {
  for (Column& column : columns_) {
    column.width_min = std::max(column.width_min, column.title.size());
  }
}

void TextTable::AddRow(std::vector<std::string> cells) {
  REPRISE_CHECK(cells.size() == columns_.size(), "a row has one cell a column");
  for (size_t i = 0; i < cells.size(); ++i) {
    columns_[i].width_min = std::max(columns_[i].width_min, cells[i].size());
  }
  rows_.push_back(std::move(cells));
}

std::string TextTable::ToString() const {
  std::vector<std::string> titles;
  bool has_titles = false;
  for (const Column& column : columns_) {
    titles.push_back(column.title);
    has_titles |= !column.title.empty();
  }
  std::string text = has_titles ? Line(titles) : "";
  for (const std::vector<std::string>& row : rows_) text += Line(row);
  return text;
}

std::string TextTable::Line(const std::vector<std::string>& cells) const {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string blanks(columns_[i].width_min - cells[i].size(), ' ');
    if (i > 0) line += "  ";
    line += columns_[i].align == Align::kLeft ? cells[i] + blanks
                                              : blanks + cells[i];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string WithThreeFigures(double number) {
  if (!std::isfinite(number) || number < 0) return "-";
  if (number < 9.995) return absl::StrFormat("%.2f", number);
  if (number < 99.95) return absl::StrFormat("%.1f", number);
  return WithThousands(static_cast<uint64_t>(std::llround(number)));
}

std::string InMillions(uint64_t number) {
  if (number >= 100'000) {
    return absl::StrFormat("%.1f M", static_cast<double>(number) / 1e6);
  }
  return WithThousands(number);
}

}  // namespace reprise
