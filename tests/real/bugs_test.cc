// Each planted bug of the table in docs/PRODUCTION.md is found by the drill and
// the property that the table says.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "reprise/sim/core/ids.h"
#include "tests/real/drill.h"
#include "tests/real/drills.h"
#include "tests/real/finding.h"
#include "tests/real/real_bugs.h"
#include "tests/real/testing.h"

namespace reprise {
namespace {

constexpr char kHead[] = "| bug | drill | property |";
constexpr int kRoundsAtOnce = 10;

struct Row {
  std::string bug;
  std::string drill;
  std::string property;
};

// A cell without the marks of code.
std::string Cell(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  absl::ConsumePrefix(&text, "`");
  absl::ConsumeSuffix(&text, "`");
  return std::string(text);
}

void PrintTo(const Row& row, std::ostream* out) { *out << row.bug; }

std::vector<Row> Table() {
  std::ifstream page("docs/PRODUCTION.md");
  std::vector<Row> rows;
  bool is_in_table = false;
  for (std::string line; std::getline(page, line);) {
    if (line == kHead) {
      is_in_table = true;
      std::getline(page, line);  // The rule below the head.
      continue;
    }
    is_in_table = is_in_table && line.starts_with("|");
    if (!is_in_table) continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '|');
    if (cells.size() == 5) {
      rows.push_back({Cell(cells[1]), Cell(cells[2]), Cell(cells[3])});
    }
  }
  return rows;
}

class RealBugTest : public testing::TestWithParam<Row> {};

// A few faults at a time, as most bugs need no more.
TEST_P(RealBugTest, IsFound) {
  const Row& row = GetParam();
  const std::optional<Drill> drill = FindDrill(row.drill);
  ASSERT_TRUE(drill) << "there is no drill " << row.drill;
  ASSERT_TRUE(FindRealBug(row.bug)) << "there is no bug " << row.bug;
  Finding finding;
  int rounds = 0;
  for (uint64_t seed = SeedOfRun().value();
       finding.result == DrillResult::kHolds && rounds < drill->rounds;
       ++seed) {
    rounds += kRoundsAtOnce;
    finding = drill->run({.program = ProgramAt("tests/real/buggy_kv_main"),
                          .bug = row.bug,
                          .folder = EmptyFolder(absl::StrCat(row.bug, seed)),
                          .seed = Seed(seed),
                          .rounds = std::min(kRoundsAtOnce, drill->rounds),
                          .storage = drill->storage});
  }
  if (finding.result == DrillResult::kSkipped) GTEST_SKIP() << finding.text;
  std::printf("after at most %d rounds: %s: %s\n", rounds,
              finding.property.c_str(), finding.text.c_str());
  EXPECT_TRUE(finding.result == DrillResult::kViolated) << finding.text;
  const std::vector<std::string> properties =
      absl::StrSplit(row.property, " or ");
  EXPECT_TRUE(std::find(properties.begin(), properties.end(),
                        finding.property) != properties.end())
      << finding.property << ", not " << row.property;
}

INSTANTIATE_TEST_SUITE_P(Bugs, RealBugTest, testing::ValuesIn(Table()),
                         [](const auto& info) {
                           return TestName(info.param.bug);
                         });

TEST(RealBugsTest, AreAtLeastTen) { EXPECT_GE(Table().size(), 10u); }

}  // namespace
}  // namespace reprise
