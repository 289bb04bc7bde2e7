#include "reprise/sim/explore/trial/schedule_check.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/world/decisions.h"

namespace reprise {
namespace {

using testing::HasSubstr;

bool IsAllowed(const Decision& decision) {
  const absl::Status status = CheckDecision(decision);
  EXPECT_TRUE(status.ok() || absl::IsInvalidArgument(status));
  return status.ok();
}

constexpr uint64_t kLongest = INT64_MAX;

TEST(CheckDecisionTest, AFaultHappensOrNot) {
  EXPECT_TRUE(IsAllowed({"a->b", "request-loss", 5, 0}));
  EXPECT_TRUE(IsAllowed({"a->b", "request-loss", 5, 1}));
  EXPECT_FALSE(IsAllowed({"a->b", "request-loss", 5, 2}));
  EXPECT_FALSE(IsAllowed({"server", "site-lose-reply", 5, 2}));
  EXPECT_TRUE(IsAllowed({"a->b", "reset", 5, 1}));
  EXPECT_FALSE(IsAllowed({"a->b", "reset", 5, 2}));
  EXPECT_FALSE(IsAllowed({"server", "clock-jump", 5, 2}));
}

TEST(CheckDecisionTest, ADurationEndsBeforeVirtualTimeDoes) {
  for (const char* purpose :
       {"request-delay", "crash", "partition", "clog", "sync-delay"}) {
    EXPECT_TRUE(IsAllowed({"a", purpose, 0, kLongest})) << purpose;
    EXPECT_FALSE(IsAllowed({"a", purpose, 0, kLongest + 1})) << purpose;
  }
}

TEST(CheckDecisionTest, WhatIsScriptedLastsForADuration) {
  for (const char* purpose : {"partition", "cut", "clog", "crash", "pause",
                              "slow", "clock-jump", "reset"}) {
    EXPECT_TRUE(IsAllowed({"script", purpose, 0, kLongest})) << purpose;
    EXPECT_FALSE(IsAllowed({"script", purpose, 0, kLongest + 1})) << purpose;
  }
}

TEST(CheckDecisionTest, OfAFateTheChoiceCounts) {
  for (const uint64_t fate : {0, 1, 3, 0x701}) {
    EXPECT_TRUE(IsAllowed({"server/log", "sector-fate", 0, fate})) << fate;
  }
  for (const uint64_t fate : {4, 0x700}) {
    EXPECT_FALSE(IsAllowed({"server/log", "sector-fate", 0, fate})) << fate;
  }
}

TEST(CheckDecisionTest, APacketsPlaceSaysWhatItServes) {
  EXPECT_TRUE(IsAllowed({"a->b", "request-loss", 0, 1, "Put 1.7 #0"}));
  EXPECT_FALSE(IsAllowed({"a->b", "request-loss", 0, 1, "Put 1.7"}));
  EXPECT_FALSE(IsAllowed({"a", "crash", 0, 1, "Put 1.7 #0"}));
}

TEST(CheckDecisionTest, ATurnsPlaceSaysWhatItServes) {
  EXPECT_TRUE(IsAllowed({"server", "task-passed", 0, 2, "apply 1.7 #0"}));
  EXPECT_TRUE(IsAllowed({"server", "task-forgotten", 0, 9, "main 0 #3"}));
  EXPECT_FALSE(IsAllowed({"server", "task-passed", 0, 2, "apply 1.7"}));
  EXPECT_FALSE(IsAllowed({"server", "task-passed", 0, 2, "apply 1.7 #0.1"}));
  EXPECT_EQ(CheckDecision({"server", "task-passed", 5, 2}).message(),
            "server:task-passed:5: 5 is no place of a task-passed, expected "
            "\"TASK CLIENT.OPERATION #NUMBER\".");
}

TEST(CheckDecisionTest, WordsAndPlacesMayBeAnyNumber) {
  EXPECT_TRUE(IsAllowed({"world", "partition-shape", 0, UINT64_MAX}));
  EXPECT_TRUE(IsAllowed({"server/log", "bit-rot", 0, UINT64_MAX}));
}

TEST(CheckDecisionTest, ShapesAreSaidInWords) {
  EXPECT_TRUE(IsAllowed({"world", "partition-shape", 3, 0, "", "{a b} | {c}"}));
  EXPECT_TRUE(IsAllowed({"world", "partition-shape", 3, 0, "", "nothing"}));
  EXPECT_FALSE(IsAllowed({"a->b", "clog", 3, 0, "", "{a} | {b}"}));
  EXPECT_FALSE(IsAllowed({"script", "partition", 3, 0, "", "{a} | {b}"}));
}

TEST(CheckDecisionTest, SaysWhatIsWrongWithWords) {
  EXPECT_EQ(
      CheckDecision({"world", "partition-shape", 3, 0, "", "{a b}"}).message(),
      "world:partition-shape:3 is \"{a b}\", expected what is cut, such as "
      "\"{a b} | {c}\", \"{a} -/-> {b c}\" or \"nothing\", or a whole number "
      "to "
      "draw it with: expected \"|\" or \"-/->\", found the end.");
  EXPECT_EQ(CheckDecision({"a->b", "request-loss", 5, 0, "", "yes"}).message(),
            "a->b:request-loss:5 is \"yes\", expected 0 or 1.");
}

TEST(CheckDecisionTest, SaysWhatWasExpected) {
  EXPECT_EQ(CheckDecision({"a->b", "request-loss", 5, 7}).message(),
            "a->b:request-loss:5 is 7, expected 0 or 1.");
  EXPECT_EQ(CheckDecision({"a/log", "sector-fate", 5, 4}).message(),
            "a/log:sector-fate:5 is 4, expected 0, or a number whose lowest 8 "
            "bits are 1 to 3.");
}

TEST(CheckDecisionTest, SuggestsAPurposeThatExists) {
  EXPECT_THAT(std::string(CheckDecision({"a", "parttion", 0, 1}).message()),
              HasSubstr("did you mean partition?"));
  EXPECT_FALSE(IsAllowed({"a", "site-", 0, 1}));
}

TEST(LineOfDecisionTest, CountsEntriesOfTheScheduleAlone) {
  const std::string_view text =
      "{\n"
      "  \"message\": \"[\\\" [\",\n"
      "  \"options\": {\"a\": 1, \"b\": [2], \"c\": 3},\n"
      "  \"reseeds\": [[1, 2],\n   [3, 4]],\n"
      "  \"schedule\": [[\"x\", \"[,\", 0, 1],\n"
      "    {\"odd\": [1]},\n"
      "    17, [\"y\",\n"
      "    2]\n"
      "  ,\n"
      "  [\"z\"]]\n"
      "}\n";
  EXPECT_EQ(LineOfDecision(text, 1), 6u);
  EXPECT_EQ(LineOfDecision(text, 2), 7u);
  EXPECT_EQ(LineOfDecision(text, 3), 8u);
  EXPECT_EQ(LineOfDecision(text, 4), 8u);
  EXPECT_EQ(LineOfDecision(text, 5), 11u);
}

}  // namespace
}  // namespace reprise
