#include "tools/tidy/offered.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string Unit(const std::string& name, const std::string& attributes = "") {
  return "unit(\n    name = \"" + name + "\",\n" + attributes + ")\n";
}

TEST(OfferedTest, FindsWhatIsForgotten) {
  const Tree tree = {
      {"reprise/BUILD.bazel", "_ALL = [\n    \"//sim/world:link\",\n]\n"},
      {"sim/world/BUILD.bazel", Unit("link") + Unit("node") + Unit("world")}};

  EXPECT_THAT(UnofferedUnits(tree),
              ElementsAre("//sim/world:node", "//sim/world"));
}

TEST(OfferedTest, AsksForTheOpenPartOfTheCoreAlone) {
  const std::string open = "    visibility = [\"//:open_core_users\"],\n";
  const Tree tree = {
      {"reprise/BUILD.bazel", ""},
      {"sim/core/BUILD.bazel", Unit("mutex", open) + Unit("event_queue")}};

  EXPECT_THAT(UnofferedUnits(tree), ElementsAre("//sim/core:mutex"));
}

TEST(OfferedTest, LeavesOutWhatServesTheProjectAlone) {
  const std::string inner = "    visibility = [\"//visibility:private\"],\n";
  const Tree tree = {
      {"reprise/BUILD.bazel", ""},
      {"sim/world/BUILD.bazel",
       Unit("packet", inner) + Unit("toy", "    testonly = True,\n")},
      {"tests/BUILD.bazel", Unit("small_trial")}};

  EXPECT_THAT(UnofferedUnits(tree), IsEmpty());
}

}  // namespace
}  // namespace reprise::tidy
