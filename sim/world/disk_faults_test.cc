// The faults of disks, each at the frequency that was asked for.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/disk_host.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Each;

constexpr int kOperations = 5000;

TEST(DiskFaultsTest, ReadsFailAsOftenAsAskedFor) {
  DiskHost host({.read_error = {1, 10}});
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(file->Append("hello").ok());
    int failed = 0;
    for (int i = 0; i < kOperations; ++i) {
      const auto bytes = file->Read(0, 5);
      if (bytes.ok()) {
        EXPECT_EQ(*bytes, "hello");
      } else {
        EXPECT_TRUE(absl::IsDataLoss(bytes.status()));
        ++failed;
      }
    }
    EXPECT_TRUE(IsAsFrequent(failed, kOperations, {1, 10}));
    EXPECT_EQ(host.world.fault_counts()[Fault::kDiskError],
              static_cast<uint64_t>(failed));
  });
}

TEST(DiskFaultsTest, WhatIsMissingOrDoesNotFitIsNoFault) {
  DiskHost host({.capacity_bytes = 1});
  host.Run([](Disk& disk) {
    EXPECT_FALSE(disk.Open("log", OpenMode::kExisting).ok());
    EXPECT_FALSE(OpenFile(disk, "log")->Append("hello").ok());
  });
  EXPECT_EQ(host.Count(EventKind::kDiskFailed), 2);
  EXPECT_EQ(host.world.fault_counts()[Fault::kDiskError], 0u);
}

TEST(DiskFaultsTest, ListsFailAsOftenAsAskedFor) {
  DiskHost host({.read_error = {1, 10}});
  host.Run([](Disk& disk) {
    int failed = 0;
    for (int i = 0; i < kOperations; ++i) {
      failed += absl::IsDataLoss(disk.List().status()) ? 1 : 0;
    }
    EXPECT_TRUE(IsAsFrequent(failed, kOperations, {1, 10}));
  });
}

TEST(DiskFaultsTest, WritesFailAsOftenAsAskedForAndLeaveAFirstPart) {
  DiskHost host({.write_error = {1, 5}});
  host.Run([](Disk& disk) {
    std::unique_ptr<File> file;
    while (file == nullptr) {
      auto opened = disk.Open("log", OpenMode::kCreate);
      if (opened.ok()) file = *std::move(opened);
    }
    int failed = 0;
    std::vector<int64_t> written(4);  // By how many bytes of three.
    for (int i = 0; i < kOperations; ++i) {
      const uint64_t size = file->Size();
      const absl::Status status = file->Append("abc");
      const std::string part = *file->Read(size, 3);
      EXPECT_EQ(part, std::string("abc").substr(0, part.size()));
      if (status.ok()) {
        EXPECT_EQ(part.size(), 3u);
      } else {
        EXPECT_TRUE(absl::IsUnavailable(status));
        ++failed;
        ++written[part.size()];
      }
    }
    EXPECT_TRUE(IsAsFrequent(failed, kOperations, {1, 5}));
    for (const int64_t count : written) {
      EXPECT_TRUE(IsAsFrequent(count, failed, {1, 4}));
    }
  });
}

TEST(DiskFaultsTest, NamesFailToChangeAsOftenAsAskedForAndStay) {
  DiskHost host({.write_error = {1, 10}});
  host.Run([](Disk& disk) {
    int failed = 0;
    int tried = 0;
    const auto has = [&disk](std::string_view name) {
      return disk.Open(name, OpenMode::kExisting).ok();
    };
    const auto count = [&](const absl::Status& status) {
      ++tried;
      failed += absl::IsUnavailable(status) ? 1 : 0;
      return status.ok();
    };
    while (tried < kOperations) {
      const bool is_made = count(disk.Open("old", OpenMode::kCreate).status());
      EXPECT_EQ(has("old"), is_made);
      if (!is_made) continue;
      while (!count(disk.Rename("old", "new"))) EXPECT_TRUE(has("old"));
      EXPECT_TRUE(has("new"));
      EXPECT_FALSE(has("old"));
      while (!count(disk.Remove("new"))) EXPECT_TRUE(has("new"));
      EXPECT_FALSE(has("new"));
    }
    EXPECT_TRUE(IsAsFrequent(failed, tried, {1, 10}));
  });
}

