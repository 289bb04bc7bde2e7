#include "reprise/sim/explore/shrink/shrink_units.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

using testing::UnorderedElementsAre;

// A client with two loops, of two operations and of one.
std::vector<BegunOperation> OfTwoLoops() {
  return {{.client = 0, .index = 0, .loop = 0},
          {.client = 0, .index = 1, .loop = 0},
          {.client = 0, .index = 1000, .loop = 1000}};
}

// "operations 0 2" for an edit of the client.
std::vector<std::string> EditsOf(const Timeline& timeline,
                                 const std::string& purpose) {
  std::vector<std::string> edits;
  for (const Decision& each : timeline.edits.schedule) {
    if (each.purpose != purpose) continue;
    edits.push_back(std::to_string(each.index) + ": " +
                    std::to_string(each.value));
  }
  return edits;
}

TEST(CalmTimelineTest, BoundsEachLoopOfAClient) {
  ShrinkState state;
  state.trial.operations = OfTwoLoops();
  EXPECT_THAT(EditsOf(CalmTimeline(state), "operations"),
              UnorderedElementsAre("0: 2", "1000: 1"));
}

TEST(OnlyOperationsTest, LeavesALoopOutOfWhichNothingIsLeft) {
  const Timeline timeline = OnlyOperations(
      {}, OfTwoLoops(), {{.client = 0, .index = 1000, .loop = 1000}});
  EXPECT_THAT(EditsOf(timeline, "operations"),
              UnorderedElementsAre("0: 1", "1000: 1"));
  EXPECT_THAT(EditsOf(timeline, "operation-left-out"),
              UnorderedElementsAre("0: 1"));
}

TEST(OnlyOperationsTest, LeavesOutWhatComesBeforeTheLastOfALoop) {
  const Timeline timeline =
      OnlyOperations({}, OfTwoLoops(), {{.client = 0, .index = 1, .loop = 0}});
  EXPECT_THAT(EditsOf(timeline, "operations"),
              UnorderedElementsAre("0: 2", "1000: 1"));
  EXPECT_THAT(EditsOf(timeline, "operation-left-out"),
              UnorderedElementsAre("0: 1", "1000: 1"));
}

}  // namespace
}  // namespace reprise
