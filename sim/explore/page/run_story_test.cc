#include "reprise/sim/explore/page/run_story.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/operation_content.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using K = EventKind;

constexpr NodeId kServer(0);
constexpr NodeId kFirst(1);
constexpr NodeId kSecond(2);
constexpr uint64_t kMillisecond = 1'000'000;
constexpr uint64_t kGet = 0;
constexpr uint64_t kPut = 1;
constexpr uint64_t kDeadline = 4;
constexpr uint64_t kUnavailable = 14;

// A run of a server and two clerks, told event by event.
class RunStoryTest : public testing::Test {
 protected:
  RunStoryTest() {
    for (const char* name : {"server", "clerk-0", "clerk-1"}) {
      list_.OnEvent({.kind = K::kNodeNamed, .id = nodes_++}, name);
    }
    list_.OnEvent({.kind = K::kMethodNamed, .id = 0}, "kv.Call");
  }

  // At `milliseconds` of virtual time.
  void At(int64_t milliseconds, TraceEvent event,
          std::string_view content = {}) {
    event.time = VirtualTime::Milliseconds(milliseconds);
    event.bytes = content.size();
    list_.OnEvent(event, content);
  }
  void Calls(int64_t time, NodeId node, uint64_t id, uint64_t kind,
             std::string_view key, std::string_view value = {}) {
    TraceEvent event{.time = VirtualTime::Milliseconds(time),
                     .kind = K::kOperationCalled,
                     .node = node,
                     .id = id,
                     .value = kind,
                     .bytes = value.size()};
    list_.OnEvent(event, JoinOperation(key, value));
  }
  void Returns(int64_t time, NodeId node, uint64_t id, uint64_t kind,
               std::string_view output = {}) {
    At(time,
       {.kind = K::kOperationReturned, .node = node, .id = id, .value = kind},
       output);
  }
  // What happens to a request of `node` or to its reply.
  void Request(int64_t time, EventKind kind, NodeId node, uint64_t call,
               uint64_t value = kMillisecond) {
    At(time, {.kind = kind,
              .node = node,
              .peer = kServer,
              .id = call,
              .value = value});
  }
  void Reply(int64_t time, EventKind kind, NodeId node, uint64_t call,
             uint64_t value = kMillisecond) {
    At(time, {.kind = kind,
              .node = kServer,
              .peer = node,
              .id = call,
              .value = value});
  }
  // A whole operation with nothing wrong, in three milliseconds.
  void Does(int64_t time, NodeId node, uint64_t id, uint64_t kind,
            std::string_view key, std::string_view value,
            std::string_view output = {}) {
    Calls(time, node, id, kind, key, value);
    Request(time, K::kRequestSent, node, 1000 + id);
    Reply(time + 1, K::kRequestDelivered, node, 1000 + id);
    Reply(time + 1, K::kReplySent, node, 1000 + id);
    Request(time + 2, K::kReplyDelivered, node, 1000 + id);
    Returns(time + 2, node, id, kind, output);
  }

  std::vector<std::string> Story(const Verdict& verdict, size_t lines = 15) {
    return TellStory({.events = list_.events(),
                      .verdict = verdict,
                      .asides = list_.asides(),
                      .lines_max = lines});
  }

  EventList list_;
  uint64_t nodes_ = 0;
  const Verdict wrong_read_{
      .kind = VerdictKind::kViolated,
      .property = "linearizability",
      .message =
          "key \"k\": client 1 read \"old\" although \"new\" had "
          "replaced it\nmore",
      .operations = {1, 2}};
};

// Operation 0 puts "old", is lost on its way back and asks again; operation 1
// puts "new"; then the first one is executed once more.
TEST_F(RunStoryTest, TellsALostReplyAndWhatComesOfIt) {
  Calls(0, kFirst, 0, kPut, "k", "old");
  Request(0, K::kRequestSent, kFirst, 1);
  Reply(1, K::kRequestDelivered, kFirst, 1);
  Reply(1, K::kReplyLost, kFirst, 1);
  Does(20, kSecond, 1, kPut, "k", "new");
  Request(100, K::kCallFailed, kFirst, 1, kDeadline);
  Request(100, K::kRequestSent, kFirst, 2);
  Reply(101, K::kRequestDelivered, kFirst, 2);
  Reply(101, K::kReplySent, kFirst, 2);
  Request(102, K::kReplyDelivered, kFirst, 2);
  Returns(102, kFirst, 0, kPut);
  Does(110, kSecond, 2, kGet, "k", "", "old");
  EXPECT_THAT(
      Story(wrong_read_),
      ElementsAre("0.000 s: clerk-0 calls Put(\"k\", \"old\") as operation "
                  "0; server receives it at 0.001 s; the reply of server "
                  "is lost.",
                  "0.020 s: clerk-1 calls Put(\"k\", \"new\") as operation "
                  "1; server receives it at 0.021 s; clerk-1 is answered "
                  "at 0.022 s.",
                  "0.100 s, operation 0: clerk-0 gives up after 100 ms and "
                  "asks again; server receives it a second time at 0.101 "
                  "s; clerk-0 is answered at 0.102 s.",
                  "0.110 s: clerk-1 calls Get(\"k\") as operation 2; "
                  "server receives it at 0.111 s; clerk-1 is answered "
                  "\"old\" at 0.112 s.",
                  "Operations 1 and 2 contradict each other: key \"k\": "
                  "client 1 read \"old\" although \"new\" had replaced it"));
}

