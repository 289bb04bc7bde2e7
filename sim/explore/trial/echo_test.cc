#include "reprise/sim/explore/trial/echo.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::Le;
using testing::SizeIs;
using testing::StartsWith;

TEST(EchoTest, RepeatsWhatIsShort) {
  EXPECT_EQ(Echo(""), "");
  EXPECT_EQ(Echo("out/größe.json"), "out/größe.json");
  EXPECT_EQ(Echo(std::string(kEchoedMax, 'a')), std::string(kEchoedMax, 'a'));
}

TEST(EchoTest, KeepsBothEndsOfWhatIsLong) {
  const std::string text = "begin" + std::string(52'428'790, 'x') + "isend";
  EXPECT_THAT(Echo(text), AllOf(StartsWith("beginxxx"),
                                EndsWith("xxxisend (52428800 bytes)"),
                                SizeIs(Le(kEchoedMax + 40))));
}

TEST(EchoTest, CutsBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "ü";
  for (const char* shift : {"", "a"}) {
    const std::string echo = Echo(shift + text);
    EXPECT_THAT(echo, testing::HasSubstr("ü(...)ü"));
  }
}

TEST(EchoTest, EscapesWhatMovesACursor) {
  EXPECT_EQ(Echo("a\x1b[2Jb\n"), "a\\x1b[2Jb\\x0a");
}

TEST(EchoTest, ClipsAMessage) {
  EXPECT_EQ(Clipped("two\nlines"), "two\nlines");
  EXPECT_THAT(Clipped(std::string(1'000'000, 'x')), SizeIs(Le(17'000u)));
}

}  // namespace
}  // namespace reprise
