#include "tools/kv_program/status_report.h"

#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/server_status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/real/address.h"

namespace reprise::kv {
namespace {

using testing::HasSubstr;

// b leads; c is a learner that lacks 70 entries; d does not answer.
StatusReport Report() {
  const Address address = *ParseAddress("127.0.0.1:7000");
  StatusReport report = {
      .servers = {
          {"a", address}, {"b", address}, {"c", address}, {"d", address}}};
  ServerStatus follower = {.term = 3, .commit = 80, .applied = 80, .last = 90};
  ServerStatus leader = follower;
  leader.role = raft::Role::kLeader;
  leader.commit = 88;
  leader.membership = {.voters = {NodeId(0), NodeId(1), NodeId(3)},
                       .learners = {NodeId(2)}};
  leader.followers = {{.node = NodeId(0), .match = 90, .is_heard = true},
                      {.node = NodeId(2), .match = 20, .is_heard = true},
                      {.node = NodeId(3), .match = 10}};
  report.statuses = {follower, leader, follower,
                     absl::UnavailableError("refused")};
  return report;
}

TEST(StatusReportTest, TellsRolesByTheLeader) {
  EXPECT_EQ(Report().ToText(),
            "server  role          term     commit    applied     log to      "
            "lacks  address\n"
            "a       voter            3         80         80         90      "
            "    0  127.0.0.1:7000\n"
            "b       leader           3         88         80         90      "
            "    0  127.0.0.1:7000\n"
            "c       learner          3         80         80         90      "
            "   70  127.0.0.1:7000\n"
            "d       voter            -          -          -          -      "
            "    -  127.0.0.1:7000  does not answer\n"
            "3 voters, 2 make a majority; a change of members is in "
            "progress\n");
}

TEST(StatusReportTest, TheLatestTermLeads) {
  StatusReport report = Report();
  report.statuses[0]->role = raft::Role::kLeader;
  report.statuses[0]->term = 2;
  EXPECT_EQ(report.Leader(), 1U);
  report.statuses[0]->term = 4;
  EXPECT_EQ(report.Leader(), 0U);
}

TEST(StatusReportTest, IsOneObjectOfJson) {
  const nlohmann::ordered_json json = Report().ToJson();
  EXPECT_EQ(json["leader"], "b");
  EXPECT_EQ(json["voters"], nlohmann::ordered_json({"a", "b", "d"}));
  EXPECT_EQ(json["learners"], nlohmann::ordered_json({"c"}));
  EXPECT_EQ(json["may_change"], false);
  EXPECT_EQ(json["servers"][2]["role"], "learner");
  EXPECT_EQ(json["servers"][2]["lacks"], 70);
  EXPECT_EQ(json["servers"][3]["answers"], false);
  EXPECT_EQ(json["servers"][3]["error"], "refused");
  EXPECT_FALSE(json["servers"][3].contains("commit"));
}

TEST(StatusReportTest, SaysThatNobodyLeads) {
  StatusReport report = Report();
  report.statuses[1]->role = raft::Role::kCandidate;
  EXPECT_THAT(report.ToText(), HasSubstr("nobody leads\n"));
  EXPECT_EQ(report.ToJson()["leader"], nullptr);
  report.statuses[1]->membership = {.voters = {NodeId(1)}};
  EXPECT_EQ(report.ToJson()["servers"][1]["role"], "voter");
  EXPECT_EQ(report.ToJson()["servers"][0]["role"], "no member");
}

}  // namespace
}  // namespace reprise::kv
