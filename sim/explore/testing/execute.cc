#include "reprise/sim/explore/testing/execute.h"

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/testing/toy_catalog.h"

namespace reprise {

Execution Execute(const std::vector<std::string>& args,
                  const std::vector<cli::Command>& more) {
  std::ostringstream out;
  std::ostringstream err;
  cli::Console console{.out = out, .err = err};
  const int status =
      cli::RunCommandLine(args, ToyCatalog(), console, {.more = more});
  return {status, out.str(), err.str()};
}

std::string TestFolder() {
  const std::string folder = absl::StrCat(
      testing::TempDir(), "/",
      testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::remove_all(folder);
  return folder;
}

}  // namespace reprise
