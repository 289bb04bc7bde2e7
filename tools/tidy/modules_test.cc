#include "tools/tidy/modules.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Tree TreeWith(const std::string& module) {
  return {{"MODULE.bazel", module},
          {"kv/BUILD.bazel", "deps = [\"@zlib//:zlib\", \"@xxhash\"]"},
          {"tools/BUILD.bazel", "load(\"@systemc//:installed.bzl\", \"A\")"},
          {"tests/consumers/a/BUILD.bazel", "deps = [\"@other//:a\"]"},
          {"tools/a.bzl",
           "load(\"@bazel_tools//:a.bzl\", \"A\")  # \"@b\"\nif \"@/:\""}};
}

TEST(ModulesTest, AcceptsWhatIsDeclared) {
  EXPECT_THAT(UndeclaredRepositories(
                  TreeWith("bazel_dep(name = \"zlib\", version = \"1\")\n"
                           "bazel_dep(name = \"xxhash\", version = \"1\")\n"
                           "use_repo(systemc, \"systemc\")\n")),
              IsEmpty());
}

TEST(ModulesTest, FindsWhatIsNotDeclared) {
  EXPECT_THAT(UndeclaredRepositories(
                  TreeWith("bazel_dep(name = \"zlib\", version = \"1\")\n")),
              ElementsAre("systemc", "xxhash"));
}

}  // namespace
}  // namespace reprise::tidy
