#include "reprise/sim/explore/page/run_page_sample.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/operation_content.h"

namespace reprise {
namespace {

using K = EventKind;

constexpr NodeId kServer(0);
constexpr NodeId kFirst(1);
constexpr NodeId kSecond(2);
constexpr uint64_t kMillisecond = 1'000'000;

}  // namespace

SampleRun::SampleRun() {
  AddStart();
  Hold(kServer, 1200);
  Lead(1);
  AddWrites();
  Hold(kServer, 5300);
  Hold(kFirst, 800);
  AddFaults();
  Hold(kServer, 2600);
  Lead(2);
  AddReads();
  Hold(kServer, 12'400);
  Lead(2, 1);
  Order(1, 1);
  Order(2, 2);
  Order(3, 0);
}

void SampleRun::Hold(NodeId node, uint64_t bytes) {
  list_.OnShown({.kind = K::kMemoryHeld, .node = node, .value = bytes}, "");
}

void SampleRun::Lead(int term, uint64_t id) {
  const NodeState state{.headline = absl::StrCat("leads term ", term),
                        .stands_out = true,
                        .facts = {{"log", absl::StrCat("1..", term)}}};
  list_.OnShown({.kind = K::kNodeDescribed, .node = kServer, .id = id},
                NodeStateText(state));
}

void SampleRun::Order(uint64_t operation, uint64_t place) {
  list_.OnShown({.kind = K::kOperationOrdered, .id = operation, .value = place},
                "k");
}

void SampleRun::At(int64_t milliseconds, TraceEvent event,
                   std::string_view content) {
  event.time = VirtualTime::Milliseconds(milliseconds);
  event.bytes = content.size();
  list_.OnEvent(event, content);
}

void SampleRun::AddStart() {
  At(0, {.kind = K::kNodeNamed, .node = kServer, .id = 0}, "server");
  At(0, {.kind = K::kNodeNamed, .node = kFirst, .id = 1}, "clerk-0");
  At(0, {.kind = K::kNodeNamed, .node = kSecond, .id = 2}, "clerk-1");
  At(0, {.kind = K::kMethodNamed, .id = 0}, "kv.Put");
  At(0, {.kind = K::kMethodNamed, .id = 1}, "kv.Get");
  At(0, {.kind = K::kNodeBooted, .node = kServer});
  At(0, {.kind = K::kTaskStarted, .node = kServer, .id = 1}, "boot");
  At(0, {.kind = K::kTaskStarted, .node = kFirst, .id = 2}, "main");
  At(0, {.kind = K::kTaskStarted, .node = kSecond, .id = 3}, "main");
}

void SampleRun::AddWrites() {
  At(1, {.kind = K::kOperationCalled, .node = kFirst, .id = 1, .value = 1},
     JoinOperation("k", "old"));
  At(1,
     {.kind = K::kRequestSent,
      .node = kFirst,
      .peer = kServer,
      .id = 1,
      .value = 2 * kMillisecond},
     "Put k old seq 1");
  At(3,
     {.kind = K::kRequestDelivered, .node = kServer, .peer = kFirst, .id = 1});
  At(3, {.kind = K::kReplyLost, .node = kServer, .peer = kFirst, .id = 1},
     "done seq 1");
  At(4, {.kind = K::kCallFailed,
         .node = kFirst,
         .peer = kServer,
         .id = 1,
         .value = 14});
  // Again, and a copy of it that comes too late.
  At(5,
     {.kind = K::kRequestSent,
      .node = kFirst,
      .peer = kServer,
      .id = 2,
      .value = 2 * kMillisecond},
     "Put k old seq 1");
  At(5,
     {.kind = K::kRequestDuplicated,
      .node = kFirst,
      .peer = kServer,
      .id = 2,
      .value = 25 * kMillisecond},
     "Put k old seq 1");
  At(7,
     {.kind = K::kRequestDelivered, .node = kServer, .peer = kFirst, .id = 2});
  At(7,
     {.kind = K::kReplySent,
      .node = kServer,
      .peer = kFirst,
      .id = 2,
      .value = 2 * kMillisecond},
     "done seq 1");
  At(9, {.kind = K::kReplyDelivered, .node = kFirst, .peer = kServer, .id = 2});
  At(9, {.kind = K::kOperationReturned, .node = kFirst, .id = 1, .value = 1});
  At(10, {.kind = K::kOperationCalled, .node = kSecond, .id = 2, .value = 1},
     JoinOperation("k", "new"));
  At(10,
     {.kind = K::kRequestSent,
      .node = kSecond,
      .peer = kServer,
      .id = 3,
      .value = 2 * kMillisecond},
     "Put k new seq 1");
  At(12,
     {.kind = K::kRequestDelivered, .node = kServer, .peer = kSecond, .id = 3});
  At(12,
     {.kind = K::kReplySent,
      .node = kServer,
      .peer = kSecond,
      .id = 3,
      .value = 2 * kMillisecond},
     "done seq 1");
  At(14,
     {.kind = K::kReplyDelivered, .node = kSecond, .peer = kServer, .id = 3});
  At(14, {.kind = K::kOperationReturned, .node = kSecond, .id = 2, .value = 1});
}

void SampleRun::AddFaults() {
  At(15, {.kind = K::kFileOpened, .node = kServer, .id = 1, .value = 1}, "log");
  At(15, {.kind = K::kDiskFailed, .node = kServer, .id = 1, .value = 13});
  At(16, {.kind = K::kPartitioned}, "server->clerk-1, clerk-1->server");
  At(17,
     {.kind = K::kRequestUnreachable,
      .node = kSecond,
      .peer = kServer,
      .id = 4},
     "Get k seq 2");
  At(18, {.kind = K::kPartitionHealed}, "server->clerk-1, clerk-1->server");
  At(18, {.kind = K::kNodePaused, .node = kSecond});
  At(20, {.kind = K::kNodeResumed, .node = kSecond});
  At(20, {.kind = K::kNodeStopped, .node = kServer, .id = 0});
  At(24, {.kind = K::kNodeBooted, .node = kServer, .id = 1});
  At(24, {.kind = K::kLinkClogged,
          .node = kFirst,
          .peer = kServer,
          .value = 3 * kMillisecond});
  At(24, {.kind = K::kLinkFlaps,
          .node = kServer,
          .peer = kSecond,
          .value = 4 * kMillisecond});
  At(25, {.kind = K::kNodeSlowed, .node = kSecond, .value = kMillisecond});
  At(26, {.kind = K::kNodeSlowed, .node = kSecond});
  TraceEvent line = {.kind = K::kLogged, .node = kServer, .value = 2};
  line.time = VirtualTime::Milliseconds(26);
  list_.OnShown(line, "recovered entries=2");
  At(27,
     {.kind = K::kMessageSent,
      .node = kSecond,
      .peer = kFirst,
      .id = 1,
      .value = kMillisecond},
     "gossip");
  At(28,
     {.kind = K::kMessageRefused, .node = kFirst, .peer = kSecond, .id = 1});
  At(30,
     {.kind = K::kRequestDelivered, .node = kServer, .peer = kFirst, .id = 2});
}

void SampleRun::AddReads() {
  At(31, {.kind = K::kOperationCalled, .node = kSecond, .id = 3, .value = 0},
     JoinOperation("k", ""));
  At(31,
     {.kind = K::kRequestSent,
      .method = 1,
      .node = kSecond,
      .peer = kServer,
      .id = 5,
      .value = 2 * kMillisecond},
     "Get k seq 3");
  At(33, {.kind = K::kRequestDelivered,
          .method = 1,
          .node = kServer,
          .peer = kSecond,
          .id = 5});
  At(33,
     {.kind = K::kReplySent,
      .method = 1,
      .node = kServer,
      .peer = kSecond,
      .id = 5,
      .value = 2 * kMillisecond},
     "old seq 3");
  At(34, {.kind = K::kOperationCalled, .node = kFirst, .id = 4, .value = 1},
     JoinOperation("k", "never"));
  At(35, {.kind = K::kReplyDelivered,
          .method = 1,
          .node = kSecond,
          .peer = kServer,
          .id = 5});
  At(35, {.kind = K::kOperationReturned, .node = kSecond, .id = 3, .value = 0},
     "old");
  At(35, {.kind = K::kTaskEnded, .node = kServer, .id = 1}, "boot");
}

RunPageInput SampleRun::Input() const {
  RunPageInput input;
  input.scenario = "harsh-random-keys";
  input.seed = Seed(17);
  input.bug = "put-not-deduplicated";
  input.verdict = VerdictKind::kViolated;
  input.property = "linearizability";
  input.message =
      "key \"k\": clerk-1 read \"old\" although it had replaced it by \"new\"\n"
      "the trial ended at the first response that no order explains";
  input.story = {
      "clerk-0 puts \"old\"; the server executes it, and its reply is lost",
      "clerk-0 sends the same Put again; the network duplicates it",
      "clerk-1 puts \"new\"",
      "the duplicate arrives late and is executed again: \"old\" is back",
      "clerk-1 reads \"old\""};
  input.commands = {
      "tools/reprise replay out/harsh-random-keys-17.json --trace",
      "tools/reprise replay out/harsh-random-keys-17.json "
      "--until=28 --break"};
  input.curve = {.points = {{5, 2, 40},
                            {15, 3, 40},
                            {25, 4, 40},
                            {29, 5, 40},
                            {35, 37, 40},
                            {42, 40, 40}},
                 .turning_point = 35,
                 .turning_text = "server receives Put k old seq 1 @2"};
  input.runs = {{"minimal", list_.events(), {1, 2, 3}, list_.asides()}};
  input.text.operation_names = {"Get", "Put"};
  return input;
}

LargeRun::LargeRun(uint64_t calls) {
  for (uint64_t node = 0; node < 4; ++node) {
    list_.OnEvent({.kind = K::kNodeNamed, .id = node},
                  node == 0 ? "server" : absl::StrCat("clerk-", node));
  }
  list_.OnEvent({.kind = K::kMethodNamed}, "kv.Put");
  int64_t now = 0;
  const auto add = [&](TraceEvent event, const std::string& content) {
    event.time = VirtualTime::Nanoseconds(now);
    event.bytes = content.size();
    list_.OnEvent(event, content);
  };
  for (uint64_t call = 1; call <= calls; ++call) {
    const NodeId client(static_cast<uint32_t>(1 + call % 3));
    const std::string value = absl::StrCat("x ", call % 5, " ", call, " y");
    const auto delay = static_cast<int64_t>(20'000 + call * 7919 % 900'000);
    const auto span = static_cast<uint64_t>(delay);
    const TraceEvent operation = {.node = client, .id = call, .value = 1};
    const TraceEvent out = {
        .node = client, .peer = NodeId(0), .id = call, .value = span};
    const TraceEvent back = {.node = NodeId(0), .peer = client, .id = call};
    const auto as = [](TraceEvent event, K kind, uint64_t span_ns) {
      event.kind = kind;
      event.value = span_ns;
      return event;
    };
    add(as(operation, K::kOperationCalled, 1), JoinOperation("key", value));
    add(as(out, K::kRequestSent, span), absl::StrCat("Put key ", value));
    now += delay;
    add(as(back, K::kRequestDelivered, 0), "");
    if (call % 50 == 0) {
      add(as(back, K::kReplyLost, 0), "done");
    } else {
      add(as(back, K::kReplySent, span), "done");
      now += delay;
      add(as(out, K::kReplyDelivered, 0), "");
    }
    add(as(operation, K::kOperationReturned, 1), "");
    const uint64_t held = 9000 + call * 37 % 5000 + call % 977 * 4;
    list_.OnShown({.kind = K::kMemoryHeld, .value = held}, "");
    list_.OnShown(
        {.kind = K::kMemoryHeld, .node = client, .value = 500 + held % 700},
        "");
  }
  for (uint64_t call = 1; call <= calls; ++call) {
    list_.OnShown({.kind = K::kOperationOrdered, .id = call, .value = call},
                  "key");
  }
}

}  // namespace reprise
