#include "tools/instructions/figures.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/text/numbers.h"

namespace reprise {
namespace {

constexpr absl::string_view kBuild = "build";

const Figure* Find(const Figures& figures, absl::string_view measure) {
  const auto found = std::find_if(
      figures.figures.begin(), figures.figures.end(),
      [&](const Figure& figure) { return figure.measure == measure; });
  return found == figures.figures.end() ? nullptr : &*found;
}

// Up to the first blank, and all behind it.
std::pair<absl::string_view, absl::string_view> CutAtBlank(
    absl::string_view text) {
  return absl::StrSplit(text, absl::MaxSplits(' ', 1));
}

// Adds what `line` says; an error without the place of the line.
absl::Status AddLine(absl::string_view line, Figures& figures) {
  const auto [name, rest] = CutAtBlank(line);
  if (name == kBuild) {
    if (!figures.build.empty()) {
      return absl::InvalidArgumentError("a second build");
    }
    figures.build = std::string(rest);
    return absl::OkStatus();
  }
  const auto [number, about] = CutAtBlank(rest);
  uint64_t instructions = 0;
  if (!absl::SimpleAtoi(number, &instructions) || instructions == 0) {
    return absl::InvalidArgumentError(
        "expected MEASURE INSTRUCTIONS ABOUT, the instructions a positive "
        "number");
  }
  if (Find(figures, name) != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(name, " is there twice"));
  }
  figures.figures.push_back(
      {std::string(name), instructions, std::string(about)});
  return absl::OkStatus();
}

double ChangeInPercent(uint64_t expected, uint64_t counted) {
  return 100.0 *
         (static_cast<double>(counted) / static_cast<double>(expected) - 1.0);
}

// The first measure of `one` that `other` lacks is an error.
absl::Status ExpectMeasures(const Figures& one, const Figures& other,
                            absl::string_view what_lacks) {
  for (const Figure& figure : one.figures) {
    if (Find(other, figure.measure) != nullptr) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(what_lacks, " ", figure.measure));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Figures> ParseFigures(const std::string& text) {
  Figures figures;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    const absl::Status status = AddLine(line, figures);
    if (status.ok()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("line ", number, ": ", status.message(), ", got: ", line));
  }
  if (figures.build.empty()) {
    return absl::InvalidArgumentError("no line says of which build it is");
  }
  return figures;
}

std::string FormatFigures(const Figures& figures) {
  std::string text = absl::StrCat(kBuild, " ", figures.build, "\n");
  for (const Figure& figure : figures.figures) {
    absl::StrAppend(&text, figure.measure, " ", figure.instructions, " ",
                    figure.about, "\n");
  }
  return text;
}

absl::StatusOr<Comparison> Compare(const Figures& expected,
                                   const Figures& counted) {
  absl::Status status =
      ExpectMeasures(counted, expected, "there is no line for");
  status.Update(ExpectMeasures(expected, counted, "there is no measure"));
  if (!status.ok()) return status;
  Comparison comparison;
  TextTable table({{"measure"},
                   {"expected", Align::kRight},
                   {"counted", Align::kRight},
                   {"change", Align::kRight},
                   {"instructions of"}});
  std::string changes;
  for (const Figure& figure : counted.figures) {
    const uint64_t before = Find(expected, figure.measure)->instructions;
    const uint64_t now = figure.instructions;
    const std::string change =
        absl::StrFormat("%+.1f %%", ChangeInPercent(before, now));
    table.AddRow({figure.measure, WithThousands(before), WithThousands(now),
                  change, figure.about});
    const bool has_grown = 100 * now > (100 + kTolerancePercent) * before;
    const bool has_fallen = 100 * now < (100 - kTolerancePercent) * before;
    if (has_grown || has_fallen) {
      absl::StrAppend(
          &changes, figure.measure, has_grown ? " has grown" : " has fallen",
          " by more than ", kTolerancePercent, " %: ", change, "\n");
    }
    comparison.has_grown = comparison.has_grown || has_grown;
  }
  comparison.text = table.ToString() + changes;
  return comparison;
}

}  // namespace reprise
