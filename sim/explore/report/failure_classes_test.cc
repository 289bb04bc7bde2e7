#include "reprise/sim/explore/report/failure_classes.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

TrialResult Failing(uint64_t seed, std::string message, uint64_t events) {
  return {.seed = Seed(seed),
          .verdict = {.kind = VerdictKind::kViolated,
                      .property = "lost",
                      .message = std::move(message)},
          .events = events};
}

TEST(FindClasses, CountsAndNamesTheFastestSeed) {
  SweepResult result;
  result.violated = {
      Failing(3, "item 7 is missing", 90), Failing(5, "the log is short", 10),
      Failing(8, "item 2 is missing", 40), Failing(9, "item 1 is missing", 70)};
  const std::vector<FoundClass> classes = FindClasses(result);
  ASSERT_EQ(classes.size(), 2u);
  EXPECT_EQ(classes[0].failure.shape, "item # is missing");
  EXPECT_EQ(classes[0].count, 3u);
  EXPECT_EQ(classes[0].first_seed, Seed(3));
  EXPECT_EQ(classes[0].fastest_seed, Seed(8));
  EXPECT_EQ(classes[1].count, 1u);
}

}  // namespace
}  // namespace reprise
