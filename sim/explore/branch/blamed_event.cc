#include "reprise/sim/explore/branch/blamed_event.h"

#include <algorithm>
#include <cstddef>

namespace reprise {

bool IsBlamed(const PlantedBug& bug, std::string_view event) {
  return std::any_of(
      bug.blamed.begin(), bug.blamed.end(),
      [&](std::string_view pattern) { return MatchesPattern(pattern, event); });
}

// Where what follows a star does not fit, the last star takes one more
// character.
bool MatchesPattern(std::string_view pattern, std::string_view text) {
  size_t at = 0;
  size_t behind_star = std::string_view::npos;
  size_t star_ends = 0;
  for (size_t i = 0; i < text.size();) {
    if (at < pattern.size() && pattern[at] == '*') {
      behind_star = ++at;
      star_ends = i;
    } else if (at < pattern.size() &&
               (pattern[at] == '?' || pattern[at] == text[i])) {
      ++at;
      ++i;
    } else if (behind_star != std::string_view::npos) {
      at = behind_star;
      i = ++star_ends;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

}  // namespace reprise
