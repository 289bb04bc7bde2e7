#include "reprise/kv/raft/durable_state.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/kv/testing/fake_disk.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/task_testing.h"

namespace reprise::kv::raft {
namespace {

constexpr JournalOptions kOptions = {.log_bytes_max = 300};

Entry Command(Term term, std::string_view data) {
  return {.term = term, .kind = EntryKind::kCommand, .data = Bytes(data)};
}

class DurableStateTest : public TaskFixture {
 protected:
  ~DurableStateTest() override { scheduler_.Shutdown(); }

  void RunTask(absl::AnyInvocable<void()> body) {
    Spawn("task", std::move(body));
    EXPECT_EQ(Run().end, RunEnd::kIdle);
  }
  // A server's life begins: it recovers `image_`, or has none.
  absl::Status Boot(Version version = kLastVersion) {
    durable_.emplace(disk_, kOptions, version);
    absl::StatusOr<std::optional<DurableImage>> image = durable_->Load();
    image_ = image.ok() && image->has_value() ? **image : DurableImage();
    if (!image.ok()) return image.status();
    Begin();
    return absl::OkStatus();
  }
  void Begin() {
    durable_->Begin([this] { return image_; });
  }
  void Crash() {
    RandomStream draws(StreamKey(Seed(1), "durable-state-test", "crash"));
    disk_.before = nullptr;
    disk_.Crash(Unsynced::kLost, draws);
  }

  FakeDisk disk_;
  std::optional<DurableState> durable_;
  DurableImage image_;  // What the server has in memory.
};

TEST_F(DurableStateTest, HasNothingAtFirst) {
  RunTask([this] {
    durable_.emplace(disk_, kOptions, kLastVersion);
    const absl::StatusOr<std::optional<DurableImage>> image = durable_->Load();
    ASSERT_TRUE(image.ok());
    EXPECT_FALSE(image->has_value());
  });
}

TEST_F(DurableStateTest, RecoversWhatWasCommitted) {
  RunTask([this] {
    for (const Version version : {Version{1}, Version{2}}) {
      disk_ = FakeDisk();
      ASSERT_TRUE(Boot().ok());
      durable_->GoTo(version);
      ASSERT_TRUE(durable_->Commit().ok());
      const Ballot ballot = {.term = 3, .vote = NodeId(0), .life = 9};
      durable_->SaveBallot(ballot);
      const std::vector<Entry> entries = {Command(1, "a"), Command(1, "b"),
                                          Command(3, "c")};
      durable_->SaveEntries(1, entries);
      durable_->SaveEntries(2, std::vector<Entry>{Command(3, "d")});
      ASSERT_TRUE(durable_->Commit().ok());
      durable_->SaveBallot({.term = 4});
      Crash();
      ASSERT_TRUE(Boot().ok());
      EXPECT_EQ(image_.ballot, ballot);
      EXPECT_EQ(image_.entries,
                (std::vector<Entry>{Command(1, "a"), Command(3, "d")}));
      EXPECT_EQ(durable_->version(), version);
    }
  });
}

TEST_F(DurableStateTest, ASnapshotTakesThePlaceOfTheLog) {
  RunTask([this] {
    ASSERT_TRUE(Boot().ok());
    ASSERT_TRUE(durable_->Commit().ok());
    durable_->SaveEntries(
        1,
        std::vector<Entry>{Command(1, "a"), Command(1, "b"), Command(1, "c")});
    const Snapshot first = {.last = {2, 1}, .state = "ab"};
    durable_->SaveSnapshot(first, /*keeps_log=*/true);
    ASSERT_TRUE(durable_->Commit().ok());
    Crash();
    ASSERT_TRUE(Boot().ok());
    EXPECT_EQ(image_.snapshot.last, first.last);
    EXPECT_EQ(image_.snapshot.state, "ab");
    EXPECT_EQ(image_.entries, std::vector<Entry>{Command(1, "c")});
    ASSERT_TRUE(durable_->Commit().ok());
    durable_->SaveSnapshot({.last = {9, 2}, .state = "z"}, /*keeps_log=*/false);
    ASSERT_TRUE(durable_->Commit().ok());
    Crash();
    ASSERT_TRUE(Boot().ok());
    EXPECT_EQ(image_.snapshot.last, (Position{9, 2}));
    EXPECT_TRUE(image_.entries.empty());
  });
}

TEST_F(DurableStateTest, ALongLogBecomesACheckpoint) {
  RunTask([this] {
    ASSERT_TRUE(Boot().ok());
    for (Index index = 1; index <= 100; ++index) {
      const std::vector<Entry> entries = {Command(1, "0123456789")};
      durable_->SaveEntries(index, entries);
      image_.snapshot.last = {index, 1};
      ASSERT_TRUE(durable_->Commit().ok());
    }
    const absl::StatusOr<SavedState> saved = LoadState(disk_);
    ASSERT_TRUE(saved.ok());
    EXPECT_GT(saved->generation, 5U);
    EXPECT_LE(saved->log.size(), kOptions.log_bytes_max);
    Crash();
    ASSERT_TRUE(Boot().ok());
    EXPECT_EQ(image_.snapshot.last.index + image_.entries.size(), 100U);
  });
}

TEST_F(DurableStateTest, AServerMayGoBackBeforeFilesAreUpgraded) {
  RunTask([this] {
    ASSERT_TRUE(Boot(2).ok());
    durable_->SaveBallot({.term = 3});
    image_.ballot.term = 3;
    ASSERT_TRUE(durable_->Commit().ok());
    ASSERT_TRUE(Boot(1).ok());
    EXPECT_EQ(image_.ballot.term, 3U);
    ASSERT_TRUE(Boot(2).ok());
    durable_->GoTo(2);
    ASSERT_TRUE(durable_->Commit().ok());
    EXPECT_TRUE(absl::IsUnimplemented(Boot(1)));
    EXPECT_TRUE(Boot(2).ok());
    EXPECT_EQ(durable_->version(), 2);
  });
}

TEST_F(DurableStateTest, DamageIsToldAndReplacedInOneStep) {
  RunTask([this] {
    ASSERT_TRUE(Boot().ok());
    image_.ballot.term = 3;
    ASSERT_TRUE(durable_->Commit().ok());
    disk_.Content(kCheckpointName)->at(40) ^= 1;
    RandomStream draws(StreamKey(Seed(1), "durable-state-test", "damage"));
    disk_.Crash(Unsynced::kKept, draws);
    ASSERT_TRUE(absl::IsDataLoss(Boot()));
    image_.ballot = {.life = 7, .is_amnesiac = true};
    Begin();
    int left = 0;
    // Wherever it stops, either the damage or the new state is found.
    for (int64_t allowed = 0;; ++allowed) {
      left = static_cast<int>(allowed);
      disk_.before = [&](std::string_view) {
        return left-- > 0 ? absl::OkStatus() : absl::UnavailableError("");
      };
      const bool is_done = durable_->Commit().ok();
      Crash();
      const absl::Status status = Boot();
      if (is_done) {
        ASSERT_TRUE(status.ok());
        EXPECT_TRUE(image_.ballot.is_amnesiac);
        return;
      }
      EXPECT_TRUE(status.ok() ? image_.ballot.is_amnesiac
                              : absl::IsDataLoss(status));
      image_.ballot = {.life = 7, .is_amnesiac = true};
      if (!status.ok()) Begin();
      ASSERT_LT(allowed, 100);
    }
  });
}

}  // namespace
}  // namespace reprise::kv::raft
