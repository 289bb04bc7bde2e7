// MaxTree: numbers in places, of which a large one is found fast.
//
// Guarantees: all questions and changes take O(log n). The tree is 16 wide, so
// that a node is one line of the cache. 0 stands for "nothing here".
//
//   MaxTree tree({5, 2, 9, 4});
//   tree.MaxBefore(2);     // 5
//   tree.LastBefore(4, 5);  // 2: the last place with at least 5
//   tree.Set(2, 0);
//   tree.FirstFrom(1, 3);  // 3: the first place with at least 3

#ifndef REPRISE_CHECKER_CONTAINERS_MAX_TREE_H_
#define REPRISE_CHECKER_CONTAINERS_MAX_TREE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace reprise::checker {

class MaxTree {
 public:
  static constexpr size_t kNone = ~size_t{0};

  explicit MaxTree(std::vector<uint32_t> numbers) {
    Pad(&numbers);
    levels_.push_back(std::move(numbers));
    while (levels_.back().size() > kWidth) AddLevel();
  }

  uint32_t At(size_t place) const { return levels_[0][place]; }

  void Set(size_t place, uint32_t number) {
    levels_[0][place] = number;
    for (size_t level = 1; level < levels_.size(); ++level) {
      place /= kWidth;
      const uint32_t max = MaxOfGroup(level - 1, place);
      if (levels_[level][place] == max) return;
      levels_[level][place] = max;
    }
  }

  // The largest number before place `end`; 0 if there is none.
  uint32_t MaxBefore(size_t end) const {
    uint32_t max = 0;
    for (const std::vector<uint32_t>& level : levels_) {
      for (size_t at = end / kWidth * kWidth; at < end; ++at) {
        max = std::max(max, level[at]);
      }
      end /= kWidth;
    }
    return max;
  }

  // The last place before `end` with `least` or more. Requires least > 0.
  size_t LastBefore(size_t end, uint32_t least) const {
    for (size_t level = 0; level < levels_.size(); ++level) {
      const size_t begin = end / kWidth * kWidth;
      for (size_t at = end; at-- > begin;) {
        if (levels_[level][at] >= least) return LastBelow(level, at, least);
      }
      end /= kWidth;
    }
    return kNone;
  }

  // The first place from `begin` on with `least` or more. Requires least > 0.
  size_t FirstFrom(size_t begin, uint32_t least) const {
    for (size_t level = 0; level < levels_.size(); ++level) {
      if (begin >= levels_[level].size()) return kNone;
      const size_t end = (begin / kWidth + 1) * kWidth;
      for (size_t at = begin; at < end; ++at) {
        if (levels_[level][at] >= least) return FirstBelow(level, at, least);
      }
      begin = end / kWidth;
    }
    return kNone;
  }

 private:
  static constexpr size_t kWidth = 16;

  static void Pad(std::vector<uint32_t>* numbers) {
    numbers->resize((numbers->size() / kWidth + 1) * kWidth, 0);
  }

  void AddLevel() {
    std::vector<uint32_t> above(levels_.back().size() / kWidth);
    for (size_t group = 0; group < above.size(); ++group) {
      above[group] = MaxOfGroup(levels_.size() - 1, group);
    }
    Pad(&above);
    levels_.push_back(std::move(above));
  }

  uint32_t MaxOfGroup(size_t level, size_t group) const {
    const uint32_t* numbers = &levels_[level][group * kWidth];
    uint32_t max = 0;
    for (size_t i = 0; i < kWidth; ++i) max = std::max(max, numbers[i]);
    return max;
  }

  size_t LastBelow(size_t level, size_t at, uint32_t least) const {
    while (level-- > 0) {
      at = (at + 1) * kWidth - 1;
      while (levels_[level][at] < least) --at;
    }
    return at;
  }

  size_t FirstBelow(size_t level, size_t at, uint32_t least) const {
    while (level-- > 0) {
      at *= kWidth;
      while (levels_[level][at] < least) ++at;
    }
    return at;
  }

  std::vector<std::vector<uint32_t>> levels_;  // [0] are the numbers
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_MAX_TREE_H_