TEST(DiskFaultsTest, SyncsFailAsOftenAsAskedForAndMakeNothingDurable) {
  DiskHost host({.sync_error = {1, 10}, .sector_lost = {1, 1}});
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    while (!disk.SyncDirectory().ok()) {
    }
    int failed = 0;
    for (int i = 0; i < kOperations; ++i) {
      EXPECT_TRUE(file->Write(0, "hello").ok());
      const absl::Status status = file->Sync();
      failed += absl::IsUnavailable(status) ? 1 : 0;
      EXPECT_EQ(host.node.HasUnsyncedWrites(), !status.ok());
    }
    EXPECT_TRUE(IsAsFrequent(failed, kOperations, {1, 10}));
  });
}

TEST(DiskFaultsTest, BitsRotAsOftenAsAskedForAndForGood) {
  DiskHost host({.bit_rot = {1, 10}});
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    std::string content = "hello world";
    EXPECT_TRUE(file->Append(content).ok());
    EXPECT_TRUE(file->Sync().ok());
    int rotten = 0;
    for (int i = 0; i < kOperations; ++i) {
      const std::string bytes = *file->Read(6, 5);
      int flipped = 0;
      for (size_t at = 0; at < bytes.size(); ++at) {
        flipped += __builtin_popcount(
            static_cast<uint8_t>(bytes[at] ^ content[6 + at]));
      }
      EXPECT_LE(flipped, 1);
      rotten += flipped;
      content.replace(6, 5, bytes);
    }
    EXPECT_TRUE(IsAsFrequent(rotten, kOperations, {1, 10}));
    EXPECT_EQ(host.world.fault_counts()[Fault::kBitRot],
              static_cast<uint64_t>(rotten));
  });
}

TEST(DiskFaultsTest, DelaysAreThoseOfTheOperation) {
  const auto delay = [](int64_t least, int64_t most) {
    return DelayOptions{.minimum = Microseconds(least),
                        .maximum = Microseconds(most)};
  };
  DiskHost host(
      {.read = delay(0, 10), .write = delay(20, 30), .sync = delay(40, 50)});
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    VirtualTime last = host.world.now();
    Duration sums[3];
    const auto expect_took = [&](int which, int64_t least, int64_t most) {
      const Duration took = host.world.now() - last;
      EXPECT_GE(took, Microseconds(least));
      EXPECT_LE(took, Microseconds(most));
      sums[which] += took;
      last = host.world.now();
    };
    for (int i = 0; i < kOperations; ++i) {
      EXPECT_TRUE(file->Read(0, 1).ok());
      expect_took(0, 0, 10);
      EXPECT_TRUE(file->Write(0, "x").ok());
      expect_took(1, 20, 30);
      EXPECT_TRUE(file->Sync().ok());
      expect_took(2, 40, 50);
    }
    // The mean of U{0..10 us}, within five standard deviations of 2.9 us /
    // sqrt(5000).
    for (int which = 0; which < 3; ++which) {
      const Duration mean = sums[which] / kOperations;
      EXPECT_GT(mean, Nanoseconds(5000 + which * 20'000 - 205));
      EXPECT_LT(mean, Nanoseconds(5000 + which * 20'000 + 205));
    }
  });
}

// How often each fate befell the sectors of a file.
struct Fates {
  int kept = 0;
  int lost = 0;
  int torn = 0;
  int garbled = 0;
  int all() const { return kept + lost + torn + garbled; }
};

// Writes "b" over the "a" of `sectors` synced sectors, crashes and looks.
Fates CrashSectors(const DiskOptions& disks, Seed seed, int sectors) {
  DiskHost host(disks, seed);
  const uint64_t size = sectors * kSectorBytes;
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "data");
    EXPECT_TRUE(file->Append(std::string(size, 'a')).ok());
    EXPECT_TRUE(file->Sync().ok());
    EXPECT_TRUE(disk.SyncDirectory().ok());
    EXPECT_TRUE(file->Write(0, std::string(size, 'b')).ok());
  });
  host.CrashAndRestart();
  Fates fates;
  host.Run([&](Disk& disk) {
    const std::string content = ContentOf(disk, "data");
    for (uint64_t at = 0; at < size; at += kSectorBytes) {
      const std::string sector = content.substr(at, kSectorBytes);
      const size_t border = sector.find_first_not_of('b');
      const std::string rest(kSectorBytes - std::min(border, size_t{512}), 'a');
      if (border == std::string::npos) {
        ++fates.kept;
      } else if (sector.substr(border) != rest) {
        ++fates.garbled;
      } else {
        ++(border == 0 ? fates.lost : fates.torn);
      }
    }
  });
  EXPECT_EQ(host.Count(EventKind::kSectorLost), fates.lost);
  EXPECT_EQ(host.Count(EventKind::kSectorTorn), fates.torn);
  EXPECT_EQ(host.Count(EventKind::kSectorGarbled), fates.garbled);
  EXPECT_EQ(host.world.fault_counts()[Fault::kTornWrite],
            static_cast<uint64_t>(fates.lost + fates.torn + fates.garbled));
  return fates;
}

