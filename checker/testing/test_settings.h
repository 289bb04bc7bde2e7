// What may be set from outside when the checker's tests run.
//
//   bazel test //checker/testing:agreement_test --test_timeout=3600
//       --test_env=REPRISE_CHECKER_HISTORIES=1000000

#ifndef REPRISE_CHECKER_TESTING_TEST_SETTINGS_H_
#define REPRISE_CHECKER_TESTING_TEST_SETTINGS_H_

#include <cstdint>
#include <string>

namespace reprise::checker {

// How many random histories a test judges: REPRISE_CHECKER_HISTORIES, or
// `otherwise` if it is not set.
uint64_t HistoryCount(uint64_t otherwise);

// The folder of recorded histories: REPRISE_HISTORIES, or "".
std::string HistoriesFolder();

// The folder of small histories with their verdicts: REPRISE_CASES, or "".
std::string CasesFolder();

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_TEST_SETTINGS_H_
