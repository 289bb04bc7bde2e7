#include "reprise/sim/core/channel.h"

#include <optional>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/conformance/conformance.h"

namespace reprise {
namespace {

using testing::ElementsAre;

class ChannelTest : public ConformanceTest {};

INSTANTIATE_TEST_SUITE_P(Rigs, ChannelTest, testing::ValuesIn(RigKinds()),
                         RigNameOf);

TEST_P(ChannelTest, ValuesArriveInOrderEachOnceAndAFullChannelMakesWait) {
  Run([](Env& env) {
    Channel<int> channel(2);
    const TaskHandle sender = env.tasks().Spawn("sender", [&] {
      for (int i = 0; i < 5; ++i) EXPECT_TRUE(channel.Send(i));
      channel.Close();
    });
    env.tasks().Yield();
    EXPECT_EQ(channel.size(), 2u);
    std::vector<int> values;
    while (const std::optional<int> value = channel.Receive()) {
      values.push_back(*value);
    }
    EXPECT_THAT(values, ElementsAre(0, 1, 2, 3, 4));
    EXPECT_TRUE(sender.IsDone());
  });
}

TEST_P(ChannelTest, AClosedOneRefusesNewValuesAndHandsOutTheOld) {
  Run([](Env&) {
    Channel<int> channel(2);
    EXPECT_TRUE(channel.Send(1));
    channel.Close();
    EXPECT_TRUE(channel.IsClosed());
    EXPECT_FALSE(channel.Send(2));
    EXPECT_FALSE(channel.TrySend(2));
    EXPECT_EQ(channel.Receive(), 1);
    EXPECT_EQ(channel.Receive(), std::nullopt);
  });
}

TEST_P(ChannelTest, CloseWakesWhoeverWaits) {
  Run([](Env& env) {
    Channel<int> empty(1);
    Channel<int> full(1);
    EXPECT_TRUE(full.TrySend(1));
    const TaskHandle receiver = env.tasks().Spawn(
        "receiver", [&] { EXPECT_EQ(empty.Receive(), std::nullopt); });
    const TaskHandle sender =
        env.tasks().Spawn("sender", [&] { EXPECT_FALSE(full.Send(2)); });
    env.tasks().Yield();
    empty.Close();
    full.Close();
    EXPECT_TRUE(receiver.JoinFor(kLong));
    EXPECT_TRUE(sender.JoinFor(kLong));
  });
}

TEST_P(ChannelTest, DeadlinesAreByTheClockThatTheTaskSees) {
  Run([](Env& env) {
    Channel<int> channel(1);
    VirtualTime before = env.clock().Now();
    EXPECT_EQ(channel.ReceiveFor(Milliseconds(3)), std::nullopt);
    EXPECT_GE(env.clock().Now(), before + Milliseconds(3));
    before = env.clock().Now();
    EXPECT_EQ(channel.ReceiveUntil(before + Milliseconds(3)), std::nullopt);
    EXPECT_GE(env.clock().Now(), before + Milliseconds(3));
    EXPECT_TRUE(channel.SendFor(1, Milliseconds(3)));
    before = env.clock().Now();
    EXPECT_FALSE(channel.SendFor(2, Milliseconds(3)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(3));
    before = env.clock().Now();
    EXPECT_FALSE(channel.SendUntil(3, before + Milliseconds(3)));
    EXPECT_GE(env.clock().Now(), before + Milliseconds(3));
    EXPECT_EQ(channel.TryReceive(), 1);
    EXPECT_EQ(channel.TryReceive(), std::nullopt);
  });
}

TEST_P(ChannelTest, TrySendNeverWaits) {
  Run([](Env&) {
    Channel<int> channel(1);
    EXPECT_TRUE(channel.TrySend(1));
    EXPECT_FALSE(channel.TrySend(2));
    EXPECT_EQ(channel.size(), 1u);
  });
}

}  // namespace
}  // namespace reprise
