#include "reprise/sim/explore/report/text_table.h"

#include <limits>

#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(TextTableTest, AlignsColumns) {
  TextTable table({{"scenario"}, {"seeds", Align::kRight}, {"verdict"}});
  table.AddRow({"lab-basic", "20", "holds"});
  table.AddRow({"harsh-random-keys", "2,000", ""});
  EXPECT_EQ(table.ToString(),
            "scenario           seeds  verdict\n"
            "lab-basic             20  holds\n"
            "harsh-random-keys  2,000\n");
}

TEST(TextTableTest, OmitsEmptyTitles) {
  TextTable table({{""}, {""}});
  table.AddRow({"a", "b"});
  EXPECT_EQ(table.ToString(), "a  b\n");
}

TEST(NumberTest, SeparatesThousands) {
  EXPECT_EQ(WithThousands(0), "0");
  EXPECT_EQ(WithThousands(999), "999");
  EXPECT_EQ(WithThousands(1000), "1,000");
  EXPECT_EQ(WithThousands(std::numeric_limits<uint64_t>::max()),
            "18,446,744,073,709,551,615");
}

TEST(NumberTest, KeepsThreeFigures) {
  EXPECT_EQ(WithThreeFigures(0), "0.00");
  EXPECT_EQ(WithThreeFigures(1.2345), "1.23");
  EXPECT_EQ(WithThreeFigures(12.345), "12.3");
  EXPECT_EQ(WithThreeFigures(123.45), "123");
  EXPECT_EQ(WithThreeFigures(12345.6), "12,346");
  EXPECT_EQ(WithThreeFigures(std::numeric_limits<double>::infinity()), "-");
}

TEST(NumberTest, CountsInMillions) {
  EXPECT_EQ(InMillions(99'999), "99,999");
  EXPECT_EQ(InMillions(2'345'678), "2.3 M");
  EXPECT_EQ(InMillions(600'000), "0.6 M");
}

TEST(NumberTest, CountsWithItsNoun) {
  EXPECT_EQ(Count(1, "seed"), "1 seed");
  EXPECT_EQ(Count(2000, "seed"), "2,000 seeds");
}

}  // namespace
}  // namespace reprise
