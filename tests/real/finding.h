// Finding: what a drill (drill.h) found a server to do.
//
//   if (finding.result == DrillResult::kViolated) {
//     std::puts(finding.text.c_str());
//   }

#ifndef TESTS_REAL_FINDING_H_
#define TESTS_REAL_FINDING_H_

#include <cstdint>
#include <string>
#include <utility>

namespace reprise {

enum class DrillResult {
  kHolds,
  kViolated,
  // This machine does not allow it, which says nothing of the server.
  kSkipped,
  // The drill itself failed, which says nothing of the server.
  kFailed,
};

struct Finding {
  DrillResult result = DrillResult::kHolds;
  // Which property is violated: "linearizability"; "recovery", the server ends
  // or does not start; "progress", it answers nothing any more; "exit-status";
  // "log-size"; "membership", a command of an operator does something else.
  std::string property = {};
  std::string text = {};    // Where it does not hold.
  uint64_t operations = 0;  // That were answered.
  uint64_t repeated = 0;    // Requests of theirs that were sent again.
};

inline Finding Violated(std::string property, std::string text) {
  return {.result = DrillResult::kViolated,
          .property = std::move(property),
          .text = std::move(text)};
}
inline Finding Skipped(std::string text) {
  return {.result = DrillResult::kSkipped, .text = std::move(text)};
}
inline Finding Failed(std::string text) {
  return {.result = DrillResult::kFailed, .text = std::move(text)};
}

}  // namespace reprise

#endif  // TESTS_REAL_FINDING_H_
