// Small systems with one bug each that one fault of disks finds, and nothing
// else; the same system without the bug holds under the same faults.

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/disk_host.h"

namespace reprise {
namespace {

enum class Version { kRight, kBuggy };

// Runs the system, and returns whether its promise was broken.
using RunSystem = bool (*)(DiskHost& host, Version version);

constexpr uint64_t kSeeds = 50;

bool IsFound(RunSystem run, const DiskOptions& disks, Version version) {
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    DiskHost host(disks, Seed(seed));
    if (run(host, version)) return true;
  }
  return false;
}

void ExpectFoundByFaultAlone(RunSystem run, const DiskOptions& fault) {
  EXPECT_TRUE(IsFound(run, fault, Version::kBuggy));
  EXPECT_FALSE(IsFound(run, {}, Version::kBuggy));
  EXPECT_FALSE(IsFound(run, fault, Version::kRight));
}

// Promises to act within its lease alone. The bug: it looks at the clock before
// it writes down what it does, and not again.
bool ActsOutsideItsLease(DiskHost& host, Version version) {
  bool is_broken = false;
  host.node.Spawn([&, version](Env& env) {
    const auto file = OpenFile(env.disk(), "log");
    for (int i = 0; i < 100; ++i) {
      const VirtualTime lease_end = env.clock().Now() + Milliseconds(100);
      EXPECT_TRUE(file->Append("act").ok());
      EXPECT_TRUE(file->Sync().ok());
      const bool is_over = env.clock().Now() >= lease_end;
      is_broken |= is_over && version == Version::kBuggy;
      env.clock().SleepFor(Milliseconds(5));
    }
  });
  host.world.RunUntilIdle();
  return is_broken;
}

TEST(DiskBugsTest, AStallFindsALeaseThatIsCheckedTooEarly) {
  ExpectFoundByFaultAlone(ActsOutsideItsLease,
                          {.stall = {.start = {1, 100},
                                     .minimum = Milliseconds(10),
                                     .mean = Milliseconds(300)}});
}

// Promises to finish a snapshot. The bug: what does not finish in time begins
// again from the start, and not from where it is.
bool NeverFinishes(DiskHost& host, Version version) {
  constexpr uint64_t kPieces = 10;
  bool has_finished = false;
  host.node.Spawn([&, version](Env& env) {
    const auto file = OpenFile(env.disk(), "snapshot");
    const std::string piece(10'000, 's');
    VirtualTime attempt_end = env.clock().Now() + Milliseconds(50);
    while (file->Size() < kPieces * piece.size()) {
      EXPECT_TRUE(file->Append(piece).ok());
      if (env.clock().Now() < attempt_end) continue;
      attempt_end = env.clock().Now() + Milliseconds(50);
      if (version == Version::kRight) continue;
      EXPECT_TRUE(file->Truncate(0).ok());
    }
    has_finished = true;
  });
  host.world.RunUntil(VirtualTime::Seconds(2));
  return !has_finished;
}

TEST(DiskBugsTest, ASlowDiskFindsASnapshotThatBeginsAgain) {
  ExpectFoundByFaultAlone(NeverFinishes, {.bytes_per_second = 1'000'000});
}

// Promises to keep a value. The bug: where there is no room for the new one,
// the old one goes first.
bool LosesBothValues(DiskHost& host, Version version) {
  bool is_broken = false;
  host.node.Spawn([&, version](Env& env) {
    const auto old_value = OpenFile(env.disk(), "old");
    EXPECT_TRUE(old_value->Append("value").ok());
    for (int i = 0; i < 20; ++i) {
      env.clock().SleepFor(Milliseconds(10));
      const std::string name = absl::StrCat("new-", i);
      const auto new_value = OpenFile(env.disk(), name);
      const bool has_room = new_value->Append("value").ok();
      EXPECT_TRUE(env.disk().Remove(name).ok());
      if (has_room || version == Version::kRight) continue;
      EXPECT_TRUE(old_value->Truncate(0).ok());
      is_broken |= !new_value->Append("value").ok();
    }
  });
  host.world.RunUntilIdle();
  return is_broken;
}

TEST(DiskBugsTest, AFullDiskFindsAValueThatMakesRoomForTheNext) {
  ExpectFoundByFaultAlone(
      LosesBothValues,
      {.full = {.start = {1, 20}, .minimum = Milliseconds(10)}});
}

// Promises that a record that it has acknowledged is there. The bug: it takes
// the disk's word for it, and does not read what it has written.
bool LosesAcknowledged(DiskHost& host, Version version) {
  bool is_broken = false;
  host.Run([&, version](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    for (uint64_t at = 0; at < 1000; at += 10) {
      const std::string record(10, static_cast<char>('a' + at % 26));
      do {
        EXPECT_TRUE(file->Write(at, record).ok());
        EXPECT_TRUE(file->Sync().ok());
      } while (version == Version::kRight && *file->Read(at, 10) != record);
    }
    const std::string content = ContentOf(disk, "log");
    is_broken = content.find('\0') != std::string::npos;
  });
  return is_broken;
}

TEST(DiskBugsTest, ALostWriteFindsALogThatTrustsItsDisk) {
  ExpectFoundByFaultAlone(LosesAcknowledged, {.write_lost = {1, 500}});
}

// Promises to return the block that it is asked for, or to try again. The bug:
// a block's checksum does not cover where the block is to be.
bool ReturnsAnotherBlock(DiskHost& host, Version version) {
  constexpr int kBlocks = 8;
  const auto encode = [version](int number, int block) {
    std::string content = absl::StrCat("content of ", block);
    content.resize(kSectorBytes - 8, '.');
    const int place = version == Version::kRight ? number : 0;
    std::string sum = absl::StrCat(
        absl::Hex(HashName(absl::StrCat(content, place)), absl::kZeroPad16));
    return content + sum.substr(0, 8);
  };
  bool is_broken = false;
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "blocks");
    for (int i = 0; i < kBlocks; ++i) {
      EXPECT_TRUE(file->Append(encode(i, i)).ok());
    }
    for (int i = 0; i < 200; ++i) {
      const int number = i % kBlocks;
      const std::string block =
          *file->Read(number * kSectorBytes, kSectorBytes);
      for (int other = 0; other < kBlocks; ++other) {
        // What passes for whole.
        is_broken |= other != number && block == encode(number, other);
      }
    }
  });
  return is_broken;
}

TEST(DiskBugsTest, AMisdirectedReadFindsAChecksumWithoutItsPlace) {
  ExpectFoundByFaultAlone(ReturnsAnotherBlock, {.read_misdirected = {1, 500}});
}

}  // namespace
}  // namespace reprise
