// Whether something that was drawn was as frequent as asked for.
//
//   EXPECT_TRUE(IsAsFrequent(lost, sent, {1, 10}));

#ifndef REPRISE_SIM_WORLD_TESTING_FREQUENCY_H_
#define REPRISE_SIM_WORLD_TESTING_FREQUENCY_H_

#include <cstdint>

#include "gtest/gtest.h"
#include "reprise/sim/core/random.h"

namespace reprise {

// Whether `seen` is within five standard deviations of `probability` of
// `count`.
inline testing::AssertionResult IsAsFrequent(int64_t seen, int64_t count,
                                             Probability probability) {
  const int64_t numerator = probability.numerator;
  const int64_t denominator = probability.denominator;
  // (seen - count p)^2 < 25 count p (1 - p), times denominator^2.
  const int64_t distance = seen * denominator - count * numerator;
  if (distance * distance <
      25 * count * numerator * (denominator - numerator)) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << seen << " of " << count << ", expected "
                                     << numerator << " in " << denominator;
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_TESTING_FREQUENCY_H_
