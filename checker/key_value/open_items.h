// The operations that a search has not taken yet, in order of invocation. The
// enabled ones among them may come next.
//
// Removing and restoring an operation takes constant time. What was removed
// last is restored first.
//
//   open.ForEachEnabled([&](uint32_t place) { ...; return true; });
//   open.Remove(place);

#ifndef REPRISE_CHECKER_KEY_VALUE_OPEN_ITEMS_H_
#define REPRISE_CHECKER_KEY_VALUE_OPEN_ITEMS_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/segments.h"

namespace reprise::checker {

class OpenItems {
 public:
  // Places are items counted from the segment's begin.
  OpenItems(const KeyOperations& key, const Segment& segment)
      : operations_(key.operations.data() + segment.begin),
        size_(segment.end - segment.begin),
        next_(size_ + 1),
        previous_(size_ + 1) {
    for (uint32_t place = 0; place <= size_; ++place) {
      next_[place] = place == size_ ? 0 : place + 1;
      previous_[place] = place == 0 ? size_ : place - 1;
    }
    for (uint32_t item : key.touching) {
      if (item >= segment.begin && item < segment.end) {
        LinkTouching(item - segment.begin);
      }
    }
  }

  // Calls visit(place) for each operation that no open one precedes, until it
  // returns false.
  template <typename Visit>
  void ForEachEnabled(const Visit& visit) const {
    EventIndex first_return = kNever;
    for (uint32_t place = next_[size_]; place != size_; place = next_[place]) {
      if (operations_[place].call > first_return) return;
      first_return = std::min(first_return, operations_[place].ret);
      if (Waits(place)) continue;
      if (!visit(place)) return;
    }
  }

  // The list itself, for one who goes through it step by step.
  uint32_t First() const { return next_[size_]; }
  uint32_t After(uint32_t place) const { return next_[place]; }
  uint32_t End() const { return size_; }
  // Whether an open operation of the same client has to come first.
  bool Waits(uint32_t place) const {
    return HasTouching() && IsOpen(before_[place]);
  }

  void Remove(uint32_t place) {
    next_[previous_[place]] = next_[place];
    previous_[next_[place]] = previous_[place];
  }

  void Restore(uint32_t place) {
    next_[previous_[place]] = place;
    previous_[next_[place]] = place;
  }

  bool HasTouching() const { return !before_.empty(); }

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};

  bool IsOpen(uint32_t place) const {
    return place != kNone && next_[previous_[place]] == place;
  }

  void LinkTouching(uint32_t place) {
    before_.resize(size_, kNone);
    for (uint32_t other = place; other-- > 0;) {
      if (operations_[other].client == operations_[place].client) {
        before_[place] = other;
        return;
      }
    }
  }

  const Operation* operations_;
  const uint32_t size_;
  std::vector<uint32_t> next_;  // a ring through size_
  std::vector<uint32_t> previous_;
  // The operation that a touching one has to follow, or kNone.
  std::vector<uint32_t> before_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_OPEN_ITEMS_H_
