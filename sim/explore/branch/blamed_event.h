// Whether a turning point is an event that the author of a planted bug would
// blame (PlantedBug::blamed).
//
//   IsBlamed({.blamed = {"* sends reply * LOST"}}, turning_text)

#ifndef REPRISE_SIM_EXPLORE_BRANCH_BLAMED_EVENT_H_
#define REPRISE_SIM_EXPLORE_BRANCH_BLAMED_EVENT_H_

#include <string_view>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

// `event`: as TextOfEvent() says it.
bool IsBlamed(const PlantedBug& bug, std::string_view event);

// Whether the whole of `text` is as `pattern` says, in which "*" stands for any
// text and "?" for one character.
bool MatchesPattern(std::string_view pattern, std::string_view text);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_BLAMED_EVENT_H_