TEST_F(RunStoryTest, TellsWhatTheNetworkDidToRequests) {
  Calls(0, kFirst, 0, kPut, "k", "old");
  Request(0, K::kRequestLost, kFirst, 1);
  Request(5, K::kCallFailed, kFirst, 1, kUnavailable);
  Request(5, K::kRequestSent, kFirst, 2);
  Request(5, K::kRequestDuplicated, kFirst, 2, 30 * kMillisecond);
  Reply(6, K::kRequestDelivered, kFirst, 2);
  Reply(6, K::kReplySent, kFirst, 2);
  Request(7, K::kReplyDelivered, kFirst, 2);
  Returns(7, kFirst, 0, kPut);
  Does(10, kSecond, 1, kPut, "k", "new");
  Reply(35, K::kRequestDelivered, kFirst, 2);
  Does(40, kSecond, 2, kGet, "k", "", "old");
  EXPECT_THAT(
      Story(wrong_read_),
      ElementsAre(
          "0.000 s: clerk-0 calls Put(\"k\", \"old\") as operation "
          "0; the request to server is lost; clerk-0 is told "
          "UNAVAILABLE and asks again; the network doubles the "
          "request.",
          "0.006 s, operation 0: server receives it; clerk-0 is "
          "answered at 0.007 s.",
          "0.010 s: clerk-1 calls Put(\"k\", \"new\") as operation "
          "1; server receives it at 0.011 s; clerk-1 is answered "
          "at 0.012 s.",
          "0.035 s, operation 0: after its answer, server receives it a "
          "second time.",
          "0.040 s: clerk-1 calls Get(\"k\") as operation 2; "
          "server receives it at 0.041 s; clerk-1 is answered "
          "\"old\" at 0.042 s.",
          HasSubstr("Operations 1 and 2 contradict each other")));
}

TEST_F(RunStoryTest, TellsACrashAndWhatItLost) {
  Does(0, kFirst, 1, kPut, "k", "new");
  At(5, {.kind = K::kFileOpened, .node = kServer, .id = 1, .value = 1}, "log");
  At(9, {.kind = K::kNodeStopped, .node = kServer});
  At(9, {.kind = K::kFileUnsynced, .node = kServer, .id = 1, .value = 1});
  At(9, {.kind = K::kSectorLost, .node = kServer, .id = 1, .value = 3});
  At(29, {.kind = K::kNodeBooted, .node = kServer, .id = 1});
  Does(30, kSecond, 2, kGet, "k", "", "");
  EXPECT_THAT(
      Story(wrong_read_),
      ElementsAre("0.000 s: clerk-0 calls Put(\"k\", \"new\") as operation "
                  "1; server receives it at 0.001 s; clerk-0 is answered "
                  "at 0.002 s.",
                  "0.009 s: server crashes and restarts after 20 ms; "
                  "server loses log sector 3.",
                  "0.030 s: clerk-1 calls Get(\"k\") as operation 2; "
                  "server receives it at 0.031 s; clerk-1 is answered \"\" "
                  "at 0.032 s.",
                  HasSubstr("contradict each other")));
}

TEST_F(RunStoryTest, TellsAPartitionAndRepetitionsOnce) {
  At(1, {.kind = K::kPartitioned}, "server->clerk-0, clerk-0->server");
  Calls(2, kFirst, 0, kGet, "k");
  for (int64_t i = 0; i < 5; ++i) {
    const auto call = static_cast<uint64_t>(i);
    Request(2 + 10 * i, K::kRequestUnreachable, kFirst, call);
    Request(12 + 10 * i, K::kCallFailed, kFirst, call, kUnavailable);
  }
  At(61, {.kind = K::kPartitionHealed}, "server->clerk-0, clerk-0->server");
  At(62, {.kind = K::kNodePaused, .node = kServer});
  At(72, {.kind = K::kNodeResumed, .node = kServer});
  const Verdict liveness{.kind = VerdictKind::kViolated,
                         .property = "liveness",
                         .message = "the work is not done"};
  EXPECT_THAT(
      Story(liveness),
      ElementsAre("0.001 s: partition {server} | {clerk-0} for 60 ms.",
                  "0.002 s: clerk-0 calls Get(\"k\") as operation 0, which "
                  "is never answered; server cannot be reached; clerk-0 is "
                  "told UNAVAILABLE and asks again; server cannot be "
                  "reached (and 3 times more).",
                  "0.022 s, operation 0: clerk-0 is told UNAVAILABLE (and "
                  "3 times more) and asks again.",
                  "0.062 s: server is paused for 10 ms.",
                  "This violates liveness: the work is not done"));
}

