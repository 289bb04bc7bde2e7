#include "reprise/checker/containers/max_tree.h"

#include <algorithm>

#include "gtest/gtest.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

TEST(MaxTreeTest, FindsLargeNumbers) {
  MaxTree tree({5, 2, 9, 4});
  EXPECT_EQ(tree.MaxBefore(2), 5u);
  EXPECT_EQ(tree.LastBefore(4, 5), 2u);
  tree.Set(2, 0);
  EXPECT_EQ(tree.FirstFrom(1, 3), 3u);
  EXPECT_EQ(tree.FirstFrom(1, 5), MaxTree::kNone);
  EXPECT_EQ(tree.LastBefore(0, 1), MaxTree::kNone);
}

TEST(MaxTreeTest, AgreesWithAPlainArray) {
  for (uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    std::vector<uint32_t> plain(random.Below(seed < 30 ? 40 : 6000));
    for (uint32_t& number : plain) {
      number = static_cast<uint32_t>(random.Below(1000));
    }
    MaxTree tree(plain);
    for (int round = 0; round < 200; ++round) {
      const size_t at = random.Below(plain.size() + 1);
      const auto begin = plain.begin();
      const auto middle = begin + static_cast<ptrdiff_t>(at);
      const uint32_t max =
          middle == begin ? 0 : *std::max_element(begin, middle);
      ASSERT_EQ(tree.MaxBefore(at), max) << "seed " << seed;
      const uint64_t base = random.Chance(1, 2) ? 991 : 1;
      const auto least = static_cast<uint32_t>(base + random.Below(12));
      const auto is_large = [&](uint32_t number) { return number >= least; };
      const auto first = std::find_if(middle, plain.end(), is_large);
      ASSERT_EQ(tree.FirstFrom(at, least),
                first == plain.end() ? MaxTree::kNone
                                     : static_cast<size_t>(first - begin));
      size_t last = at;
      while (last > 0 && !is_large(plain[last - 1])) --last;
      ASSERT_EQ(tree.LastBefore(at, least),
                last == 0 ? MaxTree::kNone : last - 1);
      if (at == plain.size()) continue;
      plain[at] = static_cast<uint32_t>(random.Below(1000));
      tree.Set(at, plain[at]);
    }
  }
}

}  // namespace
}  // namespace reprise::checker
