// main() of tests that sweep seeds, in place of GoogleTest's own.

#include <iostream>

#include "gtest/gtest.h"
#include "reprise/sim/explore/testing/test_environment.h"

namespace {

// Tests that never ran have found nothing out. No shard is empty, as each runs
// every test.
int RefuseFilter() {
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  std::cerr << "no test matches --test_filter=" << GTEST_FLAG_GET(filter)
            << "; there are:\n";
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *all.GetTestSuite(i);
    for (int j = 0; j < suite.total_test_count(); ++j) {
      std::cerr << "  " << suite.name() << "." << suite.GetTestInfo(j)->name()
                << "\n";
    }
  }
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  reprise::BeginSweepTests();
  testing::InitGoogleTest(&argc, argv);
  const int status = RUN_ALL_TESTS();
  const bool has_run =
      GTEST_FLAG_GET(list_tests) ||
      testing::UnitTest::GetInstance()->test_to_run_count() > 0;
  return has_run ? status : RefuseFilter();
}
