#include "reprise/sim/explore/trial/trial_asides.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using checker::KeyValueModel;
using checker::OperationKind;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr int64_t kBlock = 1000;  // bytes

// What was shown of a trial.
struct Seen {
  std::vector<int64_t> memory = {};
  std::vector<std::string> order = {};  // "2: #1 of k"
  uint64_t digest = 0;
  uint64_t events = 0;
};

Seen Look(const EventList& list, Trial& trial) {
  Seen seen;
  for (const ListedEvent& each : list.asides()) {
    const TraceEvent& event = each.event;
    if (event.kind == EventKind::kMemoryHeld) {
      seen.memory.push_back(static_cast<int64_t>(event.value));
    } else {
      seen.order.push_back(std::to_string(event.value) + ": #" +
                           std::to_string(event.id) + " of " + each.content);
    }
  }
  seen.digest = trial.world().trace().digest();
  seen.events = list.events().size();
  return seen;
}

// A node that gets hold of a block with each of two Puts, lets go of them, and
// reads `read` at last.
Seen Play(std::string_view read, bool shows_asides) {
  EventList list;
  TrialArena arena;
  const TrialOptions options{
      .seed = Seed(7), .sink = &list, .shows_asides = shows_asides};
  Trial trial(options, arena);
  Node& node = trial.NewWorld(fault::Calm()).AddNode("server");
  const checker::Caller caller = {.client = 1, .place = node.id().value()};
  {
    Recorder<KeyValueModel> recorder(trial);
    node.Spawn([&](Env& env) {
      std::string blocks[2];
      for (const int64_t i : {0, 1}) {
        const auto put = recorder.Invoke(caller, OperationKind::kPut, "k",
                                         i == 0 ? "old" : "new");
        blocks[i].reserve(kBlock - 1);
        env.clock().SleepFor(Milliseconds(1));
        recorder.Return(put, "");
      }
      for (std::string& block : blocks) std::string().swap(block);
      const auto get = recorder.Invoke(caller, OperationKind::kGet, "k", "");
      env.clock().SleepFor(Milliseconds(1));
      recorder.Return(get, read);
    });
    trial.Run();
  }
  return Look(list, trial);
}

TEST(TrialAsidesTest, ShowMemoryAfterItHasChanged) {
  ASSERT_TRUE(IsMemoryAccountingLinked());
  const std::vector<int64_t> memory = Play("new", true).memory;
  // Before, with one block, with two, without.
  ASSERT_GE(memory.size(), 4u);
  const int64_t before = memory[memory.size() - 4];
  EXPECT_THAT(std::vector<int64_t>(memory.end() - 3, memory.end()),
              ElementsAre(before + kBlock, before + 2 * kBlock, before));
}

TEST(TrialAsidesTest, ShowTheOrderOfAHistoryThatHolds) {
  EXPECT_THAT(Play("new", true).order,
              ElementsAre("1: #0 of k", "2: #1 of k", "3: #2 of k"));
}

TEST(TrialAsidesTest, ShowTheOrderUpToTheAnswerThatNoneExplains) {
  EXPECT_THAT(Play("old", true).order,
              ElementsAre("1: #0 of k", "2: #1 of k", "0: #2 of k"));
}

TEST(TrialAsidesTest, ChangeNothingElse) {
  const Seen with = Play("old", true);
  const Seen without = Play("old", false);
  EXPECT_EQ(with.digest, without.digest);
  EXPECT_EQ(with.events, without.events);
  EXPECT_THAT(without.memory, IsEmpty());
  EXPECT_THAT(without.order, IsEmpty());
}

}  // namespace
}  // namespace reprise
