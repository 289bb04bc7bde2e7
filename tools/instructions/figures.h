// Figures: how many machine instructions each measure takes, as a file keeps
// them and as they were counted just now.
//
// The file has a line for each measure: its name, its instructions, and what
// they are counted of. The line "build" says which build they belong to; "#"
// begins a comment.
//
//   # What this is.
//   build gcc 12.2.0, glibc 2.36, x86_64
//   one-call 45210 a trial of one call
//
//   absl::StatusOr<Figures> expected = ParseFigures(text);
//   absl::StatusOr<Comparison> compared = Compare(*expected, counted);

#ifndef TOOLS_INSTRUCTIONS_FIGURES_H_
#define TOOLS_INSTRUCTIONS_FIGURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace reprise {

struct Figure {
  std::string measure;
  uint64_t instructions = 0;
  std::string about;
};

struct Figures {
  // Only figures of one build can be compared.
  std::string build;
  std::vector<Figure> figures;
};

// InvalidArgument that names the line which is none, is there twice or has no
// instructions, and where there is no build.
absl::StatusOr<Figures> ParseFigures(const std::string& text);

// What ParseFigures() reads as `figures`.
std::string FormatFigures(const Figures& figures);

// By how much a figure may change.
inline constexpr int kTolerancePercent = 3;

struct Comparison {
  // A row for each measure, and a line for each that has changed by more than
  // the tolerance.
  std::string text;
  // Whether a measure takes more, by more than the tolerance.
  bool has_grown = false;
};

// InvalidArgument where one of the two lacks a measure of the other; the error
// names it. Requires figures of one build.
absl::StatusOr<Comparison> Compare(const Figures& expected,
                                   const Figures& counted);

}  // namespace reprise

#endif  // TOOLS_INSTRUCTIONS_FIGURES_H_
