// docs/DEPENDING.md names the libraries, packages and files that there are.

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

std::string TextOf(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// The first group of each match.
std::set<std::string> All(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end;
       ++at) {
    found.insert((*at)[1]);
  }
  return found;
}

TEST(DependingTest, NamesEachLibraryInBothBuilds) {
  const std::string document = TextOf("docs/DEPENDING.md");

  const std::set<std::string> libraries =
      All(TextOf("reprise/BUILD.bazel"),
          "public_library\\(\n    name = \"(\\w+)\"");

  EXPECT_THAT(libraries, Not(IsEmpty()));
  EXPECT_EQ(All(document, "\n\\| `@reprise//:(\\w+)` \\|"), libraries);
  EXPECT_EQ(All(document, "\\| `reprise::(\\w+)` \\|"), libraries);
}

TEST(DependingTest, NamesEachPackage) {
  const std::string document = TextOf("docs/DEPENDING.md");
  const std::string packages = TextOf("tools/shell/packages_run.txt") +
                               TextOf("tools/shell/packages_cmake.txt");

  const std::set<std::string> named = All(document, "([a-z0-9.+-]+)");

  for (const std::string& package : All(packages, "\n([a-z0-9.+-]+)")) {
    EXPECT_THAT(named, Contains(package));
  }
}

TEST(DependingTest, NamesTheFlagsOfBazel) {
  const std::set<std::string> imported =
      All(TextOf("docs/DEPENDING.md"), "import .*/reprise/(\\S+bazelrc)");

  ASSERT_EQ(imported.size(), 1u);
  EXPECT_THAT(TextOf(*imported.begin()), testing::HasSubstr("-std=c++20"));
}

}  // namespace
}  // namespace reprise
