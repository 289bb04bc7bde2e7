#include "tools/instructions/figures.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kText[] =
    "# Instructions.\n"
    "\n"
    "build gcc 12, of a machine\n"
    "one-call 1000 a trial of one call\n"
    "crowd 20000 a trial of many\n";

Figures Parsed(const std::string& text) {
  absl::StatusOr<Figures> figures = ParseFigures(text);
  EXPECT_TRUE(figures.ok()) << figures.status();
  return *std::move(figures);
}

std::string ErrorOf(const std::string& text) {
  const absl::StatusOr<Figures> figures = ParseFigures(text);
  EXPECT_EQ(figures.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(figures.status().message());
}

// What comes of `counted` instructions where a thousand are expected.
Comparison ComparedWithThousand(uint64_t counted) {
  const absl::StatusOr<Comparison> comparison =
      Compare({.build = "b", .figures = {{"one-call", 1000, "a trial"}}},
              {.build = "b", .figures = {{"one-call", counted, "a trial"}}});
  EXPECT_TRUE(comparison.ok()) << comparison.status();
  return *comparison;
}

TEST(FiguresTest, AreRead) {
  const Figures figures = Parsed(kText);
  EXPECT_EQ(figures.build, "gcc 12, of a machine");
  ASSERT_EQ(figures.figures.size(), 2u);
  EXPECT_EQ(figures.figures[1].measure, "crowd");
  EXPECT_EQ(figures.figures[1].instructions, 20000u);
  EXPECT_EQ(figures.figures[1].about, "a trial of many");
}

TEST(FiguresTest, AreWrittenAsTheyAreRead) {
  const std::string written = FormatFigures(Parsed(kText));
  EXPECT_EQ("# Instructions.\n\n" + written, kText);
  EXPECT_EQ(FormatFigures(Parsed(written)), written);
}

TEST(FiguresTest, NameALineThatIsBroken) {
  const std::string text = kText;
  EXPECT_EQ(ErrorOf(text + "third many a trial\n"),
            "line 6: expected MEASURE INSTRUCTIONS ABOUT, the instructions a "
            "positive number, got: third many a trial");
  EXPECT_THAT(ErrorOf(text + "third\n"), HasSubstr("line 6: expected"));
  EXPECT_THAT(ErrorOf(text + "third 0 a trial\n"), HasSubstr("line 6"));
  EXPECT_THAT(ErrorOf(text + "third -5 a trial\n"), HasSubstr("line 6"));
  EXPECT_THAT(ErrorOf(text + "third 1e99 a trial\n"), HasSubstr("line 6"));
  EXPECT_THAT(ErrorOf(text + "crowd 7 again\n"),
              HasSubstr("line 6: crowd is there twice"));
  EXPECT_THAT(ErrorOf(text + "build another\n"),
              HasSubstr("line 6: a second build"));
}

TEST(FiguresTest, MustSayOfWhichBuildTheyAre) {
  EXPECT_EQ(ErrorOf("one-call 1000 a trial\n"),
            "no line says of which build it is");
  EXPECT_EQ(ErrorOf(""), "no line says of which build it is");
}

TEST(FiguresTest, GrowWhereTheyGrowByMoreThanTheTolerance) {
  const Comparison comparison = ComparedWithThousand(1040);
  EXPECT_TRUE(comparison.has_grown);
  EXPECT_THAT(comparison.text,
              HasSubstr("one-call has grown by more than 3 %: +4.0 %\n"));
  EXPECT_TRUE(ComparedWithThousand(1031).has_grown);
}

TEST(FiguresTest, MayChangeByTheTolerance) {
  for (const uint64_t counted : {970u, 980u, 1000u, 1020u, 1030u}) {
    const Comparison comparison = ComparedWithThousand(counted);
    EXPECT_FALSE(comparison.has_grown) << counted;
    EXPECT_THAT(comparison.text, Not(HasSubstr("more than"))) << counted;
  }
}

TEST(FiguresTest, AreSaidToHaveFallenWithoutFailing) {
  const Comparison comparison = ComparedWithThousand(960);
  EXPECT_FALSE(comparison.has_grown);
  EXPECT_THAT(comparison.text,
              HasSubstr("one-call has fallen by more than 3 %: -4.0 %\n"));
}

TEST(FiguresTest, HaveARowEach) {
  const Figures expected = Parsed(kText);
  Figures counted = expected;
  counted.figures[1].instructions = 20200;
  const absl::StatusOr<Comparison> comparison = Compare(expected, counted);
  ASSERT_TRUE(comparison.ok()) << comparison.status();
  EXPECT_EQ(comparison->text,
            "measure   expected  counted  change  instructions of\n"
            "one-call     1,000    1,000  +0.0 %  a trial of one call\n"
            "crowd       20,000   20,200  +1.0 %  a trial of many\n");
}

TEST(FiguresTest, NameAMeasureThatIsMissing) {
  const Figures both = Parsed(kText);
  Figures one = both;
  one.figures.pop_back();
  EXPECT_EQ(Compare(one, both).status().message(),
            "there is no line for crowd");
  EXPECT_EQ(Compare(both, one).status().message(), "there is no measure crowd");
}

}  // namespace
}  // namespace reprise
