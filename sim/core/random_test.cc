#include "reprise/sim/core/random.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <set>
#include <vector>

#include "gtest/gtest.h"

namespace reprise {
namespace {

constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

// Whether 100 equally likely outcomes were seen as often as chance allows: the
// sum of (count - expected)^2 / expected, whose distribution is chi-square with
// 99 degrees of freedom, is between about its quantiles 0.000001 and 0.999999.
bool IsUniform(const std::array<int64_t, 100>& counts) {
  const int64_t expected =
      std::accumulate(counts.begin(), counts.end(), int64_t{0}) / 100;
  int64_t sum = 0;
  for (const int64_t count : counts) {
    sum += (count - expected) * (count - expected);
  }
  return 44 * expected < sum && sum < 181 * expected;
}

// The published generator started at 0 and at 1234567: its first outputs.
TEST(RandomStreamTest, IsSplitMix64) {
  RandomStream zero(0);
  for (const uint64_t word :
       std::vector<uint64_t>{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4,
                             0x06c45d188009454f, 0xf88bb8a8724c81ec}) {
    EXPECT_EQ(zero.Next(), word);
  }
  RandomStream other(1234567);
  for (const uint64_t word : std::vector<uint64_t>{
           6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
           4593380528125082431u, 16408922859458223821u}) {
    EXPECT_EQ(other.Next(), word);
  }
}

TEST(StreamKeyTest, IsPinnedBitForBit) {
  EXPECT_EQ(HashName(""), 0x2d06800538d394c2u);
  EXPECT_EQ(StreamKey(Seed(0), 0, 0), 0x568a9b0b1a2c05ecu);
  EXPECT_EQ(StreamKey(Seed(1), 2, 3), 0x2662a07726a8eef2u);
  EXPECT_EQ(StreamKey(Seed(7), "clerk-1->server", "request-loss"),
            0xaef40fd733b8c0aeu);
}

TEST(StreamKeyTest, DependsOnSeedEntityAndPurpose) {
  std::set<uint64_t> keys;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    for (uint64_t entity = 0; entity < 20; ++entity) {
      for (uint64_t purpose = 0; purpose < 20; ++purpose) {
        keys.insert(StreamKey(Seed(seed), entity, purpose));
      }
    }
  }
  EXPECT_EQ(keys.size(), 20u * 20 * 20);
}

TEST(StreamKeyTest, EntityAndPurposeAreNotConfused) {
  EXPECT_NE(StreamKey(Seed(1), "a", "b"), StreamKey(Seed(1), "b", "a"));
  EXPECT_NE(StreamKey(Seed(1), "ab", ""), StreamKey(Seed(1), "a", "b"));
}

// Seeds, entities and purposes are mostly small neighbouring numbers.
TEST(StreamKeyTest, FirstWordsOfNeighbouringStreamsAreUniform) {
  std::array<int64_t, 100> by_seed = {};
  std::array<int64_t, 100> by_entity = {};
  std::array<int64_t, 100> by_purpose = {};
  for (uint64_t i = 0; i < 100'000; ++i) {
    ++by_seed[BoundedWord(WordAt(StreamKey(Seed(i), 0, 0), 0), 100)];
    ++by_entity[BoundedWord(WordAt(StreamKey(Seed(0), i, 0), 0), 100)];
    ++by_purpose[BoundedWord(WordAt(StreamKey(Seed(0), 0, i), 0), 100)];
  }
  EXPECT_TRUE(IsUniform(by_seed));
  EXPECT_TRUE(IsUniform(by_entity));
  EXPECT_TRUE(IsUniform(by_purpose));
}

TEST(RandomStreamTest, AnyIndexIsReadableAlone) {
  const uint64_t key = StreamKey(Seed(5), "link", "delay");
  RandomStream stream(key);
  for (uint64_t index = 0; index < 100; ++index) {
    EXPECT_EQ(stream.Next(), WordAt(key, index));
  }
}

TEST(RandomStreamTest, DrawsOfOneStreamShiftNoOther) {
  const uint64_t key = StreamKey(Seed(5), "a", "delay");
  RandomStream alone(key);
  RandomStream beside(key);
  RandomStream neighbour(StreamKey(Seed(5), "b", "delay"));
  for (int i = 0; i < 100; ++i) {
    for (int draw = 0; draw < i % 4; ++draw) neighbour.Next();
    EXPECT_EQ(beside.Next(), alone.Next());
  }
}

// So a draw that is changed from one kind to another shifts nothing either.
TEST(RandomStreamTest, EveryDrawTakesOneWord) {
  RandomStream words(9);
  RandomStream draws(9);
  for (int i = 0; i < 100; ++i) {
    words.Next();
    words.Next();
    words.Next();
    draws.Uniform(1, 6);
    draws.Chance({1, 10});
    draws.Chance({0, 1});
    ASSERT_EQ(draws.Next(), words.Next());
  }
}

TEST(RandomStreamTest, WordsAreUniform) {
  RandomStream stream(StreamKey(Seed(1), "test", "uniform"));
  std::array<int64_t, 100> high = {};
  std::array<int64_t, 100> low = {};
  for (int i = 0; i < 1'000'000; ++i) {
    const uint64_t word = stream.Next();
    ++high[BoundedWord(word, 100)];
    ++low[word % 100];
  }
  EXPECT_TRUE(IsUniform(high));
  EXPECT_TRUE(IsUniform(low));
}

TEST(RandomStreamTest, UniformReachesEachValueOfItsRangeEquallyOften) {
  RandomStream stream(StreamKey(Seed(2), "test", "uniform"));
  std::array<int64_t, 100> counts = {};
  for (int i = 0; i < 1'000'000; ++i) {
    const int64_t value = stream.Uniform(-50, 49);
    ASSERT_GE(value, -50);
    ASSERT_LE(value, 49);
    ++counts[static_cast<size_t>(value + 50)];
  }
  EXPECT_TRUE(IsUniform(counts));
}

TEST(UniformityTest, IsRefusedToASkewedOrTooEvenCount) {
  std::array<int64_t, 100> even = {};
  even.fill(10'000);
  std::array<int64_t, 100> skewed = {};
  for (int i = 0; i < 100; ++i) skewed[i] = 10'000 + (i < 50 ? 200 : -200);
  EXPECT_FALSE(IsUniform(even));
  EXPECT_FALSE(IsUniform(skewed));
}

TEST(UniformOfWordTest, ExtremeWordsGiveTheEndsOfTheRange) {
  EXPECT_EQ(UniformOfWord(0, 25, 75), 25);
  EXPECT_EQ(UniformOfWord(UINT64_MAX, 25, 75), 75);
  EXPECT_EQ(UniformOfWord(0, -3, -3), -3);
  EXPECT_EQ(UniformOfWord(UINT64_MAX, -3, -3), -3);
}

TEST(UniformOfWordTest, ServesTheWholeRangeOfIntegers) {
  EXPECT_EQ(UniformOfWord(0, kLeast, kMost), kLeast);
  EXPECT_EQ(UniformOfWord(UINT64_MAX, kLeast, kMost), kMost);
  EXPECT_EQ(UniformOfWord(0, kLeast, kMost - 1), kLeast);
  EXPECT_EQ(UniformOfWord(UINT64_MAX, kLeast, kMost - 1), kMost - 1);
  EXPECT_EQ(UniformOfWord(UINT64_MAX, 0, kMost), kMost);
}

TEST(ChanceTest, NeverAndAlwaysAreCertain) {
  for (const uint64_t word : {uint64_t{0}, uint64_t{1} << 63, UINT64_MAX}) {
    EXPECT_FALSE(ChanceOfWord(word, {0, 1}));
    EXPECT_TRUE(ChanceOfWord(word, {1, 1}));
    EXPECT_TRUE(ChanceOfWord(word, {UINT32_MAX, UINT32_MAX}));
  }
  EXPECT_TRUE(Probability().IsZero());
}

TEST(ChanceTest, SplitsTheWordsAtTheRatio) {
  EXPECT_TRUE(ChanceOfWord((uint64_t{1} << 63) - 1, {1, 2}));
  EXPECT_FALSE(ChanceOfWord(uint64_t{1} << 63, {1, 2}));
}

// Of 1,000,000 draws at 1/10 the standard deviation is 300: five of them.
TEST(ChanceTest, HappensAsOftenAsItsRatioSays) {
  RandomStream stream(StreamKey(Seed(3), "test", "chance"));
  int64_t count = 0;
  for (int i = 0; i < 1'000'000; ++i) count += stream.Chance({1, 10});
  EXPECT_GT(count, 100'000 - 1'500);
  EXPECT_LT(count, 100'000 + 1'500);
}

TEST(ChoiceOfWordTest, SplitsTheWordsInTheirOrder) {
  const uint64_t quarter = uint64_t{1} << 62;
  const auto choose = [](uint64_t word) {
    return ChoiceOfWord(word, {{1, 4}, {0, 1}, {2, 4}});
  };
  EXPECT_EQ(choose(0), 1u);
  EXPECT_EQ(choose(quarter - 1), 1u);
  EXPECT_EQ(choose(quarter), 3u);
  EXPECT_EQ(choose(3 * quarter - 1), 3u);
  EXPECT_EQ(choose(3 * quarter), 0u);
  EXPECT_EQ(choose(UINT64_MAX), 0u);
}

TEST(ChoiceOfWordTest, ACertainChoiceTakesEveryWord) {
  EXPECT_EQ(ChoiceOfWord(0, {{1, 1}}), 1u);
  EXPECT_EQ(ChoiceOfWord(UINT64_MAX, {{1, 1}}), 1u);
  EXPECT_EQ(ChoiceOfWord(0, {}), 0u);
}

TEST(ShuffleTest, KeepsTheItems) {
  std::vector<int> items(50);
  std::iota(items.begin(), items.end(), 0);
  std::vector<int> shuffled = items;
  RandomStream(4).Shuffle(shuffled);
  EXPECT_NE(shuffled, items);
  std::sort(shuffled.begin(), shuffled.end());
  EXPECT_EQ(shuffled, items);
}

TEST(ShuffleTest, PutsEachItemIntoEachPlaceEquallyOften) {
  RandomStream stream(StreamKey(Seed(4), "test", "shuffle"));
  std::array<int64_t, 100> counts = {};
  for (int i = 0; i < 100'000; ++i) {
    std::array<size_t, 10> items = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    stream.Shuffle(items);
    // A row of the permutation's matrix: independent draws, unlike the whole.
    ++counts[items[static_cast<size_t>(i % 10)] * 10 +
             static_cast<size_t>(i % 10)];
  }
  EXPECT_TRUE(IsUniform(counts));
}

TEST(ShuffleTest, ToleratesNothingAndOne) {
  std::vector<int> none;
  std::vector<int> one = {7};
  RandomStream stream(1);
  stream.Shuffle(none);
  stream.Shuffle(one);
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(one, std::vector<int>{7});
}

}  // namespace
}  // namespace reprise
