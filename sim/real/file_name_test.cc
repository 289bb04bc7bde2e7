#include "reprise/sim/real/file_name.h"

#include <optional>
#include <string>

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(FileNameTest, IsTheNameItselfWhereThatIsPossible) {
  EXPECT_EQ(FileNameOf("log"), "log");
  EXPECT_EQ(FileNameOf("log.1 of 2"), "log.1 of 2");
  EXPECT_EQ(FileNameOf("\xff"), "\xff");
}

TEST(FileNameTest, EscapesWhatMeansSomethingElse) {
  EXPECT_EQ(FileNameOf("."), "%2e");
  EXPECT_EQ(FileNameOf(".."), "%2e.");
  EXPECT_EQ(FileNameOf(".lock"), "%2elock");
  EXPECT_EQ(FileNameOf("50%"), "50%25");
  EXPECT_EQ(FileNameOf(std::string("a\0b", 3)), "a%00b");
}

TEST(FileNameTest, LeadsBackToTheName) {
  for (int byte = 0; byte < 256; ++byte) {
    for (const std::string& name :
         {std::string(1, static_cast<char>(byte)),
          std::string("a") + static_cast<char>(byte) + "2e"}) {
      EXPECT_EQ(NameOfFile(FileNameOf(name)), name);
    }
  }
}

TEST(FileNameTest, IsNoneOfAFileThatNoNameHas) {
  for (const char* file_name :
       {"", ".", "..", ".lock", "%", "%2", "%2E", "%41", "a%2e", "a%zz"}) {
    EXPECT_EQ(NameOfFile(file_name), std::nullopt) << file_name;
  }
}

}  // namespace
}  // namespace reprise
