#include "reprise/sim/trace/parse_time.h"

#include "gtest/gtest.h"
#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

TEST(ParseTimeTest, ReadsEveryUnit) {
  EXPECT_EQ(ParseTime("1.25s"), VirtualTime::Milliseconds(1250));
  EXPECT_EQ(ParseTime("3ms"), VirtualTime::Milliseconds(3));
  EXPECT_EQ(ParseTime("0.5us"), VirtualTime::Nanoseconds(500));
  EXPECT_EQ(ParseTime("17ns"), VirtualTime::Nanoseconds(17));
  EXPECT_EQ(ParseTime("0s"), VirtualTime());
}

TEST(ParseTimeTest, RefusesWhatIsNoTime) {
  for (const char* text : {"", "s", "12", "1.s", ".5s", "1.2.3s", "-1s", "1 s",
                           "1h", "99999999999999999999s"}) {
    EXPECT_FALSE(ParseTime(text)) << text;
  }
}

}  // namespace
}  // namespace reprise
