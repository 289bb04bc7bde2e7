#include "reprise/sim/explore/cli/output_files.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/testing/execute.h"

namespace reprise::cli {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

OutputFile File(const std::string& flag, const std::string& path) {
  return {.asked_by = "--" + flag + "=" + path, .path = path};
}

class OutputFilesTest : public testing::Test {
 protected:
  // "file" and its names "link" and "twin"; "way", a link to the folder.
  OutputFilesTest() {
    fs::create_directories(folder_ + "/sub");
    std::ofstream(folder_ + "/file") << "kept";
    fs::create_symlink(folder_ + "/file", folder_ + "/link");
    fs::create_hard_link(folder_ + "/file", folder_ + "/twin");
    fs::create_symlink(folder_, folder_ + "/way");
  }

  const std::string folder_ = TestFolder();
};

TEST_F(OutputFilesTest, AFileThatIsReadIsNotWrittenByAnyOfItsNames) {
  for (const char* name : {"/file", "/./file", "/sub/../file", "/link", "/twin",
                           "/way/file", "//file"}) {
    const OutputFile page = File("html", folder_ + name);
    EXPECT_THAT(
        CheckOutputFiles({page}, {"other", folder_ + "/file"}).message(),
        HasSubstr(page.asked_by + " would replace " + folder_ +
                  "/file, which is read; expected another place."));
  }
  EXPECT_TRUE(CheckOutputFiles({File("html", folder_ + "/new")},
                               {folder_ + "/file", folder_ + "/none"})
                  .ok());
}

TEST_F(OutputFilesTest, TwoFilesAreNotOneThoughItIsNotThereYet) {
  const std::vector<OutputFile> others = {
      File("events", folder_ + "/./new"),
      File("events", folder_ + "/sub/../new"),
      File("events", folder_ + "/way/new"),
      File("events", folder_ + "/none/../new"),
  };
  const OutputFile page = File("html", folder_ + "/new");
  for (const OutputFile& other : others) {
    EXPECT_THAT(
        CheckOutputFiles({page, File("perfetto", "x"), other}, {}).message(),
        HasSubstr(page.asked_by + " and " + other.asked_by +
                  " would both write " + other.path +
                  "; expected a file for each."));
  }
  EXPECT_TRUE(
      CheckOutputFiles({page, File("events", folder_ + "/newer")}, {}).ok());
}

TEST_F(OutputFilesTest, ARelativePathIsThatOfItsFile) {
  const std::string absolute = fs::absolute("none/new").string();
  for (const char* path : {"none/new", "./none/new", "none/sub/../new"}) {
    EXPECT_FALSE(
        CheckOutputFiles({File("html", path), File("events", absolute)}, {})
            .ok())
        << path;
  }
}

}  // namespace
}  // namespace reprise::cli
