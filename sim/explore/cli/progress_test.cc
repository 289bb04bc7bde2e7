#include "reprise/sim/explore/cli/progress.h"

#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::cli {
namespace {

TEST(ProgressTest, SaysHowFarAndHowFast) {
  EXPECT_EQ(DescribeProgress("lab-basic",
                             {.seeds = 1200,
                              .passed = 1200,
                              .virtual_microseconds = 3'600'000'000},
                             2000, 2.0),
            "lab-basic · 1,200 of 2,000 seeds · 600 seeds/s · 1,800x · 0 "
            "violated");
  EXPECT_THAT(DescribeProgress("a", {.seeds = 2, .undecided = 1}, 9, 1.0),
              testing::HasSubstr(" · 1 undecided"));
}

TEST(ProgressTest, ALogGetsNoLineForAShortSweep) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  {
    ProgressLine progress(console, "a", 10);
    progress.Update({.seeds = 5, .passed = 5});
  }
  EXPECT_EQ(err.str(), "");
}

TEST(ProgressTest, ATerminalsLineIsTakenAway) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err, .has_live_progress = true};
  {
    ProgressLine progress(console, "a", 10);
    while (err.str().empty()) progress.Update({.seeds = 5, .passed = 5});
  }
  EXPECT_TRUE(err.str().starts_with("\ra · 5 of 10 seeds"));
  EXPECT_TRUE(err.str().ends_with("\r\x1b[K"));
  EXPECT_EQ(out.str(), "");
}

TEST(ProgressTest, FitsATerminalHoweverNarrow) {
  for (const int columns : {20, 2, 1}) {
    std::ostringstream out;
    std::ostringstream err;
    Console console{
        .out = out, .err = err, .has_live_progress = true, .columns = [&] {
          return columns;
        }};
    ProgressLine progress(console, "lab-basic", 100'000);
    while (err.str().empty()) progress.Update({.seeds = 5, .passed = 5});
    const std::string line = "lab-basic · 5 of 10";
    // The dot takes two bytes.
    EXPECT_EQ(
        err.str(),
        "\r" + line.substr(0, columns == 20 ? 20 : columns - 1) + "\x1b[K");
  }
}

}  // namespace
}  // namespace reprise::cli
