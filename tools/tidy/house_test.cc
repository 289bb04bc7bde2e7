#include "tools/tidy/house.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::tidy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Tree SmallTree() {
  return {{"sim/core/time.h", "int now;\n"},
          {"sim/world/world.h", "#include \"reprise/sim/core/time.h\"\n"},
          {"sim/core/time_test.cc", "#include \"reprise/sim/world/world.h\"\n"},
          {"tests/corpus/a.cc", "#include \"reprise/sim/world/world.h\"\n"},
          {"tools/main.cc",
           "#include \"reprise/sim/world/world.h\"\n"
           "#include \"reprise/sim/core/time.h\"\n"}};
}

TEST(HouseTest, PutsARoomAboveWhatItIncludes) {
  EXPECT_EQ(HouseText(ReadHouse(SmallTree())),
            "floor  3  tools                       2 lines"
            "  -> sim/core, sim/world\n"
            "floor  2  sim/world                   1 lines  -> sim/core\n"
            "floor  1  sim/core                    1 lines\n");
}

TEST(HouseTest, NamesFoldersThatIncludeOneAnother) {
  Tree tree = SmallTree();
  tree["sim/core/node.h"] = "#include \"reprise/sim/world/world.h\"\n";
  EXPECT_THAT(ReadHouse(tree).Circles(),
              ElementsAre("sim/core", "sim/world", "tools"));
  EXPECT_THAT(ReadHouse(SmallTree()).Circles(), ElementsAre());
}

TEST(HouseTest, DrawsNoArrowThatALongerWayImplies) {
  const std::string svg = HousePicture(ReadHouse(SmallTree()));
  EXPECT_THAT(svg, HasSubstr(">sim/world</text>"));
  size_t arrows = 0;
  for (size_t at = svg.find("class=\"arrow\""); at != std::string::npos;
       at = svg.find("class=\"arrow\"", at + 1)) {
    ++arrows;
  }
  EXPECT_EQ(arrows, 2);
  EXPECT_THAT(svg, Not(HasSubstr("corpus")));
}

}  // namespace
}  // namespace reprise::tidy