TEST(DiskFaultsTest, SectorsAreLostTornAndGarbledAsOftenAsAskedFor) {
  const DiskOptions disks{
      .sector_lost = {3, 10}, .sector_torn = {1, 5}, .sector_garbled = {1, 20}};
  Fates sum;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Fates fates = CrashSectors(disks, Seed(seed), 200);
    sum.kept += fates.kept;
    sum.lost += fates.lost;
    sum.torn += fates.torn;
    sum.garbled += fates.garbled;
  }
  EXPECT_EQ(sum.all(), 4000);
  EXPECT_TRUE(IsAsFrequent(sum.lost, 4000, {3, 10}));
  EXPECT_TRUE(IsAsFrequent(sum.torn, 4000, {1, 5}));
  EXPECT_TRUE(IsAsFrequent(sum.garbled, 4000, {1, 20}));
}

TEST(DiskFaultsTest, ACertainFateBefallsEachSector) {
  EXPECT_EQ(CrashSectors({.sector_lost = {1, 1}}, Seed(1), 50).lost, 50);
  EXPECT_EQ(CrashSectors({.sector_torn = {1, 1}}, Seed(1), 50).torn, 50);
  EXPECT_EQ(CrashSectors({.sector_garbled = {1, 1}}, Seed(1), 50).garbled, 50);
  EXPECT_EQ(CrashSectors({}, Seed(1), 50).kept, 50);
}

constexpr int kFiles = 500;

std::string FileName(int number) { return absl::StrCat("file-", number); }

TEST(DiskFaultsTest, SizesAreLostAsOftenAsAskedFor) {
  DiskHost host({.size_lost = {1, 4}});
  host.Run([](Disk& disk) {
    for (int i = 0; i < kFiles; ++i) {
      const auto file = OpenFile(disk, FileName(i));
      EXPECT_TRUE(file->Append(std::string(10, 'a')).ok());
      EXPECT_TRUE(file->Sync().ok());
      // Every other one grows, the rest shrink.
      EXPECT_TRUE(file->Truncate(i % 2 == 0 ? 14 : 4).ok());
    }
  });
  host.CrashAndRestart();
  host.Run([&](Disk& disk) {
    int lost = 0;
    std::vector<int64_t> grown(4);  // By how many bytes of four.
    for (int i = 0; i < kFiles; ++i) {
      const uint64_t size = OpenFile(disk, FileName(i))->Size();
      if (i % 2 == 0 && size < 14) {
        ASSERT_GE(size, 10u);
        ++grown[size - 10];
        ++lost;
      } else if (i % 2 != 0 && size != 4) {
        EXPECT_EQ(size, 10u);
        ++lost;
      }
    }
    EXPECT_TRUE(IsAsFrequent(lost, kFiles, {1, 4}));
    EXPECT_EQ(host.world.fault_counts()[Fault::kLostSize],
              static_cast<uint64_t>(lost));
    EXPECT_THAT(grown, Each(testing::Gt(0)));
  });
}

