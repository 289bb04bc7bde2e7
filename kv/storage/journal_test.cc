#include "reprise/kv/storage/journal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/kv/storage/log.h"
#include "reprise/kv/testing/fake_disk.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/task_testing.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv {
namespace {

constexpr uint64_t kLogBytesMax = 200;

// A state that is a string; a change appends one letter to it.
class Letters {
 public:
  Letters(FakeDisk& disk, uint64_t generation, std::string state,
          uint64_t log_bytes_max = kLogBytesMax)
      : state_(std::move(state)),
        journal_(disk, generation, [this] { return state_; },
                 {.log_bytes_max = log_bytes_max}) {}

  void Add() {
    const char letter = static_cast<char>('a' + state_.size() % 26);
    state_.push_back(letter);
    journal_.Add(std::string(1, letter));
  }
  absl::Status Commit() {
    const size_t wanted = state_.size();
    absl::Status status = journal_.Commit();
    if (status.ok()) committed_ = std::max(committed_, wanted);
    return status;
  }
  absl::Status AddAndCommit() {
    Add();
    return Commit();
  }

  const std::string& state() const { return state_; }
  size_t committed() const { return committed_; }

 private:
  std::string state_;
  size_t committed_ = 0;
  Journal journal_;
};

struct Recovered {
  uint64_t generation = 0;
  std::string state;
};

Recovered Recover(FakeDisk& disk) {
  const absl::StatusOr<SavedState> saved = LoadState(disk);
  EXPECT_TRUE(saved.ok()) << saved.status();
  if (!saved.ok()) return {};
  Recovered recovered = {saved->generation, saved->snapshot};
  const absl::Status status =
      ReplayLog(saved->generation, saved->log, [&](std::string_view change) {
        recovered.state += change;
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
  return recovered;
}

class JournalTest : public TaskFixture {
 protected:
  ~JournalTest() override { scheduler_.Shutdown(); }

  // Runs `body` as a task to its end.
  void RunTask(absl::AnyInvocable<void()> body) {
    Spawn("task", std::move(body));
    EXPECT_EQ(Run().end, RunEnd::kIdle);
  }
  void Crash(Unsynced unsynced, uint64_t number = 1) {
    RandomStream draws(StreamKey(Seed(number), "journal-test", "crash"));
    disk_.before = nullptr;
    disk_.Crash(unsynced, draws);
  }

  FakeDisk disk_;
  int syncs_ = 0;
};

TEST_F(JournalTest, WhatWasCommittedSurvivesACrash) {
  RunTask([this] {
    Letters letters(disk_, 0, "");
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(letters.AddAndCommit().ok());
    letters.Add();
  });
  Crash(Unsynced::kLost);
  EXPECT_EQ(Recover(disk_).state, "abcde");
}

TEST_F(JournalTest, TheStateItStartsWithIsSavedFirst) {
  RunTask([this] {
    Letters letters(disk_, 0, "ab");
    EXPECT_TRUE(letters.Commit().ok());
  });
  Crash(Unsynced::kLost);
  const Recovered recovered = Recover(disk_);
  EXPECT_EQ(recovered.state, "ab");
  EXPECT_EQ(recovered.generation, 1u);
}

TEST_F(JournalTest, NothingNewIsCommittedWithoutTheDisk) {
  RunTask([this] {
    Letters letters(disk_, 0, "");
    EXPECT_TRUE(letters.AddAndCommit().ok());
    disk_.before = [](std::string_view) {
      return absl::UnavailableError("touched");
    };
    EXPECT_TRUE(letters.Commit().ok());
  });
}

TEST_F(JournalTest, TasksThatCommitTogetherShareASync) {
  constexpr int kTasks = 20;
  Letters letters(disk_, 0, "");
  RunTask([&] { EXPECT_TRUE(letters.Commit().ok()); });
  disk_.before = [this](std::string_view operation) {
    syncs_ += operation == "Sync" ? 1 : 0;
    SleepFor(Milliseconds(1));
    return absl::OkStatus();
  };
  for (int i = 0; i < kTasks; ++i) {
    Spawn("committer", [&] { EXPECT_TRUE(letters.AddAndCommit().ok()); });
  }
  EXPECT_EQ(Run().end, RunEnd::kIdle);
  // That of the first task and that of all others.
  EXPECT_EQ(syncs_, 2);
  Crash(Unsynced::kLost);
  EXPECT_EQ(Recover(disk_).state, letters.state());
}

TEST_F(JournalTest, ChangesMadeDuringACheckpointAreCommittedAfterIt) {
  Letters letters(disk_, 0, "");
  bool is_added = false;
  disk_.before = [&](std::string_view operation) {
    if (operation == "Rename") {
      letters.Add();
      is_added = true;
    }
    return absl::OkStatus();
  };
  RunTask([&] { EXPECT_TRUE(letters.AddAndCommit().ok()); });
  EXPECT_TRUE(is_added);
  EXPECT_EQ(Recover(disk_).state, "a");
  RunTask([&] { EXPECT_TRUE(letters.Commit().ok()); });
  Crash(Unsynced::kLost);
  EXPECT_EQ(Recover(disk_).state, "ab");
}

TEST_F(JournalTest, TheLogIsBounded) {
  RunTask([this] {
    Letters letters(disk_, 0, "");
    size_t longest = 0;
    for (int i = 0; i < 2000; ++i) {
      ASSERT_TRUE(letters.AddAndCommit().ok());
      size_t total = 0;
      const auto names = disk_.List();
      for (const std::string& name : *names) {
        if (name.starts_with(kLogPrefix)) total += disk_.Content(name)->size();
      }
      ASSERT_LE(total, std::max<size_t>(kLogBytesMax, letters.state().size()));
      longest = std::max(longest, total);
    }
    EXPECT_GT(longest, kLogBytesMax);
  });
}

TEST_F(JournalTest, ALogThatFailedIsNotWrittenAgain) {
  for (const std::string_view failing : {"Append", "Sync"}) {
    Crash(Unsynced::kLost);
    const uint64_t generation = Recover(disk_).generation;
    RunTask([&] {
      Letters letters(disk_, generation, "");
      ASSERT_TRUE(letters.AddAndCommit().ok());
      ASSERT_TRUE(letters.AddAndCommit().ok());
      disk_.before = [failing](std::string_view operation) {
        return operation == failing ? absl::UnavailableError("broken")
                                    : absl::OkStatus();
      };
      EXPECT_TRUE(absl::IsUnavailable(letters.AddAndCommit()));
      EXPECT_TRUE(absl::IsUnavailable(letters.Commit()));
      disk_.before = nullptr;
      EXPECT_TRUE(letters.Commit().ok());
      EXPECT_EQ(disk_.Content(LogName(generation + 1)), nullptr);
      ASSERT_NE(disk_.Content(LogName(generation + 2)), nullptr);
      EXPECT_TRUE(letters.AddAndCommit().ok());
    });
    Crash(Unsynced::kLost);
    EXPECT_EQ(Recover(disk_).state, "abcd");
  }
}

// Life after life on one disk, each cut short after one operation more.
TEST_F(JournalTest, ACrashAtAnyPointLosesNothingThatWasCommitted) {
  int checkpoints = 0;
  for (uint64_t stop = 0; stop < 300; ++stop) {
    const auto unsynced = static_cast<Unsynced>(stop % 3);
    const Recovered before = Recover(disk_);
    std::string state;
    size_t committed = 0;
    RunTask([&] {
      uint64_t operations = 0;
      disk_.before = [&](std::string_view operation) {
        checkpoints += operation == "Rename" ? 1 : 0;
        return operations++ < stop ? absl::OkStatus()
                                   : absl::UnavailableError("stopped");
      };
      // What was recovered is as good as what was committed.
      Letters letters(disk_, before.generation, before.state);
      while (letters.AddAndCommit().ok()) {
        letters.Add();
      }
      state = letters.state();
      committed = std::max(letters.committed(), before.state.size());
    });
    Crash(unsynced, stop);
    const Recovered after = Recover(disk_);
    ASSERT_GE(after.state.size(), committed) << stop;
    ASSERT_EQ(after.state, state.substr(0, after.state.size())) << stop;
  }
  EXPECT_GT(checkpoints, 300);
}

TEST(ReplayLogTest, AMalformedRecordIsReported) {
  const Bytes log = EncodeRecord(1, 0, "no changes");
  const absl::Status status =
      ReplayLog(1, log, [](std::string_view) { return absl::OkStatus(); });
  EXPECT_TRUE(absl::IsDataLoss(status));
}

}  // namespace
}  // namespace reprise::kv