TEST_F(RunStoryTest, TellsWhoWaitsForEverInADeadlock) {
  Calls(0, kFirst, 0, kGet, "k");
  Calls(1, kSecond, 1, kGet, "k");
  Returns(3, kSecond, 1, kGet, "x");
  const Verdict deadlock{
      .kind = VerdictKind::kViolated,
      .property = "no-deadlock",
      .message =
          "nothing is left to do\n  server: task \"boot\" waits "
          "for the end of its node\n  server: task \"kv\" waits "
          "for mutex a\n  clerk-0: task \"main\" waits for a reply "
          "to kv #0"};
  EXPECT_THAT(
      Story(deadlock),
      ElementsAre("0.000 s: clerk-0 calls Get(\"k\") as operation 0, which "
                  "is never answered.",
                  "0.001 s: clerk-1 calls Get(\"k\") as operation 1 and is "
                  "answered \"x\" at 0.003 s.",
                  "This violates no-deadlock: nothing is left to do; "
                  "server: task \"kv\" waits for mutex a"));
}

TEST_F(RunStoryTest, TellsOtherNodesMessagesFaultsAndWarnings) {
  const auto strike = [this](K kind, NodeId node, NodeId peer, uint64_t value) {
    At(2, {.kind = kind, .node = node, .peer = peer, .value = value});
  };
  At(1, {.kind = K::kMessageLost, .node = kFirst, .peer = kSecond, .id = 4},
     "gossip");
  strike(K::kLinkClogged, kFirst, kServer, 5 * kMillisecond);
  strike(K::kLinkFlaps, kServer, kFirst, 6 * kMillisecond);
  strike(K::kLinkBad, kServer, kSecond, 0);
  strike(K::kMethodSlowed, {}, {}, 7 * kMillisecond);
  strike(K::kPacketHeld, kFirst, kServer, 3);
  strike(K::kDiskStalled, kServer, {}, 5 * kMillisecond);
  At(3, {.kind = K::kDiskFailed, .node = kServer, .value = kUnavailable});
  TraceEvent log{.kind = K::kLogged, .node = kServer};
  log.value = static_cast<uint64_t>(LogLevel::kWarning);
  log.time = VirtualTime::Milliseconds(4);
  list_.OnShown(log, "disk is slow");
  log.value = static_cast<uint64_t>(LogLevel::kInfo);
  list_.OnShown(log, "nothing to see");
  At(5, {.kind = K::kConnectionReset, .node = kFirst, .peer = kServer});
  At(5, {.kind = K::kClockJumped, .node = kServer, .value = kMillisecond});
  At(6, {.kind = K::kClockStopped, .node = kServer});
  At(7, {.kind = K::kZonePaused}, "east");
  At(8, {.kind = K::kZoneCrashed}, "west");
  At(9, {.kind = K::kClockWentOn, .node = kServer});
  const Verdict crash{.kind = VerdictKind::kViolated,
                      .property = "no-crash",
                      .message = "node server threw"};
  EXPECT_THAT(
      Story(crash),
      ElementsAre(
          "0.001 s: message kv.Call \"gossip\" @m4 of clerk-0 to "
          "clerk-1 is lost.",
          "0.002 s: packets from clerk-0 to server wait for 5 ms; the link "
          "from server to clerk-0 flaps for 6 ms; the link from server to "
          "clerk-1 is a bad one; packets of kv.Call are slow for 7 ms.",
          "0.002 s: a packet from clerk-0 to server waits for 3 later; the "
          "disk of server stands still for 5 ms.",
          "0.003 s: the disk of server fails on the directory: UNAVAILABLE.",
          "0.004 s: server logs: disk is slow.",
          "0.005 s: the connection of clerk-0 to server breaks; the "
          "clock of server jumps by 1 ms.",
          "0.006 s: the clock of server stands still for 3 ms.",
          "0.007 s: zone east is paused.", "0.008 s: zone west crashes.",
          "This violates no-crash: node server threw"));
}

