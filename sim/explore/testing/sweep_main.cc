// main() of tests that sweep seeds, in place of GoogleTest's own.

#include "gtest/gtest.h"
#include "reprise/sim/explore/testing/test_environment.h"

int main(int argc, char** argv) {
  reprise::BeginSweepTests();
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
