#include "reprise/checker/history/timeline.h"

#include <vector>

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

TEST(TimelineTest, ShowsIntervalsBesideEachOther) {
  const std::vector<TimelineRow> rows = {
      {.client = 0, .label = "put a", .call = 10, .ret = 900},
      {.client = 12, .label = "get = b", .call = 500, .ret = 1000},
      {.client = 2, .label = "put b", .call = 950}};
  EXPECT_EQ(TimelineText(rows),
            "client 0    put a    |-----|\n"
            "client 12   get = b     |--------|\n"
            "client 2    put b             |----->\n");
}

TEST(TimelineTest, CountsColumnsAndNotBytes) {
  const std::vector<TimelineRow> rows = {
      {.client = 0, .label = "\u00e9", .call = 0, .ret = 1},
      {.client = 0, .label = "ab", .call = 2, .ret = 3}};
  EXPECT_EQ(TimelineText(rows),
            "client 0    \u00e9   |--|\n"
            "client 0    ab        |--|\n");
}

}  // namespace
}  // namespace reprise::checker
