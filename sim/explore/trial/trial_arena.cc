#include "reprise/sim/explore/trial/trial_arena.h"

#include <vector>

namespace reprise {

std::vector<const checker::Recording*> TrialArena::recordings() const {
  std::vector<const checker::Recording*> ended;
  for (const Kept& kept : recordings_) ended.push_back(kept.recording.get());
  return ended;
}

}  // namespace reprise
