#include "reprise/kv/durable_server.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/kv/service.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/kv/testing/fake_disk.h"
#include "reprise/kv/testing/fake_env.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/task_testing.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv {
namespace {

constexpr JournalOptions kOptions = {.log_bytes_max = 300};

Bytes Append(uint64_t client, uint64_t sequence, std::string_view value) {
  return EncodeRequest({.kind = RequestKind::kAppend,
                        .client = client,
                        .sequence = sequence,
                        .key = "k",
                        .value = value});
}

Bytes Get(uint64_t client, uint64_t sequence) {
  return EncodeRequest({.client = client, .sequence = sequence, .key = "k"});
}

class DurableServerTest : public TaskFixture {
 protected:
  ~DurableServerTest() override { scheduler_.Shutdown(); }

  void RunTask(absl::AnyInvocable<void()> body) {
    Spawn("task", std::move(body));
    EXPECT_EQ(Run().end, RunEnd::kIdle);
  }

  FakeDisk& disk() { return env_.fake_disk; }

  // The next life of the server. For a task.
  absl::Status Boot() {
    env_.served = nullptr;
    server_ = std::make_unique<DurableServer>(
        env_, std::make_unique<LastRequestTable>(), kOptions);
    return server_->Run();
  }
  void Crash(Unsynced unsynced, uint64_t number = 1) {
    RandomStream draws(StreamKey(Seed(number), "durable-server-test", "crash"));
    disk().before = nullptr;
    disk().Crash(unsynced, draws);
  }

  absl::StatusOr<Bytes> Ask(const Bytes& request) {
    return env_.served(NodeId(0), request);
  }
  std::string ValueOf(const Bytes& request) {
    absl::StatusOr<Bytes> reply = Ask(request);
    return reply.ok() ? TakeValue(*std::move(reply)) : "FAILED";
  }

