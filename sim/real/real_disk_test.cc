#include "reprise/sim/real/real_disk.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/real/testing/disk_contract.h"
#include "reprise/sim/real/testing/failing_calls.h"
#include "reprise/sim/real/testing/loop_host.h"
#include "reprise/sim/real/testing/temporary_folder.h"

namespace reprise {
namespace {

using Names = std::vector<std::string>;
using testing::HasSubstr;

class RealDiskTest : public testing::Test {
 protected:
  // On the test's folder.
  std::unique_ptr<RealDisk> Open() {
    absl::StatusOr<std::unique_ptr<RealDisk>> disk =
        RealDisk::Open(host_.loop(), folder_, calls_);
    EXPECT_TRUE(disk.ok()) << disk.status();
    return *std::move(disk);
  }

  const std::filesystem::path folder_ = TemporaryFolder("disk");
  FailingCalls calls_;
  LoopHost host_;
};

TEST_F(RealDiskTest, KeepsTheContract) {
  const auto disk = Open();
  host_.Run([&] { ExpectDiskContract(*disk); });
}

TEST_F(RealDiskTest, FindsItsFilesAgain) {
  auto disk = Open();
  host_.Run([&] {
    EXPECT_TRUE(OpenFile(*disk, "..")->Append("hello").ok());
    EXPECT_TRUE(disk->SyncDirectory().ok());
  });
  disk = nullptr;
  disk = Open();
  host_.Run([&] {
    EXPECT_EQ(*disk->List(), Names{".."});
    EXPECT_EQ(ContentOf(*disk, ".."), "hello");
  });
}

TEST_F(RealDiskTest, NamesTheFolderThatCannotBeHad) {
  const std::filesystem::path lost = folder_ / "parent" / "folder";
  absl::Status status = RealDisk::Open(host_.loop(), lost).status();
  EXPECT_TRUE(absl::IsNotFound(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(lost.string()));

  std::ofstream(folder_) << "a file";
  status = RealDisk::Open(host_.loop(), folder_).status();
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(folder_.string()));
}

TEST_F(RealDiskTest, IsTheOnlyOneOfItsFolder) {
  auto disk = Open();
  const absl::Status status = RealDisk::Open(host_.loop(), folder_).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(folder_.string()));
  disk = nullptr;
  disk = Open();
}

TEST_F(RealDiskTest, SeesNoFilesButItsOwn) {
  const auto disk = Open();
  std::ofstream(folder_ / ".hidden") << "x";
  std::filesystem::create_directory(folder_ / "subfolder");
  std::filesystem::create_symlink("/etc/passwd", folder_ / "link");
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  host_.Run([&] {
    EXPECT_EQ(*disk->List(), Names());
    for (const char* name : {"subfolder", "link", "pipe"}) {
      for (const OpenMode mode : {OpenMode::kExisting, OpenMode::kCreate}) {
        const absl::Status status = disk->Open(name, mode).status();
        EXPECT_TRUE(absl::IsUnavailable(status)) << status;
        EXPECT_THAT(std::string(status.message()), HasSubstr(name));
      }
    }
  });
}

TEST_F(RealDiskTest, RefusesANameThatIsTooLong) {
  const auto disk = Open();
  host_.Run([&] {
    const std::string name(256, 'x');
    EXPECT_TRUE(
        absl::IsNotFound(disk->Open(name, OpenMode::kExisting).status()));
    EXPECT_TRUE(
        absl::IsInvalidArgument(disk->Open(name, OpenMode::kCreate).status()));
    EXPECT_TRUE(absl::IsNotFound(disk->Remove(name)));
    EXPECT_TRUE(absl::IsNotFound(disk->Rename(name, "x")));
    OpenFile(*disk, "x");
    EXPECT_TRUE(absl::IsInvalidArgument(disk->Rename("x", name)));
    EXPECT_TRUE(disk->Rename("x", name.substr(1)).ok());
    EXPECT_EQ(*disk->List(), Names{name.substr(1)});
  });
}

TEST_F(RealDiskTest, ManyTasksShareASync) {
  const auto disk = Open();
  host_.Run([&] {
    const auto file = OpenFile(*disk, "log");
    std::vector<TaskHandle> tasks;
    for (int i = 0; i < 50; ++i) {
      tasks.push_back(host_.Spawn("append", [&file, i] {
        EXPECT_TRUE(file->Append(std::string(1, 'a' + i % 26)).ok());
        EXPECT_TRUE(file->Sync().ok());
      }));
    }
    for (const TaskHandle& task : tasks) task.Join();
    EXPECT_EQ(file->Size(), 50u);
    EXPECT_EQ(file->Read(0, 3).value(), "abc");
  });
  EXPECT_LT(calls_.syncs, 50);
  EXPECT_GT(calls_.syncs, 0);
}

TEST_F(RealDiskTest, CountsWhatIsOnItsWay) {
  const auto disk = Open();
  host_.Run([&] {
    const auto file = OpenFile(*disk, "x");
    const TaskHandle full = host_.Spawn("full", [&] {
      calls_.room = 2;
      EXPECT_TRUE(absl::IsResourceExhausted(file->Append("12345")));
      EXPECT_EQ(file->Size(), 3u);  // The other's.
    });
    const TaskHandle other = host_.Spawn("other", [&] {
      EXPECT_EQ(file->Size(), 5u);
      EXPECT_TRUE(file->Append("abc").ok());
    });
    CurrentScheduler().Yield();
    EXPECT_EQ(file->Size(), 8u);
    full.Join();
    other.Join();
    EXPECT_EQ(*file->Read(0, 100), "abc");
    EXPECT_EQ(file->Size(), 3u);
  });
}

TEST_F(RealDiskTest, WhatACancelledTaskBeganIsDone) {
  const auto disk = Open();
  host_.Run([&] {
    const auto file = OpenFile(*disk, "x");
    {
      const ScopedTask cancelled(host_.Spawn("cancelled", [&] {
        (void)file->Append("hello");
        ADD_FAILURE() << "it was cancelled";
      }));
      CurrentScheduler().Yield();
    }
    EXPECT_EQ(*file->Read(0, 100), "hello");
    EXPECT_EQ(file->Size(), 5u);
  });
}

TEST_F(RealDiskTest, DoesNothingForATaskThatUnwinds) {
  const auto disk = Open();
  struct AtEnd {
    Disk& disk;
    std::unique_ptr<File> file;
    ~AtEnd() { ExpectCancelled(disk, *file); }
  };
  host_.Run([&] {
    host_.Spawn("killed", [&] {
      const AtEnd at_end{*disk, OpenFile(*disk, "x")};
      CurrentScheduler().SleepUntil(VirtualTime::Infinite());
    });
    while (!std::filesystem::exists(folder_ / "x")) {
      CurrentScheduler().Yield();
    }
    EXPECT_EQ(*disk->List(), Names{"x"});  // So the other has it open.
  });
  host_.Kill();
  EXPECT_EQ(*disk->List(), Names{"x"});
  EXPECT_EQ(ContentOf(*disk, "x"), "");
}

TEST_F(RealDiskTest, NeverForgetsASyncThatFailed) {
  const auto disk = Open();
  host_.Run([&] {
    auto file = OpenFile(*disk, "x");
    EXPECT_TRUE(file->Append("hello").ok());
    calls_.sync_error = EIO;
    EXPECT_TRUE(absl::IsUnavailable(file->Sync()));
    file = nullptr;
    file = OpenFile(*disk, "x");
    EXPECT_TRUE(absl::IsUnavailable(file->Sync()));
    // One that takes its place is durable.
    EXPECT_TRUE(disk->Remove("x").ok());
    file = OpenFile(*disk, "x");
    EXPECT_TRUE(file->Append("hello").ok());
    EXPECT_TRUE(file->Sync().ok());

    calls_.sync_error = EIO;
    EXPECT_TRUE(absl::IsUnavailable(disk->SyncDirectory()));
    EXPECT_TRUE(absl::IsUnavailable(disk->SyncDirectory()));
  });
}

}  // namespace
}  // namespace reprise
