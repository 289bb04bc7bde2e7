// The planted bugs that a real server or clerk can have: those of the scenarios
// (tests/scenarios/bugs), and some that only a real machine brings about.
//
//   std::optional<Bug> bug = FindRealBug("reply-before-sync");

#ifndef TESTS_REAL_REAL_BUGS_H_
#define TESTS_REAL_REAL_BUGS_H_

#include <optional>
#include <string_view>

#include "tests/scenarios/bugs/bug.h"

namespace reprise {

// None: there is no such bug.
std::optional<Bug> FindRealBug(std::string_view name);

}  // namespace reprise

#endif  // TESTS_REAL_REAL_BUGS_H_
