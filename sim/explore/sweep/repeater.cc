#include "reprise/sim/explore/sweep/repeater.h"

#include <cstdint>
#include <utility>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/repeat/determinism.h"

namespace reprise {

void Repeater::Begin(const SeedRange& seeds) {
  left_ = seeds;
  AskForNext();
}

bool Repeater::Repeat(const TrialOptions& trial, TrialResult& result) {
  if (asked_ == nullptr || trial.seed.value() != asked_seed_) return false;
  Repetition repetition = options_.determinism->Compare(
      std::move(asked_), scenario_, trial, result, arena_);
  if (repetition.difference) {
    result.verdict = *std::move(repetition.difference);
  }
  AskForNext();
  return repetition.is_done;
}

void Repeater::End() {
  left_ = {};
  if (asked_ != nullptr) options_.determinism->Ignore(std::move(asked_));
}

void Repeater::AskForNext() {
  Determinism* determinism = options_.determinism;
  if (determinism == nullptr) return;
  while (asked_ == nullptr && left_.count > 0) {
    asked_seed_ = left_.first;
    ++left_.first;
    --left_.count;
    if (!determinism->Covers(scenario_, Seed(asked_seed_))) continue;
    TrialOptions trial = options_.trial;
    trial.seed = Seed(asked_seed_);
    asked_ = determinism->Ask(scenario_, trial);
  }
}

}  // namespace reprise
