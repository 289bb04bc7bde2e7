#include "reprise/sim/real/unsynced_disk.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/real/real_disk.h"
#include "reprise/sim/real/testing/disk_contract.h"
#include "reprise/sim/real/testing/loop_host.h"
#include "reprise/sim/real/testing/memory_disk.h"
#include "reprise/sim/real/testing/temporary_folder.h"

namespace reprise {
namespace {

using Names = std::vector<std::string>;

std::unique_ptr<UnsyncedDisk> OpenOver(std::unique_ptr<Disk> inner) {
  absl::StatusOr<std::unique_ptr<UnsyncedDisk>> disk =
      UnsyncedDisk::Open(std::move(inner));
  EXPECT_TRUE(disk.ok()) << disk.status();
  return *std::move(disk);
}

// Over the folder, of which the test is the only user.
std::unique_ptr<UnsyncedDisk> OpenOver(LoopHost& host,
                                       const std::filesystem::path& folder) {
  absl::StatusOr<std::unique_ptr<RealDisk>> inner =
      RealDisk::Open(host.loop(), folder);
  EXPECT_TRUE(inner.ok()) << inner.status();
  return OpenOver(*std::move(inner));
}

TEST(UnsyncedDiskTest, KeepsTheContract) {
  LoopHost host;
  const auto disk = OpenOver(host, TemporaryFolder("disk"));
  host.Run([&] { ExpectDiskContract(*disk); });
}

// What becomes of a process that is killed between two operations.
TEST(UnsyncedDiskTest, AKilledProcessLosesWhatItHasNotSynced) {
  const std::filesystem::path folder = TemporaryFolder("disk");
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    LoopHost host;
    const auto disk = OpenOver(host, folder);
    host.Run([&] {
      const auto file = OpenFile(*disk, "kept");
      (void)file->Append("synced");
      (void)file->Sync();
      (void)disk->SyncDirectory();
      (void)file->Append(", not synced");
      (void)OpenFile(*disk, "lost")->Append("x");
      (void)OpenFile(*disk, "lost")->Sync();
      kill(getpid(), SIGKILL);
    });
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  LoopHost host;
  const auto disk = OpenOver(host, folder);
  host.Run([&] {
    EXPECT_EQ(*disk->List(), Names{"kept"});
    EXPECT_EQ(ContentOf(*disk, "kept"), "synced");
  });
}

TEST(UnsyncedDiskTest, FindsNamesOfAnyBytes) {
  MemoryFiles files;
  const Names names = {std::string("\0", 1), "\n", "1 2\n3", "names"};
  LoopHost host;
  host.Run([&] {
    auto disk = OpenOver(std::make_unique<MemoryDisk>(files));
    for (const std::string& name : names) {
      const auto file = OpenFile(*disk, name);
      EXPECT_TRUE(file->Append(name).ok());
      EXPECT_TRUE(file->Sync().ok());
    }
    EXPECT_TRUE(disk->SyncDirectory().ok());
    disk = OpenOver(std::make_unique<MemoryDisk>(files));
    EXPECT_EQ(*disk->List(), names);
    for (const std::string& name : names) {
      EXPECT_EQ(ContentOf(*disk, name), name);
    }
  });
}

TEST(UnsyncedDiskTest, LeavesNoFilesThatNobodyNeeds) {
  MemoryFiles files;
  LoopHost host;
  host.Run([&] {
    const auto disk = OpenOver(std::make_unique<MemoryDisk>(files));
    for (int i = 0; i < 10; ++i) {
      EXPECT_TRUE(OpenFile(*disk, "new")->Append("x").ok());
      EXPECT_TRUE(OpenFile(*disk, "new")->Sync().ok());
      EXPECT_TRUE(disk->Rename("new", "old").ok());
      EXPECT_TRUE(disk->SyncDirectory().ok());
    }
    EXPECT_EQ(files.names.size(), 2u);  // The names and one content.
    EXPECT_EQ(ContentOf(*disk, "old"), "x");
  });
}

TEST(UnsyncedDiskTest, RefusesADiskThatWasUsedInAnotherWay) {
  for (const char* name : {"log", "1", "01", "names"}) {
    MemoryFiles files;
    files.names[name] = std::make_shared<std::string>("x");
    const absl::Status status =
        UnsyncedDisk::Open(std::make_unique<MemoryDisk>(files)).status();
    EXPECT_TRUE(absl::IsFailedPrecondition(status)) << name << status;
    EXPECT_EQ(files.names.size(), 1u);
  }
  for (const char* text :
       {"", "unsynced-disk 1\nx", "unsynced-disk 1\n1 2\nab",
        "unsynced-disk 1\n1 9\nab\n", "unsynced-disk 1\n-1 2\nab\n"}) {
    MemoryFiles files;
    files.names["names"] = std::make_shared<std::string>(text);
    EXPECT_TRUE(absl::IsFailedPrecondition(
        UnsyncedDisk::Open(std::make_unique<MemoryDisk>(files)).status()))
        << text;
  }
}

TEST(UnsyncedDiskTest, ASyncThatFailedIsTriedAgain) {
  MemoryFiles files;
  LoopHost host;
  host.Run([&] {
    auto disk = OpenOver(std::make_unique<MemoryDisk>(files));
    const auto file = OpenFile(*disk, "x");
    EXPECT_TRUE(file->Append("0123").ok());
    EXPECT_TRUE(file->Truncate(3).ok());
    EXPECT_TRUE(file->Append("abc").ok());
    for (const uint64_t left : {0, 1, 2, 3, 4}) {
      files.left = left;
      files.is_dead = false;
      EXPECT_TRUE(absl::IsUnavailable(file->Sync()));
      EXPECT_TRUE(absl::IsUnavailable(disk->SyncDirectory()));
    }
    files.left = UINT64_MAX;
    files.is_dead = false;
    EXPECT_TRUE(file->Sync().ok());
    EXPECT_TRUE(disk->SyncDirectory().ok());
    disk = OpenOver(std::make_unique<MemoryDisk>(files));
    EXPECT_EQ(ContentOf(*disk, "x"), "012abc");
  });
}

TEST(UnsyncedDiskTest, WhatIsWrittenDuringASyncIsOfTheNext) {
  LoopHost host;
  const std::filesystem::path folder = TemporaryFolder("disk");
  auto disk = OpenOver(host, folder);
  host.Run([&] {
    auto file = OpenFile(*disk, "x");
    EXPECT_TRUE(disk->SyncDirectory().ok());
    EXPECT_TRUE(file->Append("during").ok());
    const TaskHandle sync =
        host.Spawn("sync", [&] { EXPECT_TRUE(file->Sync().ok()); });
    CurrentScheduler().Yield();
    EXPECT_TRUE(file->Append(" and after").ok());
    sync.Join();
    EXPECT_EQ(ContentOf(*disk, "x"), "during and after");
    file = nullptr;
    disk = nullptr;
    disk = OpenOver(host, folder);
    EXPECT_EQ(ContentOf(*disk, "x"), "during");
  });
}

TEST(UnsyncedDiskTest, DoesNothingForATaskThatUnwinds) {
  MemoryFiles files;
  LoopHost host;
  std::unique_ptr<UnsyncedDisk> disk;
  struct AtEnd {
    Disk& disk;
    std::unique_ptr<File> file;
    ~AtEnd() { ExpectCancelled(disk, *file); }
  };
  host.Run([&] {
    disk = OpenOver(std::make_unique<MemoryDisk>(files));
    host.Spawn("killed", [&] {
      const AtEnd at_end{*disk, OpenFile(*disk, "x")};
      CurrentScheduler().SleepUntil(VirtualTime::Infinite());
    });
    CurrentScheduler().Yield();
  });
  host.Kill();
  host.Run([&] {
    EXPECT_EQ(*disk->List(), Names{"x"});
    EXPECT_EQ(ContentOf(*disk, "x"), "");
  });
}

}  // namespace
}  // namespace reprise
