#include "reprise/checker/key_value/search.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "reprise/checker/key_value/guided_search.h"
#include "reprise/checker/key_value/plain_search.h"
#include "reprise/checker/key_value/turn.h"

namespace reprise::checker {
namespace {

// Enough for most segments, so that the plain search is not even begun.
constexpr uint64_t kFirstSteps = 1 << 13;
// Between two looks at the monitor: about a millisecond.
constexpr uint64_t kStepsBetweenLooks = 1 << 14;

class TwoSearches {
 public:
  TwoSearches(const History& history, const KeyOperations& key,
              const Segment& segment, const SearchLimits& limits, Memory memory,
              Strategy strategy)
      : key_(key),
        segment_(segment),
        limits_(limits),
        memory_(memory),
        strategy_(strategy),
        states_(history, key, segment, memory) {}

  SearchResult Run() {
    uint64_t steps = kFirstSteps;
    if (strategy_ != Strategy::kPlain) {
      guided_.emplace(key_, segment_, states_, memory_);
      if (RunTurn(*guided_, Strategy::kGuided, steps)) return Finish();
    }
    if (strategy_ != Strategy::kGuided) {
      plain_.emplace(key_, segment_, states_, memory_);
    }
    while (true) {
      if (PlainMayGoOn() && RunTurn(*plain_, Strategy::kPlain, steps)) break;
      if (guided_ && RunTurn(*guided_, Strategy::kGuided, steps)) break;
      steps *= 2;
    }
    return Finish();
  }

 private:
  bool PlainMayGoOn() const {
    return plain_ && (!guided_ || plain_->states() < limits_.plain_states);
  }

  // True if all is over: the search has decided, or something was used up.
  template <typename AnySearch>
  bool RunTurn(AnySearch& search, Strategy strategy, uint64_t steps) {
    for (uint64_t left = steps; left > 0;) {
      if (IsSpent()) return true;
      const uint64_t before = search.states();
      const uint64_t others = Bytes() - search.MemoryBytes();
      Turn turn;
      turn.steps = std::min(left, kStepsBetweenLooks);
      turn.states = limits_.states - States();
      if (guided_ && strategy == Strategy::kPlain) {
        if (!PlainMayGoOn()) return false;
        turn.states =
            std::min(turn.states, limits_.plain_states - plain_->states());
      }
      turn.bytes = limits_.bytes - std::min(limits_.bytes, others);
      left -= turn.steps;
      const Progress progress = search.Advance(turn);
      if (limits_.monitor != nullptr) {
        limits_.monitor->states.fetch_add(search.states() - before,
                                          std::memory_order_relaxed);
      }
      if (progress == Progress::kRunning) continue;
      result_.decided_by = strategy;
      result_.outcome =
          progress == Progress::kHolds ? Outcome::kHolds : Outcome::kViolated;
      return true;
    }
    return false;
  }

  bool IsSpent() {
    result_.outcome = Outcome::kUndecided;
    if (IsStopped(limits_.monitor)) {
      result_.spent = Resource::kStopped;
    } else if (States() >= limits_.states) {
      result_.spent = Resource::kStates;
    } else if (Bytes() > limits_.bytes) {
      result_.spent = Resource::kBytes;
    } else {
      return false;
    }
    return true;
  }

  uint64_t States() const {
    return (guided_ ? guided_->states() : 0) + (plain_ ? plain_->states() : 0);
  }
  uint64_t Bytes() const {
    return states_.MemoryBytes() + (guided_ ? guided_->MemoryBytes() : 0) +
           (plain_ ? plain_->MemoryBytes() : 0);
  }

  SearchResult Finish() {
    result_.states = States();
    result_.plain_states = plain_ ? plain_->states() : 0;
    result_.bytes = Bytes();
    if (guided_ && result_.decided_by != Strategy::kPlain) {
      result_.order = guided_->Order();
    }
    if (plain_ && result_.decided_by != Strategy::kGuided) {
      const std::vector<uint32_t>& order = plain_->Order();
      if (order.size() > result_.order.size()) result_.order = order;
    }
    for (uint32_t& item : result_.order) item += segment_.begin;
    return std::move(result_);
  }

  const KeyOperations& key_;
  const Segment& segment_;
  const SearchLimits limits_;
  const Memory memory_;
  const Strategy strategy_;
  SearchStates states_;
  std::optional<GuidedSearch> guided_;
  std::optional<PlainSearch> plain_;
  SearchResult result_;
};

}  // namespace

SearchResult Search(const History& history, const KeyOperations& key,
                    const Segment& segment, const SearchLimits& limits,
                    Memory memory, Strategy strategy) {
  return TwoSearches(history, key, segment, limits, memory, strategy).Run();
}

}  // namespace reprise::checker
