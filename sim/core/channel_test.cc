#include "reprise/sim/core/channel.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using ChannelTest = TaskFixture;

TEST_F(ChannelTest, HandsOverInOrderAndMakesSendersWait) {
  Channel<int> channel(1);
  std::vector<int> received;
  Spawn("sender", [&] {
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(channel.Send(i));
    channel.Close();
  });
  Spawn("receiver", [&] {
    while (std::optional<int> value = channel.Receive()) {
      received.push_back(*value);
    }
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(received, ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(ChannelTest, HoldsAsManyValuesAsItsCapacity) {
  Channel<int> channel(3);
  Spawn("sender", [&] {
    for (int i = 0; i < 4; ++i) channel.Send(i);
    Log("sent");
  });
  EXPECT_EQ(Run().end, RunEnd::kDeadlocked);
  EXPECT_EQ(channel.size(), 3u);
  Spawn("receiver", [&] { EXPECT_EQ(channel.Receive(), 0); });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("sent"));
}

TEST_F(ChannelTest, ValuesGoToReceiversInTheOrderOfWaiting) {
  Channel<int> channel(10);
  for (const char* name : {"a", "b", "c"}) {
    Spawn(name, [&, name] { Log(name + std::to_string(*channel.Receive())); });
  }
  Spawn("sender", [&] {
    for (int i = 0; i < 3; ++i) channel.Send(i);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("a0", "b1", "c2"));
}

TEST_F(ChannelTest, AClosedChannelHandsOutWhatItHoldsAndRefusesMore) {
  Channel<int> channel(2);
  Spawn("task", [&] {
    channel.Send(1);
    channel.Close();
    EXPECT_FALSE(channel.Send(2));
    EXPECT_EQ(channel.Receive(), 1);
    EXPECT_EQ(channel.Receive(), std::nullopt);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(ChannelTest, ClosingEndsTheWaitOfSendersAndReceivers) {
  Channel<int> full(1);
  Channel<int> empty(1);
  Spawn("sender", [&] {
    full.Send(1);
    EXPECT_FALSE(full.Send(2));
    Log("sender");
  });
  Spawn("receiver", [&] {
    EXPECT_EQ(empty.Receive(), std::nullopt);
    Log("receiver");
  });
  Spawn("closer", [&] {
    full.Close();
    empty.Close();
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, ElementsAre("sender", "receiver"));
}

TEST_F(ChannelTest, CarriesValuesThatCannotBeCopied) {
  Channel<std::unique_ptr<int>> channel(1);
  Spawn("task", [&] {
    channel.Send(std::make_unique<int>(7));
    EXPECT_EQ(**channel.Receive(), 7);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(ChannelTest, ADeadlockNamesTheChannel) {
  Channel<int> channel(1, "log");
  Spawn("receiver", [&] { channel.Receive(); });
  EXPECT_THAT(Run().report, HasSubstr("\"receiver\" waits for channel log"));
  scheduler_.Shutdown();
}

TEST_F(ChannelTest, NeedsRoomForAValue) {
  EXPECT_DEATH(Channel<int>(0), "room for one value");
}

TEST_F(ChannelTest, TrySendAndTryReceiveNeverWait) {
  Channel<int> channel(1);
  EXPECT_EQ(channel.TryReceive(), std::nullopt);
  EXPECT_TRUE(channel.TrySend(1));
  EXPECT_FALSE(channel.TrySend(2));
  EXPECT_EQ(channel.TryReceive(), 1);
  channel.Close();
  EXPECT_TRUE(channel.IsClosed());
  EXPECT_FALSE(channel.TrySend(3));
}

TEST_F(ChannelTest, TrySendWakesAReceiverAndTryReceiveASender) {
  Channel<int> channel(1);
  Spawn("receives", [&] { Log(std::to_string(*channel.Receive())); });
  Spawn("tries", [&] {
    EXPECT_TRUE(channel.TrySend(1));
    scheduler_.Yield();
    Spawn("sends", [&] {
      channel.Send(2);
      channel.Send(3);
      Log("sent");
    });
    scheduler_.Yield();
    EXPECT_EQ(channel.TryReceive(), 2);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_THAT(log_, testing::ElementsAre("1", "sent"));
}

TEST_F(ChannelTest, ReceivesUntilADeadline) {
  Channel<int> channel(1);
  Spawn("receives", [&] {
    EXPECT_EQ(channel.ReceiveFor(Milliseconds(2)), std::nullopt);
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(2));
    EXPECT_EQ(channel.ReceiveUntil(VirtualTime::Seconds(1)), 7);
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(5));
    EXPECT_EQ(channel.ReceiveUntil(VirtualTime()), std::nullopt);
    channel.Close();
    EXPECT_EQ(channel.ReceiveFor(Seconds(1)), std::nullopt);
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(5));
  });
  Spawn("sends", [&] {
    SleepFor(Milliseconds(5));
    channel.Send(7);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

TEST_F(ChannelTest, SendsUntilADeadline) {
  Channel<int> channel(1);
  Spawn("sends", [&] {
    EXPECT_TRUE(channel.SendFor(1, Milliseconds(2)));
    EXPECT_EQ(scheduler_.now(), VirtualTime());
    EXPECT_FALSE(channel.SendFor(2, Milliseconds(2)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(2));
    EXPECT_TRUE(channel.SendUntil(3, VirtualTime::Seconds(1)));
    EXPECT_EQ(scheduler_.now(), VirtualTime::Milliseconds(5));
  });
  Spawn("receives", [&] {
    SleepFor(Milliseconds(5));
    EXPECT_EQ(channel.Receive(), 1);
    EXPECT_EQ(channel.Receive(), 3);
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
}

}  // namespace
}  // namespace reprise
