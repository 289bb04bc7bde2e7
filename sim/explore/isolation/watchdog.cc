#include "reprise/sim/explore/isolation/watchdog.h"

#include <cstdint>

namespace reprise {
namespace {

// How long a process may take to say its last words.
constexpr double kLastWordsSeconds = 1;

}  // namespace

void Watchdog::Look() {
  if (patience_ <= 0) return;
  if (since_asked_) {
    if (since_asked_->Seconds() > kLastWordsSeconds) child_.Kill();
    return;
  }
  const uint64_t trial = child_.page()->trials_begun;
  if (trial != trial_ || !child_.page()->is_in_trial) {
    trial_ = trial;
    since_trial_ = Stopwatch();
    used_before_ = child_.ProcessorSeconds();
    return;
  }
  if (since_trial_.Seconds() < patience_) return;
  if (child_.ProcessorSeconds() - used_before_ > patience_ / 10) {
    // It works, and its own watchdog looks.
    since_trial_ = Stopwatch();
    used_before_ = child_.ProcessorSeconds();
    return;
  }
  child_.AskToEnd();
  since_asked_.emplace();
}

}  // namespace reprise
