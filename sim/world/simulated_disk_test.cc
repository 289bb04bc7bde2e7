#include "reprise/sim/world/simulated_disk.h"

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/disk_host.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A crash leaves nothing that was not synced.
DiskOptions LosingAll() {
  return {.sector_lost = {1, 1}, .size_lost = {1, 1}, .name_lost = {1, 1}};
}

TEST(SimulatedDiskTest, ReadsWhatWasWritten) {
  DiskHost host;
  host.Run([](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(file->Append("hello ").ok());
    EXPECT_TRUE(file->Append("world").ok());
    EXPECT_TRUE(file->Write(0, "J").ok());
    EXPECT_EQ(file->Size(), 11u);
    EXPECT_EQ(*file->Read(0, 5), "Jello");
    EXPECT_EQ(*file->Read(6, 100), "world");
    EXPECT_EQ(*file->Read(11, 1), "");
    EXPECT_EQ(*file->Read(1000, 1), "");
  });
}

TEST(SimulatedDiskTest, AGapReadsAsZeros) {
  DiskHost host;
  host.Run([](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(file->Write(2, "x").ok());
    EXPECT_EQ(*file->Read(0, 3), std::string("\0\0x", 3));
    EXPECT_TRUE(file->Truncate(1).ok());
    EXPECT_TRUE(file->Truncate(3).ok());
    EXPECT_EQ(*file->Read(0, 3), std::string("\0\0\0", 3));
  });
}

TEST(SimulatedDiskTest, NamesOfFilesChangeAndGo) {
  DiskHost host;
  host.Run([](Disk& disk) {
    EXPECT_TRUE(OpenFile(disk, "b")->Append("1").ok());
    EXPECT_TRUE(OpenFile(disk, "a")->Append("2").ok());
    EXPECT_THAT(*disk.List(), ElementsAre("a", "b"));
    EXPECT_TRUE(disk.Rename("b", "a").ok());
    EXPECT_THAT(*disk.List(), ElementsAre("a"));
    EXPECT_EQ(ContentOf(disk, "a"), "1");
    EXPECT_TRUE(disk.Remove("a").ok());
    EXPECT_THAT(*disk.List(), IsEmpty());
    EXPECT_TRUE(absl::IsNotFound(disk.Remove("a")));
    EXPECT_TRUE(absl::IsNotFound(disk.Rename("a", "b")));
    EXPECT_TRUE(absl::IsNotFound(disk.Open("a", OpenMode::kExisting).status()));
  });
}

TEST(SimulatedDiskTest, AnOpenFileOutlivesItsName) {
  DiskHost host;
  host.Run([](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(disk.Remove("log").ok());
    EXPECT_TRUE(disk.SyncDirectory().ok());
    EXPECT_TRUE(file->Append("hello").ok());
    EXPECT_EQ(*file->Read(0, 5), "hello");
    EXPECT_EQ(OpenFile(disk, "log")->Size(), 0u);
  });
}

TEST(SimulatedDiskTest, TwoOpenFilesOfOneNameAreOneFile) {
  DiskHost host;
  host.Run([](Disk& disk) {
    const auto first = OpenFile(disk, "log");
    const auto second = OpenFile(disk, "log");
    EXPECT_TRUE(first->Append("hello").ok());
    EXPECT_EQ(*second->Read(0, 5), "hello");
  });
}

TEST(SimulatedDiskTest, OperationsTakeTheirTime) {
  DiskHost host;
  host.Run([&](Disk& disk) {
    const auto expect_now = [&](int64_t microseconds) {
      EXPECT_EQ(host.world.now(), VirtualTime() + Microseconds(microseconds));
    };
    const auto file = OpenFile(disk, "log");
    expect_now(20);
    EXPECT_TRUE(file->Append("x").ok());
    expect_now(40);
    EXPECT_TRUE(file->Truncate(0).ok());
    expect_now(60);
    EXPECT_TRUE(file->Sync().ok());
    expect_now(1060);
    EXPECT_TRUE(file->Read(0, 1).ok());
    expect_now(1160);
    EXPECT_TRUE(disk.Open("log", OpenMode::kExisting).ok());
    expect_now(1260);
    EXPECT_TRUE(disk.SyncDirectory().ok());
    expect_now(2260);
  });
}

TEST(SimulatedDiskTest, ACalmCrashKeepsWhatWasNotSynced) {
  DiskHost host;
  host.Run([](Disk& disk) {
    EXPECT_TRUE(OpenFile(disk, "log")->Append("hello").ok());
  });
  EXPECT_TRUE(host.node.HasUnsyncedWrites());
  host.CrashAndRestart();
  EXPECT_FALSE(host.node.HasUnsyncedWrites());
  host.Run([](Disk& disk) {
    EXPECT_THAT(*disk.List(), ElementsAre("log"));
    EXPECT_EQ(ContentOf(disk, "log"), "hello");
  });
  EXPECT_EQ(host.Count(EventKind::kFileUnsynced), 1);
  EXPECT_THAT(host.world.decisions().recorded(), IsEmpty());
}

