#include "reprise/kv/storage/checkpoint.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/storage/log.h"
#include "reprise/kv/testing/fake_disk.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"

namespace reprise::kv {
namespace {

RandomStream Draws(uint64_t number) {
  return RandomStream(StreamKey(Seed(number), "checkpoint-test", "crash"));
}

void AppendDurably(File& log, uint64_t generation, std::string_view payload) {
  const Bytes record = EncodeRecord(generation, log.Size(), payload);
  ASSERT_TRUE(log.Append(record).ok());
  ASSERT_TRUE(log.Sync().ok());
}

// A disk with a checkpoint of generation 1 and a record in its log.
void SaveFirst(FakeDisk& disk) {
  const auto log = SaveCheckpoint(disk, 1, "one");
  ASSERT_TRUE(log.ok()) << log.status();
  AppendDurably(**log, 1, "change");
}

TEST(CheckpointTest, AnEmptyDiskHoldsNothing) {
  FakeDisk disk;
  const auto state = LoadState(disk);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->generation, 0u);
  EXPECT_EQ(state->snapshot, "");
  EXPECT_EQ(state->log, "");
}

TEST(CheckpointTest, LoadsWhatWasSaved) {
  FakeDisk disk;
  SaveFirst(disk);
  RandomStream draws = Draws(1);
  disk.Crash(Unsynced::kLost, draws);
  const auto state = LoadState(disk);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->generation, 1u);
  EXPECT_EQ(state->snapshot, "one");
  EXPECT_EQ(state->log, EncodeRecord(1, 0, "change"));
}

TEST(CheckpointTest, ANewOneReplacesTheOld) {
  FakeDisk disk;
  SaveFirst(disk);
  ASSERT_TRUE(SaveCheckpoint(disk, 2, "two").ok());
  const auto state = LoadState(disk);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(state->generation, 2u);
  EXPECT_EQ(state->snapshot, "two");
  EXPECT_EQ(state->log, "");
  EXPECT_EQ(disk.Content(LogName(1)), nullptr);
  EXPECT_EQ(disk.Content(kNewCheckpointName), nullptr);
}

// Saves another checkpoint on a disk that stops at its `stop`th operation.
// Returns whether it was saved before that.
bool SaveUntil(FakeDisk& disk, int stop, uint64_t generation = 2) {
  int operations = 0;
  disk.before = [&](std::string_view) {
    return operations++ < stop ? absl::OkStatus()
                               : absl::UnavailableError("stopped");
  };
  const bool is_saved = SaveCheckpoint(disk, generation, "two").ok();
  disk.before = nullptr;
  return is_saved;
}

TEST(CheckpointTest, ACrashAtAnyPointLeavesTheOldOneOrTheNew) {
  bool found_old = false;
  bool found_new_early = false;
  bool is_saved = false;
  for (int stop = 0; stop < 20; ++stop) {
    for (uint64_t crash = 0; crash < 200; ++crash) {
      FakeDisk disk;
      SaveFirst(disk);
      is_saved = SaveUntil(disk, stop);
      RandomStream draws = Draws(crash);
      disk.Crash(static_cast<Unsynced>(crash % 3), draws);
      const auto state = LoadState(disk);
      ASSERT_TRUE(state.ok()) << stop << " " << state.status();
      if (state->generation == 1) {
        ASSERT_FALSE(is_saved);
        ASSERT_EQ(state->snapshot, "one");
        ASSERT_EQ(state->log, EncodeRecord(1, 0, "change"));
        found_old = true;
      } else {
        ASSERT_EQ(state->generation, 2u);
        ASSERT_EQ(state->snapshot, "two");
        ASSERT_EQ(state->log, "");
        found_new_early |= !is_saved;
      }
    }
  }
  EXPECT_TRUE(is_saved);  // So every point was tried.
  EXPECT_TRUE(found_old);
  EXPECT_TRUE(found_new_early);
}

