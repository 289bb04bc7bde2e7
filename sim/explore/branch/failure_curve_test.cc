#include "reprise/sim/explore/branch/failure_curve.h"

#include "gtest/gtest.h"

namespace reprise {
namespace {

void ExpectShare(const Share& share, double low, double middle, double high) {
  EXPECT_NEAR(share.low, low, 0.0005);
  EXPECT_NEAR(share.middle, middle, 0.0005);
  EXPECT_NEAR(share.high, high, 0.0005);
}

// The values are those of the formula, computed by hand in another language.
TEST(ShareTest, HasTheIntervalOfWilson) {
  ExpectShare(ShareOf(5, 10), 0.2366, 0.5, 0.7634);
  ExpectShare(ShareOf(15, 148), 0.0624, 0.1014, 0.1605);
  ExpectShare(ShareOf(990, 1000), 0.9817, 0.99, 0.9946);
}

TEST(ShareTest, OfNoneOrAllReachesTheEnd) {
  ExpectShare(ShareOf(0, 20), 0, 0, 0.1611);
  ExpectShare(ShareOf(20, 20), 0.8389, 1, 1);
  EXPECT_EQ(ShareOf(0, 20).low, 0);
  EXPECT_EQ(ShareOf(20, 20).high, 1);
}

TEST(ShareTest, OfNoTrialsIsNotKnown) { ExpectShare(ShareOf(0, 0), 0, 0, 1); }

}  // namespace
}  // namespace reprise
