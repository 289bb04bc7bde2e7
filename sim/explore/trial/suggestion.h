// "Did you mean": errors about names that do not exist.
//
//   return UnknownName("scenario", "lab-bsic", names);
//   // unknown scenario "lab-bsic"; did you mean lab-basic? There are: ...

#ifndef REPRISE_SIM_EXPLORE_TRIAL_SUGGESTION_H_
#define REPRISE_SIM_EXPLORE_TRIAL_SUGGESTION_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace reprise {

// InvalidArgument that names the input, the nearest valid name if one is near,
// and all of them.
absl::Status UnknownName(std::string_view what, std::string_view name,
                         const std::vector<std::string>& valid);

// The valid name with the fewest edits (insert, delete, replace or exchange of
// neighbours) from `name`, if they are at most about a third of its length, or
// the only one that begins with it; else "".
std::string NearestName(std::string_view name,
                        const std::vector<std::string>& valid);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_SUGGESTION_H_
