// Whatever a trial keeps is charged to nobody, although code of nodes calls it.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/memory_properties.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using checker::KeyValueModel;
using checker::MutexModel;
using checker::OperationKind;

constexpr char kLong[] = "longer than what a string holds without a block";

// Operations that wait for their return when a call begins.
constexpr checker::OperationId kPut = 0;
constexpr checker::OperationId kGet = 1;
constexpr checker::OperationId kAppend = 2;

// What a call is made on.
struct Parts {
  Trial& trial;
  Node& node;
  Recorder<KeyValueModel>& recorder;
};

struct Call {
  std::string name;
  std::function<void(const Parts&)> run;
};

checker::Verdict Violated() {
  checker::Verdict verdict;
  verdict.outcome = checker::Outcome::kViolated;
  verdict.contradiction.sentence = kLong;
  return verdict;
}

// Of recorders.
std::vector<Call> RecorderCalls() {
  return {
      {"Invoke",
       [](const Parts& on) {
         on.recorder.Invoke({.client = 1}, OperationKind::kPut, kLong, kLong);
       }},
      {"Return",
       [](const Parts& on) {
         on.recorder.Return(kPut, "");
         on.recorder.Return(kAppend, kLong);
       }},
      {"ReturnOfWhatIsIllegal",
       [](const Parts& on) { on.recorder.Return(kGet, kLong); }},
      {"ReturnUnobserved",
       [](const Parts& on) { on.recorder.ReturnUnobserved(kAppend); }},
      {"RecorderOfAnyModel",
       [](const Parts& on) {
         Recorder<MutexModel> locks(on.trial);
         locks.StopWhenIllegal();
         for (int i = 0; i < 2; ++i) {
           locks.Return(locks.Invoke({}, {}), {});
         }
       }},
      {"Linearizable", [](const Parts& on) { Linearizable(on.recorder); }},
  };
}

std::vector<Call> TrialCalls() {
  // Made here, where nobody is charged.
  const checker::Verdict violated = Violated();
  return {
      {"Option", [](const Parts& on) { on.trial.Option(kLong, 1); }},
      {"AskedOptions", [](const Parts& on) { on.trial.asked_options(); }},
      {"Workload", [](const Parts& on) { on.trial.Workload(1, 2).Next(); }},
      {"Allow", [](const Parts& on) { on.trial.Allow(Forbidden::kEntropy); }},
      {"ExpectVerdict",
       [violated](const Parts& on) { on.trial.Expect(violated); }},
      {"Expect", [](const Parts& on) { on.trial.Expect(false, kLong, kLong); }},
      {"Violate",
       [](const Parts& on) {
         for (int i = 0; i < 10; ++i) on.trial.Violate(kLong, kLong);
       }},
      {"ViolateAndStop",
       [](const Parts& on) { on.trial.ViolateAndStop(kLong, kLong); }},
      {"Undecided",
       [](const Parts& on) {
         on.trial.Undecided(kLong);
         on.trial.Violate(kLong, kLong);
       }},
      {"ReportMemory", [](const Parts& on) { on.trial.ReportMemory(1, 2); }},
      {"ExpectHeldAtMost",
       [](const Parts& on) { ExpectHeldAtMost(on.trial, on.node, 1); }},
      {"MemoryGrowth",
       [](const Parts& on) {
         MemoryGrowth(on.trial, on.node).ExpectAtMost(-1);
       }},
      {"MemoryLimit",
       [](const Parts& on) { MemoryLimit(on.trial, on.node, 1).ExpectKept(); }},
      {"ExpectNoLeaks", [](const Parts& on) { ExpectNoLeaks(on.trial); }},
  };
}

std::vector<Call> Calls() {
  std::vector<Call> calls = TrialCalls();
  for (Call& call : RecorderCalls()) calls.push_back(std::move(call));
  return calls;
}

// Keeps what it sees.
class KeepingSink : public TraceSink {
 public:
  void OnEvent(const TraceEvent&, std::string_view content) override {
    contents_.emplace_back(content);
  }

 private:
  std::vector<std::string> contents_;
};

// A node that left memory behind, for ExpectNoLeaks().
void Leak(World& world, std::vector<char>& kept) {
  Node& node = world.AddNode("leaky");
  node.Spawn([&kept](Env&) { kept.resize(100); });
  world.RunUntil(VirtualTime::Milliseconds(1));
  node.Crash();
}

class TrialMemoryTest : public testing::TestWithParam<Call> {};

TEST_P(TrialMemoryTest, ChargesNothingToItsCaller) {
  KeepingSink sink;
  const TrialOptions options{.seed = Seed(7), .sink = &sink};
  TrialArena arena;
  Trial trial(options, arena);
  World& world = trial.NewWorld(fault::Calm());
  Recorder<KeyValueModel> recorder(trial);
  recorder.StopWhenIllegal();
  std::vector<char> kept;
  Leak(world, kept);
  Node& node = world.AddNode("client");
  const MemoryAccount& memory = node.memory();
  std::vector<char> ballast;
  bool has_run = false;
  node.Spawn([&](Env&) {
    recorder.Invoke({.client = 1}, OperationKind::kPut, "k", kLong);
    recorder.Invoke({.client = 2}, OperationKind::kGet, "k", "");
    recorder.Invoke({.client = 3}, OperationKind::kAppend, "k", kLong);
    // As much as it ever held: whatever comes on top shows in the peak.
    ballast.resize(1 << 20);
    const int64_t bytes = memory.held_bytes();
    const int64_t blocks = memory.held_blocks();
    EXPECT_EQ(memory.peak_bytes(), bytes);
    GetParam().run({trial, node, recorder});
    EXPECT_EQ(memory.held_bytes(), bytes);
    EXPECT_EQ(memory.held_blocks(), blocks);
    EXPECT_EQ(memory.peak_bytes(), bytes);
    has_run = true;
  });
  trial.Run();
  EXPECT_TRUE(has_run);
}

INSTANTIATE_TEST_SUITE_P(Calls, TrialMemoryTest, testing::ValuesIn(Calls()),
                         [](const testing::TestParamInfo<Call>& info) {
                           return info.param.name;
                         });

// What a node that records holds, and held at most.
std::vector<int64_t> BytesOfARecordingNode(TrialArena& arena) {
  const TrialOptions options{.seed = Seed(7)};
  Trial trial(options, arena);
  Node& node = trial.NewWorld(fault::Calm()).AddNode("client");
  Recorder<KeyValueModel> recorder(trial);
  recorder.StopWhenIllegal();
  node.Spawn([&](Env&) {
    for (int i = 0; i < 1000; ++i) {
      const std::string key = std::to_string(i);
      const auto put = recorder.Invoke({}, OperationKind::kPut, key, kLong);
      recorder.Return(put, "");
    }
  });
  trial.Run();
  return {node.memory().held_bytes(), node.memory().peak_bytes()};
}

TEST(TrialMemoryTest, ANodeHoldsTheSameWhateverTrialsWentBefore) {
  TrialArena arena;
  const std::vector<int64_t> first = BytesOfARecordingNode(arena);
  EXPECT_EQ(BytesOfARecordingNode(arena), first);
}

}  // namespace
}  // namespace reprise
