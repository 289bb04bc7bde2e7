// What the command `check` found in recorded histories, as text for people and
// as JSON for programs.

#ifndef REPRISE_SIM_EXPLORE_CLI_CHECK_REPORT_H_
#define REPRISE_SIM_EXPLORE_CLI_CHECK_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reprise/checker/explain.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/sim/explore/cli/console.h"

namespace reprise::cli {

struct CheckedHistory {
  std::string name;
  // Not empty: it could not be read, and nothing else here is known.
  std::string error = {};
  checker::Verdict verdict = {};
  std::optional<checker::Explanation> explanation = {};  // where violated
  uint32_t illegal_line = 0;  // of the first illegal response's operation
  uint64_t operations = 0;
  double seconds = 0;  // of checking and explaining
  double parse_seconds = 0;
  // What is to be known beside the verdict; "": nothing.
  std::string remark = {};
  // An interrupt came before the verdict, which is undecided.
  bool is_interrupted = false;
};

struct CheckReport {
  std::vector<CheckedHistory> histories = {};
  // Whether there are histories that are not here, because an interrupt came.
  bool is_interrupted = false;

  uint64_t Count(checker::Outcome outcome) const;
  uint64_t Errors() const;
  // 2 where something could not be read, else 1, 3 or 0.
  int ExitStatus() const;
};

// One history in full; several as a table and the violations below it.
std::string DescribeCheck(const CheckReport& report);

// One object and a line break. "error" stands for the verdict of what could not
// be read.
std::string CheckJson(const CheckReport& report);

// Prints one or the other, and errors where they belong.
void PrintCheck(const CheckReport& report, bool as_json, Console& console);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_CHECK_REPORT_H_