TEST_F(RunStoryTest, SaysWhatItLeavesOut) {
  for (uint64_t i = 10; i < 40; ++i) {
    Does(static_cast<int64_t>(i), kFirst, i, kPut, "other", "x");
  }
  for (uint64_t i = 50; i < 80; ++i) {
    const auto time = static_cast<int64_t>(i);
    Calls(time, kFirst, i, kPut, "other", "x");
    Request(time, K::kRequestLost, kFirst, i);
    Returns(time, kFirst, i, kPut);
  }
  Does(100, kSecond, 1, kPut, "k", "new");
  Does(110, kSecond, 2, kGet, "k", "", "old");
  Does(120, kSecond, 3, kGet, "k", "", "later");
  EXPECT_THAT(
      Story(wrong_read_),
      ElementsAre(HasSubstr("as operation 1"), HasSubstr("as operation 2"),
                  "Not told: 30 more operations went without a fault, 30 "
                  "more operations met faults.",
                  HasSubstr("contradict each other")));
}

TEST_F(RunStoryTest, IsNeverLongerThanAsked) {
  Verdict verdict = wrong_read_;
  verdict.operations.clear();
  for (uint64_t i = 0; i < 40; ++i) {
    Does(static_cast<int64_t>(5 * i), kFirst, i, kPut, "k", "x");
    verdict.operations.push_back(i);
  }
  const std::vector<std::string> story = Story(verdict, 8);
  EXPECT_THAT(story, SizeIs(8));
  EXPECT_THAT(story[5], HasSubstr("as operation 39"));
  EXPECT_EQ(story[6], "Not told: 34 more operations went without a fault.");
}

TEST_F(RunStoryTest, OfARunThatHoldsTellsNoConclusion) {
  EXPECT_THAT(Story({}), IsEmpty());
  Does(0, kFirst, 0, kPut, "k", "x");
  EXPECT_THAT(Story({}), ElementsAre(HasSubstr("as operation 0")));
}

TEST_F(RunStoryTest, TellsWhenANodeBeginsToStandOut) {
  const auto become = [&](const NodeState& state) {
    list_.OnShown({.time = VirtualTime::Milliseconds(5),
                   .kind = K::kNodeDescribed,
                   .node = kServer},
                  NodeStateText(state));
  };
  At(4, {.kind = K::kTaskStarted, .node = kServer});
  become({.headline = "follows", .facts = {{"log", "1"}}});
  become({.headline = "leads term 2", .stands_out = true});
  become({.headline = "leads term 2",
          .stands_out = true,
          .facts = {{"log", "1..2"}}});
  At(6, {.kind = K::kTaskStarted, .node = kServer});
  become({.headline = "follows"});
  become({.headline = "leads term 4", .stands_out = true});
  EXPECT_THAT(Story({.kind = VerdictKind::kViolated,
                     .property = "one-leader",
                     .message = "there are two"}),
              ElementsAre("0.005 s: server leads term 2.",
                          "0.005 s: server leads term 4.",
                          "This violates one-leader: there are two"));
}

TEST_F(RunStoryTest, SaysOnceWhoNeverRuns) {
  const auto send = [&](int64_t time, EventKind kind, NodeId peer) {
    At(time, {.kind = kind, .node = kServer, .peer = peer, .id = 7});
  };
  At(0, {.kind = K::kNodeBooted, .node = kServer});
  At(0, {.kind = K::kNodeBooted, .node = kFirst});
  send(1, K::kMessageUnreachable, kSecond);
  send(2, K::kMessageUnreachable, kSecond);
  send(3, K::kMessageUnreachable, kFirst);
  const std::vector<std::string> story = Story({.kind = VerdictKind::kViolated,
                                                .property = "one-leader",
                                                .message = "there are two"});
  ASSERT_THAT(story, SizeIs(3));
  EXPECT_EQ(story[0], "0.000 s: clerk-1 never runs.");
  EXPECT_THAT(story[1], HasSubstr("to clerk-0 is unreachable"));
}

TEST_F(RunStoryTest, CountsMessagesThatDoNotGetThrough) {
  const auto send = [&](int64_t time, EventKind kind, uint64_t id) {
    At(time, {.kind = kind, .node = kServer, .peer = kFirst, .id = id});
  };
  At(0, {.kind = K::kNodeBooted, .node = kServer});
  At(0, {.kind = K::kNodeBooted, .node = kFirst});
  for (const int id : {1, 2, 3}) send(id, K::kMessageLost, id);
  send(4, K::kMessageSent, 4);
  send(5, K::kMessageUnreachable, 5);
  const auto story = Story({.kind = VerdictKind::kViolated,
                            .property = "one-leader",
                            .message = "there are two"});
  ASSERT_THAT(story, SizeIs(3));
  EXPECT_THAT(story[0], HasSubstr("is lost (and 2 times more)."));
  EXPECT_THAT(story[1], HasSubstr("to clerk-0 is unreachable."));
}

}  // namespace
}  // namespace reprise
