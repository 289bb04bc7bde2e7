// A broken invariant or a misused interface stops the program with one line.
//
// Guarantees: on in every build; prints the file, the line, the condition and
// the reason. What a checker finds about a history is never reported this way.
//
//   REPRISE_REQUIRE(id < operations_.size(), "no such operation");

#ifndef REPRISE_CHECKER_HISTORY_REQUIRE_H_
#define REPRISE_CHECKER_HISTORY_REQUIRE_H_

#include <cstdio>
#include <cstdlib>

#define REPRISE_REQUIRE(condition, reason)                               \
  do {                                                                   \
    if (!(condition)) [[unlikely]] {                                     \
      ::reprise::checker::internal::Stop(__FILE__, __LINE__, #condition, \
                                         reason);                        \
    }                                                                    \
  } while (false)

namespace reprise::checker::internal {

[[noreturn]] inline void Stop(const char* file, int line, const char* condition,
                              const char* reason) {
  std::fprintf(stderr, "%s:%d: %s (%s does not hold)\n", file, line, reason,
               condition);
  std::abort();
}

}  // namespace reprise::checker::internal

#endif  // REPRISE_CHECKER_HISTORY_REQUIRE_H_
