// The sequential specifications that `check` can judge by, for a catalog.
//
//   return {.scenarios = ..., .models = Models()};

#ifndef REPRISE_SIM_EXPLORE_TRIAL_MODELS_H_
#define REPRISE_SIM_EXPLORE_TRIAL_MODELS_H_

#include <string_view>
#include <vector>

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

inline constexpr std::string_view kKeyValueModel = "key-value";
inline constexpr std::string_view kRegisterModel = "register";

std::vector<ModelInfo> Models();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_MODELS_H_
