// REPRISE_CHECK: a broken invariant stops the program, in every build.
//
// The message names the file and line, the condition, what the caller adds, and
// the seed, virtual time, task and node that were running.
//
//   REPRISE_CHECK(wake >= now, "timer in the past: ", wake.nanoseconds());

#ifndef REPRISE_SIM_CORE_CHECK_H_
#define REPRISE_SIM_CORE_CHECK_H_

#include <string>

#include "absl/base/attributes.h"
#include "absl/base/optimization.h"
#include "absl/strings/str_cat.h"

// The text is made out of line: a check costs its callers one branch and no
// room for strings on their stacks.
#define REPRISE_CHECK(condition, ...)                                \
  do {                                                               \
    if (ABSL_PREDICT_FALSE(!(condition))) {                          \
      ::reprise::CheckFailed(__FILE__, __LINE__,                     \
                             #condition __VA_OPT__(, ) __VA_ARGS__); \
    }                                                                \
  } while (false)

namespace reprise {

[[noreturn]] void ReportFailedCheck(const char* file, int line,
                                    const char* condition,
                                    const std::string& message);

template <typename... Parts>
[[noreturn]] ABSL_ATTRIBUTE_COLD ABSL_ATTRIBUTE_NOINLINE void CheckFailed(
    const char* file, int line, const char* condition, const Parts&... parts) {
  ReportFailedCheck(file, line, condition, absl::StrCat(parts...));
}

// Stops the program with `message` and where the simulation stood.
[[noreturn]] void Fatal(const std::string& message);

// Ends the program with `message` and status 2, the status of bad input: what a
// scenario asks for cannot be simulated.
[[noreturn]] void Refuse(const std::string& message);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_CHECK_H_
