#include "tests/real/testing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "reprise/sim/core/ids.h"

namespace reprise {

std::filesystem::path ProgramAt(std::string_view path) {
  return std::filesystem::absolute(std::filesystem::path(path));
}

std::filesystem::path EmptyFolder(std::string_view name) {
  std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

Seed SeedOfRun() {
  uint64_t seed = 1;
  // tidy: allow(environment) what a run on the machine draws its instants from
  const char* const text = std::getenv("REPRISE_REAL_SEED");
  if (text != nullptr && !absl::SimpleAtoi(text, &seed)) {
    ADD_FAILURE() << "REPRISE_REAL_SEED=" << text << ": expected a number";
  }
  std::printf("REPRISE_REAL_SEED=%llu\n",
              static_cast<unsigned long long>(seed));
  return Seed(seed);
}

std::string TestName(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

}  // namespace reprise
