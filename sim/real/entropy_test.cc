#include "reprise/sim/real/entropy.h"

#include <cstdint>
#include <set>

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(EntropyTest, NeverGivesAWordTwice) {
  Entropy first;
  Entropy second;
  std::set<uint64_t> words;
  for (int i = 0; i < 1000; ++i) {
    words.insert(first.Next());
    words.insert(second.Next());
  }
  EXPECT_EQ(words.size(), 2000u);
  EXPECT_EQ(words.count(0), 0u);
}

TEST(EntropyTest, SetsEachBitInHalfOfTheWords) {
  Entropy entropy;
  constexpr int kDraws = 4000;
  int set[64] = {};
  for (int i = 0; i < kDraws; ++i) {
    const uint64_t word = entropy.Next();
    for (int bit = 0; bit < 64; ++bit) set[bit] += word >> bit & 1;
  }
  // Twelve standard deviations to either side.
  for (const int count : set) EXPECT_NEAR(count, kDraws / 2, 380);
}

}  // namespace
}  // namespace reprise
