#include "reprise/checker/containers/free_instants.h"

#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

TEST(FreeInstantsTest, CoversWhatLiesBetween) {
  FreeInstants free(10);
  free.Cover(2, 5);
  EXPECT_EQ(free.FirstFrom(2), 2u);
  EXPECT_EQ(free.FirstFrom(3), 5u);
  free.Cover(7, 8);
  EXPECT_EQ(free.FirstFrom(7), 7u);
  free.Cover(4, kNever);
  EXPECT_GE(free.FirstFrom(3), 10u);
}

TEST(FreeInstantsTest, AgreesWithAPlainArray) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    const auto instants = static_cast<EventIndex>(1 + random.Below(700));
    FreeInstants free(instants);
    std::vector<bool> is_covered(instants);
    for (int round = 0; round < 60; ++round) {
      const auto begin = static_cast<EventIndex>(random.Below(instants));
      const auto end = static_cast<EventIndex>(
          begin + random.Below(random.Chance(1, 4) ? 300 : 10));
      free.Cover(begin, end);
      for (EventIndex at = begin + 1; at < end && at < instants; ++at) {
        is_covered[at] = true;
      }
      auto first = static_cast<EventIndex>(random.Below(instants));
      const EventIndex found = free.FirstFrom(first);
      while (first < instants && is_covered[first]) ++first;
      if (first < instants) {
        ASSERT_EQ(found, first) << "seed " << seed;
      } else {
        ASSERT_GE(found, instants) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace reprise::checker