TEST(SimulatedDiskTest, WhatWasSyncedSurvivesTheWorstCrash) {
  DiskHost host(LosingAll());
  host.Run([](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(file->Append("hello").ok());
    EXPECT_TRUE(file->Sync().ok());
    EXPECT_TRUE(disk.SyncDirectory().ok());
    EXPECT_TRUE(file->Append(" world").ok());
    EXPECT_TRUE(OpenFile(disk, "other")->Append("x").ok());
  });
  host.CrashAndRestart();
  host.Run([](Disk& disk) {
    EXPECT_THAT(*disk.List(), ElementsAre("log"));
    const std::string content = ContentOf(disk, "log");
    EXPECT_EQ(content.substr(0, 5), "hello");
    // The growth ends anywhere before its end, and its sector was lost.
    EXPECT_LT(content.size(), 11u);
    EXPECT_EQ(content.substr(5).find_first_not_of('\0'), std::string::npos);
  });
}

TEST(SimulatedDiskTest, SyncingAFileDoesNotSyncItsName) {
  DiskHost host(LosingAll());
  host.Run([](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(file->Append("hello").ok());
    EXPECT_TRUE(file->Sync().ok());
  });
  host.CrashAndRestart();
  host.Run([](Disk& disk) { EXPECT_THAT(*disk.List(), IsEmpty()); });
}

TEST(SimulatedDiskTest, AnInterruptedWriteIsThereAndNotSynced) {
  DiskHost host;
  host.node.Spawn([](Env& env) {
    const auto file = OpenFile(env.disk(), "log");
    file->Append("hello").IgnoreError();
    ADD_FAILURE() << "the crash came too late";
  });
  host.world.RunUntil(VirtualTime() + Microseconds(30));
  EXPECT_TRUE(host.node.HasUnsyncedWrites());
  host.CrashAndRestart();
  host.Run([](Disk& disk) { EXPECT_EQ(ContentOf(disk, "log"), "hello"); });
  EXPECT_EQ(host.Count(EventKind::kFileUnsynced), 1);
}

TEST(SimulatedDiskTest, AnInterruptedSyncMakesNothingDurable) {
  DiskHost host(LosingAll());
  host.node.Spawn([](Env& env) {
    const auto file = OpenFile(env.disk(), "log");
    EXPECT_TRUE(env.disk().SyncDirectory().ok());
    EXPECT_TRUE(file->Append("hello").ok());
    file->Sync().IgnoreError();
    ADD_FAILURE() << "the crash came too late";
  });
  host.world.RunUntil(VirtualTime() + Microseconds(2000));
  host.CrashAndRestart();
  host.Run([](Disk& disk) {
    EXPECT_EQ(ContentOf(disk, "log").find_first_not_of('\0'),
              std::string::npos);
  });
}

TEST(SimulatedDiskTest, WhileATaskUnwindsTheDiskDoesNothing) {
  struct Destructor {
    ~Destructor() {
      EXPECT_TRUE(absl::IsCancelled(file.Append("x")));
      EXPECT_TRUE(absl::IsCancelled(file.Read(0, 1).status()));
      EXPECT_TRUE(absl::IsCancelled(file.Truncate(0)));
      EXPECT_TRUE(absl::IsCancelled(file.Sync()));
      EXPECT_TRUE(absl::IsCancelled(disk.Remove("log")));
      EXPECT_TRUE(absl::IsCancelled(disk.Rename("log", "old")));
      EXPECT_TRUE(absl::IsCancelled(disk.List().status()));
      EXPECT_TRUE(absl::IsCancelled(disk.SyncDirectory()));
      EXPECT_TRUE(
          absl::IsCancelled(disk.Open("new", OpenMode::kCreate).status()));
      has_ended = true;
    }
    Disk& disk;
    File& file;
    bool& has_ended;
  };
  DiskHost host;
  bool has_ended = false;
  host.node.Spawn([&](Env& env) {
    const auto file = OpenFile(env.disk(), "log");
    EXPECT_TRUE(file->Append("hello").ok());
    const Destructor destructor{env.disk(), *file, has_ended};
    env.tasks().WaitUntilStopped();
  });
  host.world.RunUntilIdle();
  host.CrashAndRestart();
  EXPECT_TRUE(has_ended);
  host.Run([](Disk& disk) {
    EXPECT_THAT(*disk.List(), ElementsAre("log"));
    EXPECT_EQ(ContentOf(disk, "log"), "hello");
  });
}

TEST(SimulatedDiskTest, AFileThatWasOpenBeforeTheCrashIsDead) {
  DiskHost host;
  std::unique_ptr<File> file;
  host.Run([&](Disk& disk) { file = OpenFile(disk, "log"); });
  host.CrashAndRestart();
  host.Run([&](Disk& disk) {
    EXPECT_TRUE(absl::IsCancelled(file->Append("x")));
    EXPECT_EQ(ContentOf(disk, "log"), "");
  });
}

