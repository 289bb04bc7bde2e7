#include "reprise/sim/core/exponential.h"

#include <gtest/gtest.h>

#include "reprise/sim/core/random.h"

namespace reprise {
namespace {

TEST(ExponentialTest, IsTheSameOnEveryPlatform) {
  EXPECT_EQ(ExponentialOfWord(0, 1'000'000'000), 44'361'419'558);
  EXPECT_EQ(ExponentialOfWord(uint64_t{1} << 63, 1'000'000'000), 693'147'180);
  EXPECT_EQ(ExponentialOfWord(UINT64_MAX, 1'000'000'000), 0);
}

TEST(ExponentialTest, HasItsMeanAndItsTail) {
  constexpr int kSamples = 100'000;
  constexpr int64_t kMean = 1'000'000;
  RandomStream stream(1);
  int64_t sum = 0;
  int above_three_means = 0;
  for (int i = 0; i < kSamples; ++i) {
    const int64_t sample = ExponentialOfWord(stream.Next(), kMean);
    sum += sample;
    above_three_means += sample > 3 * kMean ? 1 : 0;
  }
  // Five standard deviations: 1/sqrt(n) of the mean; e^-3 of the samples.
  EXPECT_NEAR(sum / kSamples, kMean, 15'900);
  EXPECT_NEAR(above_three_means, 4'979, 345);
}

}  // namespace
}  // namespace reprise
