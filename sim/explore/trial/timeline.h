// Timeline: all that decides a trial of a scenario with or without a bug.
//
// Two trials with one timeline are alike, bit for bit. Replay files hold one;
// shrinking and branching edit it.
//
//   Timeline timeline{.seed = Seed(417), .options = {{"clients", 3}}};
//   ReplayFile file{.scenario = "lab-basic", .timeline = timeline};

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TIMELINE_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TIMELINE_H_

#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

struct Timeline {
  Seed seed = {};
  std::vector<OptionValue> options = {};
  Edits edits = {};

  friend bool operator==(const Timeline&, const Timeline&) = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TIMELINE_H_
