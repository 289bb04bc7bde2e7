// REPRISE_CHECK: a broken invariant stops the program, in every build.
//
// The message names the file and line, the condition, what the caller adds, and
// the seed, virtual time, task and node that were running.
//
//   REPRISE_CHECK(wake >= now, "timer in the past: ", wake.nanoseconds());

#ifndef SIM_CORE_CHECK_H_
#define SIM_CORE_CHECK_H_

#include <string>

#include "absl/base/optimization.h"
#include "absl/strings/str_cat.h"

#define REPRISE_CHECK(condition, ...)                        \
  do {                                                       \
    if (ABSL_PREDICT_FALSE(!(condition))) {                  \
      ::reprise::CheckFailed(__FILE__, __LINE__, #condition, \
                             ::absl::StrCat(__VA_ARGS__));   \
    }                                                        \
  } while (false)

namespace reprise {

[[noreturn]] void CheckFailed(const char* file, int line, const char* condition,
                              const std::string& message);

// Stops the program with `message` and where the simulation stood.
[[noreturn]] void Fatal(const std::string& message);

}  // namespace reprise

#endif  // SIM_CORE_CHECK_H_
