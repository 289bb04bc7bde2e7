#include "reprise/sim/explore/testing/execute.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
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

nlohmann::json JsonOf(const Execution& done) {
  const auto json = nlohmann::json::parse(done.out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << done.out << done.err;
  return json;
}

std::string SavedFailure(const std::string& folder) {
  Execute(
      {"sweep", "--bug=counts-twice", "--max-failures=1", "--out=" + folder});
  return std::filesystem::directory_iterator(folder)->path().string();
}

std::string ContentOf(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path).rdbuf();
  return content.str();
}

std::string TestFolder() {
  const std::string folder = absl::StrCat(
      testing::TempDir(), "/",
      testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::remove_all(folder);
  return folder;
}

}  // namespace reprise