TEST(SimulatedDiskTest, AFullDiskTakesNothingMore) {
  DiskHost host({.capacity_bytes = 1000});
  host.Run([](Disk& disk) {
    const auto log = OpenFile(disk, "log");
    const auto other = OpenFile(disk, "other");
    EXPECT_TRUE(other->Append(std::string(400, 'a')).ok());
    EXPECT_TRUE(log->Append(std::string(600, 'a')).ok());
    EXPECT_TRUE(absl::IsResourceExhausted(log->Append("b")));
    EXPECT_TRUE(
        absl::IsResourceExhausted(log->Write(500, std::string(101, 'b'))));
    EXPECT_TRUE(absl::IsResourceExhausted(log->Truncate(601)));
    EXPECT_EQ(*log->Read(500, 200), std::string(100, 'a'));
    EXPECT_TRUE(log->Write(0, "b").ok()) << "what fits in place is written";
    EXPECT_TRUE(OpenFile(disk, "empty") != nullptr);
  });
}

TEST(SimulatedDiskTest, SpaceIsFreeWhenNoCrashCanNeedItAgain) {
  DiskHost host({.capacity_bytes = 1000});
  host.Run([](Disk& disk) {
    EXPECT_TRUE(OpenFile(disk, "old")->Append(std::string(1000, 'a')).ok());
    EXPECT_TRUE(disk.SyncDirectory().ok());
    const auto log = OpenFile(disk, "log");
    EXPECT_TRUE(disk.Remove("old").ok());
    EXPECT_TRUE(absl::IsResourceExhausted(log->Append("b")));
    EXPECT_TRUE(disk.SyncDirectory().ok());
    EXPECT_TRUE(log->Append(std::string(1000, 'b')).ok());
    EXPECT_TRUE(log->Sync().ok());
    EXPECT_TRUE(log->Truncate(0).ok());
    EXPECT_TRUE(absl::IsResourceExhausted(OpenFile(disk, "a")->Append("b")));
    EXPECT_TRUE(log->Sync().ok());
    EXPECT_TRUE(OpenFile(disk, "a")->Append("b").ok());
  });
}

TEST(SimulatedDiskTest, AFileHasAtMostEightGibibytes) {
  DiskHost host;
  host.Run([](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(absl::IsResourceExhausted(file->Write(uint64_t{8} << 30, "x")));
    EXPECT_TRUE(absl::IsResourceExhausted(file->Write(UINT64_MAX, "x")));
  });
}

TEST(SimulatedDiskTest, AStopInGoodOrderMakesEverythingDurable) {
  DiskHost host(LosingAll());
  host.Run([](Disk& disk) {
    EXPECT_TRUE(OpenFile(disk, "log")->Append("hello").ok());
  });
  host.node.Stop();
  EXPECT_FALSE(host.node.IsUp());
  host.node.Restart();
  host.CrashAndRestart();
  host.Run([](Disk& disk) { EXPECT_EQ(ContentOf(disk, "log"), "hello"); });
}

TEST(SimulatedDiskTest, ANodeMayRestartWithAnEmptyDisk) {
  DiskHost host;
  host.Run([](Disk& disk) {
    EXPECT_TRUE(OpenFile(disk, "log")->Append("hello").ok());
    EXPECT_TRUE(disk.SyncDirectory().ok());
  });
  host.node.Crash();
  host.node.RestartEmpty();
  host.Run([](Disk& disk) {
    EXPECT_THAT(*disk.List(), IsEmpty());
    EXPECT_EQ(OpenFile(disk, "log")->Size(), 0u);
  });
}

TEST(SimulatedDiskTest, ANodeThatUsesNoDiskHasNone) {
  DiskHost host(LosingAll());
  host.CrashAndRestart();
  host.node.Stop();
  host.node.RestartEmpty();
  EXPECT_FALSE(host.node.HasUnsyncedWrites());
  EXPECT_EQ(host.Count(EventKind::kDiskFlushed), 0);
  EXPECT_EQ(host.Count(EventKind::kDiskWiped), 0);
}

TEST(SimulatedDiskTest, ANodeWithADiskHasNoSlashInItsName) {
  World world({.seed = Seed(1)});
  world.AddNode("a/b").OnBoot([](Env& env) { env.disk(); });
  EXPECT_DEATH(world.RunUntilIdle(), "\"a/b\" has a disk");
}

TEST(SimulatedDiskTest, ANameIsNotEmptyAndHasNoSlash) {
  DiskHost host;
  host.node.Spawn([](Env& env) {
    env.disk().Open("a/b", OpenMode::kCreate).IgnoreError();
  });
  EXPECT_DEATH(host.world.RunUntilIdle(), "not a name for a file: \"a/b\"");
}

}  // namespace
}  // namespace reprise
