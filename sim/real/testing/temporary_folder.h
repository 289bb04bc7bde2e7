// A folder of a test's own, which does not exist yet.
//
//   const std::filesystem::path folder = TemporaryFolder("disk");

#ifndef REPRISE_SIM_REAL_TESTING_TEMPORARY_FOLDER_H_
#define REPRISE_SIM_REAL_TESTING_TEMPORARY_FOLDER_H_

#include <filesystem>
#include <string>

#include "gtest/gtest.h"

namespace reprise {

// Empties what an earlier run has left.
inline std::filesystem::path TemporaryFolder(const std::string& name) {
  const testing::TestInfo* test =
      testing::UnitTest::GetInstance()->current_test_info();
  std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) /
      (std::string(test->test_suite_name()) + "-" + test->name() + "-" + name);
  std::filesystem::remove_all(folder);
  return folder;
}

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_TESTING_TEMPORARY_FOLDER_H_
