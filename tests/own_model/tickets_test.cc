#include "tests/own_model/tickets.h"

#include <fstream>
#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/testing/seed_sweep.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

TEST(TicketsTest, HoldForManySeeds) {
  const Catalog catalog = TicketCatalog();
  EXPECT_TRUE(HoldsForSeeds(catalog.scenarios[0], {.seeds = 300}));
}

TEST(TicketsTest, FindTheBug) {
  const Catalog catalog = TicketCatalog();
  EXPECT_TRUE(FindsBug(catalog, catalog.bugs[0]));
}

TEST(TicketsTest, AFailureShowsTheOperationsThatContradictEachOther) {
  const Catalog catalog = TicketCatalog();
  TrialArena arena;
  for (uint64_t seed = 0;; ++seed) {
    ASSERT_LT(seed, 100u) << "no seed shows the bug";
    const TrialResult result =
        RunTrial(catalog.scenarios[0],
                 {.seed = Seed(seed), .bug = "forgets-repeats"}, arena);
    if (result.verdict.kind != VerdictKind::kViolated) continue;
    EXPECT_THAT(result.verdict.message,
                testing::AllOf(testing::HasSubstr("no order explains "),
                               testing::HasSubstr("take() = "),
                               testing::HasSubstr("|--")));
    return;
  }
}

// `check` reads what the model prints.
TEST(TicketsTest, FilesAreJudgedByTheModel) {
  const std::string path = testing::TempDir() + "/tickets.jsonl";
  std::ofstream(path)
      << R"({"client":0,"op":"take","output":1,"call":0,"return":1})"
      << "\n"
      << R"({"client":1,"op":"take","output":1,"call":2,"return":3})"
      << "\n";
  std::ostringstream out;
  cli::Console console{.out = out, .err = out};
  EXPECT_EQ(cli::RunCommandLine({"check", path, "--model=tickets"},
                                TicketCatalog(), console),
            1);
  EXPECT_THAT(out.str(), testing::HasSubstr("no order explains take() = 1 of "
                                            "client 1 beside take() = 1 of "
                                            "client 0"));
}

}  // namespace
}  // namespace reprise