TEST(CheckpointTest, AFailedAttemptLeavesNothingToTheNext) {
  for (int stop = 0; stop < 10; ++stop) {
    FakeDisk disk;
    SaveFirst(disk);
    if (SaveUntil(disk, stop)) break;
    // Shorter than what the attempt may have left.
    const auto log = SaveCheckpoint(disk, 2, "2");
    ASSERT_TRUE(log.ok()) << log.status();
    AppendDurably(**log, 2, "change");
    RandomStream draws = Draws(1);
    disk.Crash(Unsynced::kLost, draws);
    const auto state = LoadState(disk);
    ASSERT_TRUE(state.ok()) << state.status();
    EXPECT_EQ(state->snapshot, "2");
    EXPECT_EQ(state->log, EncodeRecord(2, 0, "change"));
  }
}

TEST(CheckpointTest, CrashesDoNotHeapUpLogs) {
  FakeDisk disk;
  for (uint64_t generation = 1; generation < 10; ++generation) {
    ASSERT_TRUE(SaveCheckpoint(disk, generation, "state").ok());
    RandomStream draws = Draws(generation);
    disk.Crash(Unsynced::kLost, draws);  // So the log before comes back.
    const auto names = disk.List();
    ASSERT_TRUE(names.ok()) << names.status();
    ASSERT_LE(names->size(), 3u) << generation;
  }
}

// However often what replaces it is begun, wherever that stops.
TEST(CheckpointTest, ALossIsReportedUntilItIsReplaced) {
  constexpr int kStops = 15;
  int replaced = 0;
  int lost = 0;
  for (uint64_t seed = 0; seed < 5000; ++seed) {
    RandomStream draws = Draws(seed);
    FakeDisk disk;
    SaveFirst(disk);
    ASSERT_TRUE(disk.Remove(kCheckpointName).ok());
    ASSERT_TRUE(disk.SyncDirectory().ok());
    for (uint64_t generation = 2; generation < 5; ++generation) {
      const auto stop = static_cast<int>(draws.Uniform(0, kStops));
      const bool is_saved = SaveUntil(disk, stop, generation);
      disk.Crash(static_cast<Unsynced>(draws.Uniform(0, 2)), draws);
      const auto state = LoadState(disk);
      if (state.ok()) {
        ASSERT_EQ(state->snapshot, "two") << seed;
        ++replaced;
        break;
      }
      ASSERT_FALSE(is_saved);
      ASSERT_TRUE(absl::IsDataLoss(state.status())) << state.status();
      ++lost;
    }
  }
  EXPECT_GT(replaced, 1000);
  EXPECT_GT(lost, 1000);
}

TEST(CheckpointTest, EachDamagedByteIsReported) {
  FakeDisk pristine;
  SaveFirst(pristine);
  const size_t size = pristine.Content(kCheckpointName)->size();
  for (size_t at = 0; at < size; ++at) {
    FakeDisk disk;
    SaveFirst(disk);
    (*disk.Content(kCheckpointName))[at] ^= 1;
    EXPECT_TRUE(absl::IsDataLoss(LoadState(disk).status())) << at;
    disk.Content(kCheckpointName)->resize(at);
    EXPECT_TRUE(absl::IsDataLoss(LoadState(disk).status())) << at;
  }
}

TEST(CheckpointTest, AMissingFileIsReported) {
  FakeDisk without_log;
  SaveFirst(without_log);
  ASSERT_TRUE(without_log.Remove(LogName(1)).ok());
  EXPECT_TRUE(absl::IsDataLoss(LoadState(without_log).status()));

  FakeDisk without_checkpoint;
  SaveFirst(without_checkpoint);
  ASSERT_TRUE(without_checkpoint.Remove(kCheckpointName).ok());
  EXPECT_TRUE(absl::IsDataLoss(LoadState(without_checkpoint).status()));
}

TEST(CheckpointTest, RandomFilesAreReported) {
  RandomStream draws = Draws(1);
  for (int i = 0; i < 1000; ++i) {
    FakeDisk disk;
    SaveFirst(disk);
    std::string& content = *disk.Content(kCheckpointName);
    content.resize(draws.Uniform(0, 100));
    for (char& byte : content) byte = static_cast<char>(draws.Next());
    ASSERT_TRUE(absl::IsDataLoss(LoadState(disk).status()));
  }
}

}  // namespace
}  // namespace reprise::kv
