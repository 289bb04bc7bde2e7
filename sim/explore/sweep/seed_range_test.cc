#include "reprise/sim/explore/sweep/seed_range.h"

#include <cstdint>
#include <limits>
#include <string>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();

TEST(ParseSeedsTest, TakesACount) {
  const absl::StatusOr<SeedRange> seeds = ParseSeeds("1000");
  ASSERT_TRUE(seeds.ok());
  EXPECT_EQ(*seeds, (SeedRange{.first = 0, .count = 1000}));
  EXPECT_EQ(seeds->last(), 999u);
}

TEST(ParseSeedsTest, TakesARangeThatIncludesBothEnds) {
  EXPECT_EQ(*ParseSeeds("417..417"), (SeedRange{.first = 417, .count = 1}));
  EXPECT_EQ(*ParseSeeds("5..9"), (SeedRange{.first = 5, .count = 5}));
}

TEST(ParseSeedsTest, ReachesTheLargestSeed) {
  const std::string largest = std::to_string(kLargest);
  EXPECT_EQ(ParseSeeds(largest + ".." + largest)->last(), kLargest);
  EXPECT_EQ(ParseSeeds("1.." + largest)->count, kLargest);
}

TEST(ParseSeedsTest, RefusesEverythingElseByName) {
  const std::string largest = std::to_string(kLargest);
  for (const std::string& text :
       {std::string(""), std::string("0"), std::string("-1"),
        std::string("1e3"), std::string("ten"), std::string("9..5"),
        std::string("1.."), std::string("..1"), std::string("1...2"),
        std::string(" 7"), std::string("+7"), std::string("0x10"),
        std::string("18446744073709551616"), "0.." + largest,
        std::string("1..2..3")}) {
    const absl::StatusOr<SeedRange> seeds = ParseSeeds(text);
    ASSERT_FALSE(seeds.ok()) << text;
    EXPECT_NE(seeds.status().message().find("\"" + text + "\""),
              absl::string_view::npos)
        << seeds.status();
  }
}

TEST(ParseNumberTest, HoldsTheRange) {
  EXPECT_EQ(*ParseNumber("jobs", "8", 1, 1024), 8u);
  EXPECT_EQ(*ParseNumber("seed", std::to_string(kLargest), 0, kLargest),
            kLargest);
  EXPECT_FALSE(ParseNumber("jobs", "0", 1, 1024).ok());
  EXPECT_FALSE(ParseNumber("jobs", "1025", 1, 1024).ok());
  EXPECT_EQ(ParseNumber("jobs", "two", 1, 1024).status().message(),
            "jobs \"two\": not a whole number from 1 to 1024.");
}

TEST(PartOfTest, PartsAreAllOfIt) {
  const SeedRange seeds{.first = 100, .count = 10};
  uint64_t next = 100;
  for (uint64_t index = 0; index < 4; ++index) {
    const SeedRange part = PartOf(seeds, index, 4);
    EXPECT_EQ(part.first, next);
    EXPECT_GE(part.count, 2u);
    EXPECT_LE(part.count, 3u);
    next += part.count;
  }
  EXPECT_EQ(next, 110u);
}

TEST(PartOfTest, OneSeedGoesToOnePart) {
  uint64_t seeds = 0;
  for (uint64_t index = 0; index < 50; ++index) {
    seeds += PartOf({.first = 417, .count = 1}, index, 50).count;
  }
  EXPECT_EQ(seeds, 1u);
}

TEST(PartOfTest, DoesNotOverflow) {
  const SeedRange seeds{.first = 1, .count = kLargest};
  EXPECT_EQ(PartOf(seeds, 49, 50).last(), kLargest);
}

TEST(FormatSeedsTest, WritesWhatParseSeedsReads) {
  EXPECT_EQ(FormatSeeds({.first = 5, .count = 5}), "5..9");
  EXPECT_EQ(FormatSeeds({}), "none");
}

}  // namespace
}  // namespace reprise
