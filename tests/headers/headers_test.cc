// Every public header is among those that //tests/headers:all_headers compiles
// together, and begins its own source or test, so that it compiles alone. The
// headers that have neither get a source from the rule `unit`.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

constexpr char kBeginning[] = "#include ";

// The real WORKSPACE, behind the links that Bazel hands to a test.
fs::path Root() { return fs::canonical("WORKSPACE").parent_path(); }

// As they are included: "reprise/sim/core/time.h", with quotes.
std::set<std::string> PublicHeaders() {
  std::set<std::string> headers;
  for (const char* folder : {"sim", "kv", "checker"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(Root() / folder)) {
      if (entry.path().extension() != ".h") continue;
      headers.insert("\"reprise/" +
                     fs::relative(entry.path(), Root()).string() + "\"");
    }
  }
  return headers;
}

std::set<std::string> IncludesOf(const fs::path& source) {
  std::set<std::string> includes;
  std::ifstream file(source);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kBeginning)) continue;
    includes.insert(line.substr(sizeof(kBeginning) - 1));
  }
  return includes;
}

std::string FirstIncludeOf(const fs::path& source) {
  std::ifstream file(source);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(kBeginning)) {
      return line.substr(sizeof(kBeginning) - 1);
    }
  }
  return "";
}

TEST(HeadersTest, AllAreCompiledTogether) {
  const std::set<std::string> compiled =
      IncludesOf("tests/headers/all_headers.cc");
  const std::set<std::string> headers = PublicHeaders();
  EXPECT_GT(headers.size(), 150u);
  std::set<std::string> missing;
  std::set_difference(headers.begin(), headers.end(), compiled.begin(),
                      compiled.end(), std::inserter(missing, missing.end()));
  EXPECT_THAT(missing, IsEmpty())
      << "no library in tests/headers/BUILD.bazel depends on them";
}

TEST(HeadersTest, EachBeginsItsSource) {
  for (const std::string& header : PublicHeaders()) {
    const std::string stem =
        header.substr(9, header.size() - 9 - std::string(".h\"").size());
    const fs::path source = Root() / (stem + ".cc");
    const fs::path test = Root() / (stem + "_test.cc");
    if (!fs::exists(source) && !fs::exists(test)) continue;
    EXPECT_TRUE(FirstIncludeOf(source) == header ||
                FirstIncludeOf(test) == header)
        << header;
  }
}

}  // namespace
}  // namespace reprise
