#include "reprise/sim/world/delays.h"

#include <gtest/gtest.h>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"

namespace reprise {
namespace {

constexpr int kSamples = 100'000;

// The mean of samples, in microseconds.
int64_t MeanMicroseconds(const DelayOptions& options) {
  RandomStream stream(1);
  int64_t sum = 0;
  for (int i = 0; i < kSamples; ++i) {
    sum += DelayOfWord(stream.Next(), options).nanoseconds() / 1000;
  }
  return sum / kSamples;
}

TEST(DelaysTest, UniformDelaysHaveTheirMean) {
  const DelayOptions options = {.minimum = Milliseconds(10),
                                .maximum = Milliseconds(20)};
  // Five standard deviations: 10 ms / sqrt(12 n).
  EXPECT_NEAR(MeanMicroseconds(options), 15'000, 46);
}

TEST(DelaysTest, ExponentialDelaysAreCutAtTheirEnds) {
  const DelayOptions options = {.shape = DelayShape::kExponential,
                                .minimum = Milliseconds(5),
                                .maximum = Milliseconds(40),
                                .mean = Milliseconds(10)};
  RandomStream stream(2);
  int at_minimum = 0;
  int at_maximum = 0;
  for (int i = 0; i < kSamples; ++i) {
    const Duration delay = DelayOfWord(stream.Next(), options);
    ASSERT_GE(delay, options.minimum);
    ASSERT_LE(delay, options.maximum);
    at_minimum += delay == options.minimum ? 1 : 0;
    at_maximum += delay == options.maximum ? 1 : 0;
  }
  // 1 - e^-0.5 and e^-4 of the samples, five standard deviations each.
  EXPECT_NEAR(at_minimum, 39'347, 773);
  EXPECT_NEAR(at_maximum, 1'832, 212);
}

TEST(DelaysTest, NestedUniformDelaysAreShorterThanUniformOnes) {
  DelayOptions options = {.late = {1, 1},
                          .late_minimum = Milliseconds(200),
                          .late_maximum = Milliseconds(2200)};
  EXPECT_NEAR(MeanMicroseconds(options), 1'200'000, 9'200);
  options.late_shape = LateShape::kNestedUniform;
  // U{0..U{0..X}} has mean X / 4 and variance 7 X^2 / 144.
  EXPECT_NEAR(MeanMicroseconds(options), 700'000, 7'000);
}

TEST(DelaysTest, TheSecondHumpIsAsFrequentAsAskedFor) {
  const DelayOptions options = {
      .late = {1, 10}, .late_minimum = Seconds(1), .late_maximum = Seconds(2)};
  RandomStream stream(3);
  int late = 0;
  for (int i = 0; i < kSamples; ++i) {
    late += DelayOfWord(stream.Next(), options) >= Seconds(1) ? 1 : 0;
  }
  EXPECT_NEAR(late, kSamples / 10, 475);
}

TEST(DelaysTest, ExtraStepsAreAllReached) {
  const DelayOptions options = {.minimum = Duration(),
                                .maximum = Duration(),
                                .extra_step = Milliseconds(1),
                                .extra_steps = 26};
  RandomStream stream(4);
  int counts[27] = {};
  for (int i = 0; i < kSamples; ++i) {
    const int64_t delay = DelayOfWord(stream.Next(), options).nanoseconds();
    ASSERT_EQ(delay % 1'000'000, 0);
    ++counts[delay / 1'000'000];
  }
  for (const int count : counts) EXPECT_NEAR(count, kSamples / 27, 300);
}

}  // namespace
}  // namespace reprise
