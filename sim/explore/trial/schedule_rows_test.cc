#include "reprise/sim/explore/trial/schedule_rows.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Decision LeftOut(int client, uint64_t index) {
  return {"client " + std::to_string(client), "operation-left-out", index, 1};
}

Schedule ReadAll(const std::vector<std::string>& rows) {
  Schedule schedule;
  for (const std::string& row : rows) {
    const absl::StatusOr<Schedule> part = ReadRow(nlohmann::json::parse(row));
    EXPECT_TRUE(part.ok()) << part.status();
    if (part.ok()) schedule.insert(schedule.end(), part->begin(), part->end());
  }
  return schedule;
}

std::string ErrorOf(std::string_view row, size_t most = kDecisionsMost) {
  const absl::Status status =
      ReadRow(nlohmann::json::parse(row), most).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << row;
  return std::string(status.message());
}

TEST(ScheduleRowsTest, NeighboursWithOneAnswerShareARow) {
  const Schedule schedule = {LeftOut(3, 0), LeftOut(3, 1), LeftOut(3, 2),
                             LeftOut(3, 4), LeftOut(4, 5)};
  const std::vector<std::string> rows = RowsOf(schedule);
  EXPECT_THAT(rows,
              ElementsAre(R"(["client 3", "operation-left-out", [0, 2], 1])",
                          R"(["client 3", "operation-left-out", 4, 1])",
                          R"(["client 4", "operation-left-out", 5, 1])"));
  EXPECT_EQ(ReadAll(rows), schedule);
}

TEST(ScheduleRowsTest, WhatDiffersHasARowOfItsOwn) {
  const Schedule schedule = {
      {"a", "crash", 1, 7},
      {"a", "crash", 2, 8},
      {"a", "pause", 3, 8},
      {"a", "pause", 2, 8},
      {"a->b", "request-loss", 0, 1, "Put 1.7 #0"},
      {"a->b", "request-loss", 0, 1, "Put 1.7 #1"},
      {"world", "partition-shape", 3, 0, "", "{a} | {b}"}};
  const std::vector<std::string> rows = RowsOf(schedule);
  EXPECT_EQ(rows.size(), schedule.size());
  EXPECT_EQ(ReadAll(rows), schedule);
}

TEST(ScheduleRowsTest, ARangeMayReachTheLastIndex) {
  const Schedule schedule = {LeftOut(0, UINT64_MAX - 1),
                             LeftOut(0, UINT64_MAX)};
  EXPECT_EQ(ReadAll(RowsOf(schedule)), schedule);
}

TEST(ScheduleRowsTest, SaysWhatARowIs) {
  for (const std::string_view row :
       {R"(17)", R"(["a", "crash", 1])", R"(["a", "crash", -1, 1])",
        R"(["a", "crash", [1], 1])", R"(["a", "crash", [2, 1], 1])",
        R"(["a", "crash", [1, "2"], 1])", R"(["a", "crash", [1, 2, 3], 1])",
        R"(["a", "crash", 1, ""])", R"([0, "crash", 1, 1])"}) {
    EXPECT_EQ(ErrorOf(row),
              " is not [\"entity\", \"purpose\", index, [first, last] or "
              "\"packet\", value or \"words\"]");
  }
}

TEST(ScheduleRowsTest, RefusesWhatADecisionMayNotBe) {
  EXPECT_THAT(ErrorOf(R"(["client 3", "operation-left-out", [0, 41], 2])"),
              HasSubstr("operation-left-out:0 is 2, expected 0 or 1"));
}

TEST(ScheduleRowsTest, RefusesMoreDecisionsThanThereMayBe) {
  const std::string_view row = R"(["a", "operation-left-out", [0, 41], 1])";
  EXPECT_EQ(ReadRow(nlohmann::json::parse(row), 42)->size(), 42u);
  EXPECT_EQ(ErrorOf(row, 41),
            " goes beyond the 4194304 decisions that a file may have");
  EXPECT_THAT(ErrorOf(R"(["a", "crash", [0, 18446744073709551615], 1])"),
              HasSubstr("goes beyond"));
}

TEST(RowOfDecisionTest, CountsTheDecisionsOfARange) {
  const std::string_view text =
      R"({"schedule": [["a", "crash", 1, 1], ["a", "crash", [3, 5], 1],
                       ["a", "pause", 9, 1]]})";
  EXPECT_EQ(RowOfDecision(text, 1), 1u);
  EXPECT_EQ(RowOfDecision(text, 2), 2u);
  EXPECT_EQ(RowOfDecision(text, 4), 2u);
  EXPECT_EQ(RowOfDecision(text, 5), 3u);
}

}  // namespace
}  // namespace reprise
