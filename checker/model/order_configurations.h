// Configurations: the ways in which an order may have begun, as OnlineOrder
// keeps them (online_order.h).
//
// Guarantees: none is there twice, nor one that can do no more than another: of
// two that differ in lost operations alone, the one that took fewer stays. They
// ascend, and do not depend on the order in which they came.
//
//   Configurations reached;
//   reached.Insert({.state = space.Initial()});  // true

#ifndef REPRISE_CHECKER_MODEL_ORDER_CONFIGURATIONS_H_
#define REPRISE_CHECKER_MODEL_ORDER_CONFIGURATIONS_H_

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

// An open operation that has taken effect: from one state to another, where its
// answer is not known yet.
struct Effect {
  uint32_t operation = 0;
  StateId before = 0;
  StateId after = 0;

  friend auto operator<=>(const Effect&, const Effect&) = default;
};

struct Configuration {
  StateId state = 0;
  std::vector<Effect> effects = {};  // by operation
  // The operations that will never be answered and have taken effect,
  // ascending.
  std::vector<uint32_t> lost = {};

  // Where the effect of `operation` is, or would be.
  std::vector<Effect>::const_iterator Place(uint32_t operation) const {
    return std::lower_bound(effects.begin(), effects.end(), operation,
                            [](const Effect& effect, uint32_t wanted) {
                              return effect.operation < wanted;
                            });
  }
  bool HasTaken(uint32_t operation) const {
    const auto place = Place(operation);
    return place != effects.end() && place->operation == operation;
  }
  bool HasTakenLost(uint32_t operation) const {
    return std::binary_search(lost.begin(), lost.end(), operation);
  }
  void Take(const Effect& effect) {
    effects.insert(Place(effect.operation), effect);
  }
  void TakeLost(uint32_t operation) {
    lost.insert(std::lower_bound(lost.begin(), lost.end(), operation),
                operation);
  }
};

class Configurations {
 public:
  // False if it can do no more than one that is there.
  bool Insert(const Configuration& added) {
    std::vector<Lost>& losts = losts_[{added.state, added.effects}];
    for (const Lost& other : losts) {
      if (Includes(added.lost, other)) return false;
    }
    size_ -= std::erase_if(
        losts, [&](const Lost& other) { return Includes(other, added.lost); });
    losts.insert(std::lower_bound(losts.begin(), losts.end(), added.lost),
                 added.lost);
    ++size_;
    return true;
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::vector<Configuration> All() const {
    std::vector<Configuration> all;
    all.reserve(size_);
    for (const auto& [begun, losts] : losts_) {
      for (const Lost& lost : losts) {
        all.push_back({begun.first, begun.second, lost});
      }
    }
    return all;
  }

 private:
  using Lost = std::vector<uint32_t>;

  static bool Includes(const Lost& all, const Lost& part) {
    return std::includes(all.begin(), all.end(), part.begin(), part.end());
  }

  std::map<std::pair<StateId, std::vector<Effect>>, std::vector<Lost>> losts_;
  size_t size_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_ORDER_CONFIGURATIONS_H_
