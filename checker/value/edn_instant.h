// Instants as Clojure writes them: #inst "2024-02-29T23:59:59.000-00:00".

#ifndef REPRISE_CHECKER_VALUE_EDN_INSTANT_H_
#define REPRISE_CHECKER_VALUE_EDN_INSTANT_H_

#include <string>
#include <string_view>

namespace reprise::checker {

// Whether `text` is an instant: a year, and then month, day, hour, minute,
// second, fraction and offset from UTC, as far as they are given.
bool IsInstant(std::string_view text);

// The same text for all ways to write one instant. Requires IsInstant().
std::string CanonicalInstant(std::string_view text);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_VALUE_EDN_INSTANT_H_