TEST(DiskFaultsTest, NamesAreLostAsOftenAsAskedFor) {
  DiskHost host({.name_lost = {1, 4}});
  host.Run([](Disk& disk) {
    for (int i = 0; i < kFiles; ++i) OpenFile(disk, FileName(i));
    EXPECT_TRUE(disk.SyncDirectory().ok());
    for (int i = 0; i < kFiles; ++i) {
      const std::string name = FileName(i);
      EXPECT_TRUE(i % 2 == 0 ? disk.Remove(name).ok()
                             : disk.Rename(name, name + "-new").ok());
    }
  });
  host.CrashAndRestart();
  host.Run([&](Disk& disk) {
    int lost = 0;
    for (int i = 0; i < kFiles; ++i) {
      const std::string name = FileName(i);
      const bool is_old = disk.Open(name, OpenMode::kExisting).ok();
      const bool is_new = disk.Open(name + "-new", OpenMode::kExisting).ok();
      EXPECT_FALSE(is_old && is_new);
      EXPECT_TRUE(i % 2 == 0 || is_old || is_new);
      lost += is_old ? 1 : 0;
    }
    EXPECT_TRUE(IsAsFrequent(lost, kFiles, {1, 4}));
    EXPECT_EQ(host.world.fault_counts()[Fault::kLostName],
              static_cast<uint64_t>(lost));
  });
}

// A node that crashes at one tick in 50, or oftener while its disk holds what
// is not synced; how often it crashed, and at how many ticks it was up.
TEST(DiskFaultsTest, ACrashIsLikelierWhileSomethingIsNotSynced) {
  for (const bool is_synced : {false, true}) {
    FaultMix faults;
    faults.nodes.crash = {.start = {1, 50}};
    faults.nodes.crash_factor_unsynced = 10;
    World world({.seed = Seed(1), .faults = faults});
    int boots = 0;
    world.AddNode("server").OnBoot([&](Env& env) {
      ++boots;
      const auto file = OpenFile(env.disk(), "log");
      EXPECT_TRUE(env.disk().SyncDirectory().ok());
      EXPECT_TRUE(file->Append("x").ok());
      EXPECT_TRUE(!is_synced || file->Sync().ok());
      env.tasks().WaitUntilStopped();
    });
    world.AddNode("clock").Spawn(
        [](Env& env) { env.clock().SleepFor(Seconds(100)); });
    world.RunUntilIdle();
    // Each crash takes the next tick away, at which the node restarts.
    EXPECT_TRUE(
        IsAsFrequent(boots - 1, 10'000 - (boots - 1),
                     is_synced ? Probability{1, 50} : Probability{1, 5}));
  }
}

TEST(DiskFaultsTest, RestartsAreEmptyAsOftenAsAskedFor) {
  FaultMix faults;
  faults.nodes.crash = {.start = {1, 5}};
  faults.nodes.restart_empty = {1, 4};
  World world({.seed = Seed(1), .faults = faults});
  int boots = 0;
  int empty = 0;
  world.AddNode("server").OnBoot([&](Env& env) {
    ++boots;
    if (env.disk().Open("log", OpenMode::kExisting).ok()) return;
    ++empty;
    EXPECT_TRUE(env.disk().Open("log", OpenMode::kCreate).ok());
    EXPECT_TRUE(env.disk().SyncDirectory().ok());
  });
  world.AddNode("clock").Spawn(
      [](Env& env) { env.clock().SleepFor(Seconds(100)); });
  world.RunUntilIdle();
  EXPECT_GT(boots, 1000);
  // The first boot is neither.
  EXPECT_TRUE(IsAsFrequent(empty - 1, boots - 1, {1, 4}));
}

}  // namespace
}  // namespace reprise
