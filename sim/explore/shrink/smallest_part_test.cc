#include "reprise/sim/explore/shrink/smallest_part.h"

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

// A client and the index of its operation.
using Done = std::set<std::pair<int, int64_t>>;

// Two clients of five operations each that do nothing but note that they are
// done.
Scenario Noted(std::function<bool(const Done&)> is_bad) {
  return {.name = "noted", .run = [is_bad](Trial& trial) {
            World& world = trial.NewWorld(fault::Calm());
            Done done;
            for (int client = 0; client < 2; ++client) {
              world.AddNode(absl::StrCat("client-", client))
                  .Spawn([&, client](Env&) {
                    for (const int64_t i : trial.Operations(client, 5)) {
                      done.emplace(client, i);
                    }
                  });
            }
            trial.Run();
            trial.Expect(!is_bad(done), "no-bad-set", "the set was bad");
          }};
}

// Nothing can be left out of 0.1, 0.2 and 0.3 one by one, but 1.4 alone is
// enough.
bool HasThreeOrOne(const Done& done) {
  return (done.contains({0, 1}) && done.contains({0, 2}) &&
          done.contains({0, 3})) ||
         done.contains({1, 4});
}

TEST(SmallestPartTest, IsSmallerThanWhatLosesTheFailureOneByOne) {
  const absl::StatusOr<SmallestPart> smallest =
      FindSmallestPart(Noted(HasThreeOrOne), "", {.seed = Seed(1)}, 3, 1000);
  ASSERT_TRUE(smallest.ok()) << smallest.status();
  EXPECT_EQ(smallest->units, 10u);
  EXPECT_EQ(smallest->size, 1u);
}

TEST(SmallestPartTest, IsTheBoundWhereNoneIsSmaller) {
  const absl::StatusOr<SmallestPart> smallest =
      FindSmallestPart(Noted([](const Done& done) {
                         return done.contains({0, 0}) &&
                                done.contains({0, 4}) && done.contains({1, 2});
                       }),
                       "", {.seed = Seed(1)}, 3, 1000);
  ASSERT_TRUE(smallest.ok()) << smallest.status();
  EXPECT_EQ(smallest->size, 3u);
}

TEST(SmallestPartTest, FindsASetOfAnyPlaces) {
  for (int64_t one = 0; one < 5; ++one) {
    for (int64_t other = 0; other < 5; ++other) {
      const absl::StatusOr<SmallestPart> smallest = FindSmallestPart(
          Noted([&](const Done& done) {
            return done.contains({0, one}) && done.contains({1, other});
          }),
          "", {.seed = Seed(1)}, 10, 10'000);
      ASSERT_TRUE(smallest.ok()) << smallest.status();
      EXPECT_EQ(smallest->size, 2u);
    }
  }
}

TEST(SmallestPartTest, SaysWhereThereAreTooMany) {
  const absl::Status status =
      FindSmallestPart(Noted(HasThreeOrOne), "", {.seed = Seed(1)}, 4, 200)
          .status();
  EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
}

TEST(SmallestPartTest, RefusesATrialThatHolds) {
  const absl::Status status =
      FindSmallestPart(Noted([](const Done&) { return false; }), "",
                       {.seed = Seed(1)}, 4, 1000)
          .status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
}

}  // namespace
}  // namespace reprise