  FakeEnv env_;
  std::unique_ptr<DurableServer> server_;
};

TEST_F(DurableServerTest, WhatItAnsweredSurvivesACrash) {
  RunTask([this] {
    ASSERT_TRUE(Boot().ok());
    EXPECT_EQ(ValueOf(Append(1, 1, "a")), "");
    EXPECT_EQ(ValueOf(Append(1, 2, "b")), "a");
    Crash(Unsynced::kLost);
    ASSERT_TRUE(Boot().ok());
    EXPECT_EQ(ValueOf(Append(1, 2, "b")), "a");
    EXPECT_EQ(ValueOf(Get(2, 1)), "ab");
  });
}

TEST_F(DurableServerTest, AnOldValueIsOwedAcrossCheckpoints) {
  RunTask([this] {
    ASSERT_TRUE(Boot().ok());
    ValueOf(Append(1, 1, "a"));
    ValueOf(Append(1, 2, "b"));
    for (int life = 0; life < 3; ++life) {
      Crash(Unsynced::kLost, life);
      ASSERT_TRUE(Boot().ok());
    }
    EXPECT_EQ(ValueOf(Append(1, 2, "b")), "a");
  });
}

// Nobody may see what a crash could still take back.
TEST_F(DurableServerTest, AGetWaitsForTheAppendThatItSaw) {
  RunTask([this] { ASSERT_TRUE(Boot().ok()); });
  disk().before = [this](std::string_view operation) {
    if (operation == "Sync") SleepFor(Milliseconds(10));
    return absl::OkStatus();
  };
  Spawn("append", [this] {
    ValueOf(Append(1, 1, "a"));
    Log("append done");
  });
  Spawn("get", [this] {
    SleepFor(Milliseconds(1));
    Log(absl::StrCat("get: ", ValueOf(Get(2, 1))));
  });
  Spawn("repeated append", [this] {
    SleepFor(Milliseconds(2));
    ValueOf(Append(1, 1, "a"));
    Log("repeated append done");
  });
  Spawn("clock", [this] {
    SleepFor(Milliseconds(9));
    Log("9 ms");
  });
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  EXPECT_EQ(log_, (std::vector<std::string>{"9 ms", "append done", "get: a",
                                            "repeated append done"}));
}

TEST_F(DurableServerTest, ADiskThatFailsIsTriedAgain) {
  RunTask([this] {
    ASSERT_TRUE(Boot().ok());
    disk().before = [](std::string_view operation) {
      return operation == "Sync" ? absl::UnavailableError("broken")
                                 : absl::OkStatus();
    };
    EXPECT_TRUE(absl::IsUnavailable(Ask(Append(1, 1, "a")).status()));
    EXPECT_TRUE(absl::IsUnavailable(Ask(Get(2, 1)).status()));
    disk().before = nullptr;
    EXPECT_EQ(ValueOf(Append(1, 1, "a")), "");
    Crash(Unsynced::kLost);
    ASSERT_TRUE(Boot().ok());
    EXPECT_EQ(ValueOf(Get(2, 1)), "a");
  });
}

TEST_F(DurableServerTest, BootsOnADiskThatFailsToWrite) {
  RunTask([this] {
    disk().before = [](std::string_view operation) {
      return operation == "SyncDirectory" ? absl::UnavailableError("broken")
                                          : absl::OkStatus();
    };
    ASSERT_TRUE(Boot().ok());
    EXPECT_FALSE(Ask(Append(1, 1, "a")).ok());
    disk().before = nullptr;
    EXPECT_EQ(ValueOf(Append(1, 1, "a")), "");
  });
}

// Three clients take turns, sometimes with late copies of earlier requests;
// each life of the server ends one disk operation later than the one before,
// and the client sends again. A service that never crashes has to agree.
TEST_F(DurableServerTest, AnswersAsOneThatNeverCrashes) {
  Service reference;
  uint64_t stop = 0;
  uint64_t lives = 0;
  const auto boot = [&] {
    ++lives;
    Crash(static_cast<Unsynced>(lives % 3), lives);
    // Long enough to recover, now and then.
    stop = (stop + 1) % 60;
    disk().before = [operations = uint64_t{0}, stop](std::string_view) mutable {
      return operations++ < stop ? absl::OkStatus()
                                 : absl::UnavailableError("stopped");
    };
    return Boot().ok();
  };
  RunTask([&] {
    RandomStream draws(StreamKey(Seed(1), "durable-server-test", "requests"));
    std::vector<Bytes> sent;
    for (uint64_t i = 1; i <= 3000; ++i) {
      const auto kind = static_cast<RequestKind>(draws.Uniform(1, 3));
      const std::string key = absl::StrCat(draws.Uniform(0, 2));
      const std::string value = absl::StrCat("<", i, ">");
      sent.push_back(
          EncodeRequest({.kind = kind,
                         .client = i % 3,
                         .sequence = i,
                         .key = key,
                         .value = kind == RequestKind::kGet ? "" : value}));
      absl::StatusOr<Bytes> reply = absl::UnavailableError("not sent");
      while (!reply.ok()) {
        if (env_.served != nullptr) reply = Ask(sent.back());
        while (!reply.ok() && !boot()) {
        }
      }
      ASSERT_EQ(*reply, *reference.Handle(sent.back())) << i;
      const Bytes& late = sent[draws.Uniform(0, sent.size() - 1)];
      if (draws.Chance({1, 10})) (void)Ask(late);
    }
  });
  EXPECT_GT(lives, 300u);
}

TEST_F(DurableServerTest, DamagedFilesKeepItFromStartingOrDoNoHarm) {
  RandomStream draws(StreamKey(Seed(1), "durable-server-test", "damage"));
  int refused = 0;
  for (int i = 0; i < 1000; ++i) {
    disk() = FakeDisk();
    RunTask([&] {
      ASSERT_TRUE(Boot().ok());
      for (uint64_t sequence = 1; sequence <= 5; ++sequence) {
        ValueOf(Append(1, sequence, "value"));
      }
      const auto names = disk().List();
      ASSERT_TRUE(names.ok());
      for (const std::string& name : *names) {
        std::string& content = *disk().Content(name);
        if (content.empty() || draws.Chance({1, 2})) continue;
        const auto last = static_cast<int64_t>(content.size()) - 1;
        content[draws.Uniform(0, last)] = static_cast<char>(draws.Next());
        if (draws.Chance({1, 4})) content.resize(draws.Uniform(0, last));
      }
      const absl::Status status = Boot();
      if (!status.ok()) {
        ASSERT_TRUE(absl::IsDataLoss(status)) << status;
        ++refused;
        return;
      }
      EXPECT_NE(ValueOf(Get(2, 1)), "FAILED");
    });
  }
  EXPECT_GT(refused, 300);
  EXPECT_LT(refused, 900);
}

}  // namespace
}  // namespace reprise::kv
