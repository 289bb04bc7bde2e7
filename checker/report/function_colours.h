// Which colour of the page's palette a function has.
//
// Guarantees: a known function has its colour in every page; others have one
// that follows from their name and, where two wish for the same, from the names
// beside them. No two share one while there are enough.
//
//   FunctionColours({"get", "put", "audit"});  // 0, 1, and one beyond

#ifndef REPRISE_CHECKER_REPORT_FUNCTION_COLOURS_H_
#define REPRISE_CHECKER_REPORT_FUNCTION_COLOURS_H_

#include <cstddef>
#include <string>
#include <vector>

namespace reprise::checker {

// page.css names them --function-0 and so on.
inline constexpr size_t kFunctionColours = 8;

// A colour for each of `functions`.
std::vector<size_t> FunctionColours(const std::vector<std::string>& functions);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_FUNCTION_COLOURS_H_
