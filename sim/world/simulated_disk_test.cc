#include "sim/world/simulated_disk.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/core/ids.h"
#include "sim/core/time.h"
#include "sim/env/disk.h"
#include "sim/env/env.h"
#include "sim/world/faults.h"
#include "sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// One node, "server", and its disk.
class Host {
 public:
  explicit Host(const DiskOptions& disks = {}, uint64_t seed = 1)
      : world({.seed = Seed(seed), .faults = {.disks = disks}}),
        node(world.AddNode("server")) {
    node.OnBoot([](Env& env) { env.tasks().WaitUntilStopped(); });
  }

  // Runs `program` on the node until it has ended.
  void Run(std::function<void(Disk&)> program) {
    bool has_ended = false;
    node.Spawn([&](Env& env) {
      program(env.disk());
      has_ended = true;
    });
    world.RunUntilIdle();
    EXPECT_TRUE(has_ended);
  }
  void CrashAndRestart() {
    node.Crash();
    node.Restart();
  }

  World world;
  Node& node;
};

std::unique_ptr<File> Open(Disk& disk, std::string_view name) {
  absl::StatusOr<std::unique_ptr<File>> file =
      disk.Open(name, OpenMode::kCreate);
  EXPECT_TRUE(file.ok()) << file.status();
  return *std::move(file);
}

std::string Content(Disk& disk, std::string_view name) {
  const auto file = disk.Open(name, OpenMode::kExisting);
  if (!file.ok()) return std::string(file.status().message());
  return (*file)->Read(0, (*file)->Size()).value_or("unreadable");
}

TEST(SimulatedDiskTest, ReadsWhatWasWritten) {
  Host host;
  host.Run([](Disk& disk) {
    const auto file = Open(disk, "log");
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
  Host host;
  host.Run([](Disk& disk) {
    const auto file = Open(disk, "log");
    EXPECT_TRUE(file->Write(2, "x").ok());
    EXPECT_EQ(*file->Read(0, 3), std::string("\0\0x", 3));
    EXPECT_TRUE(file->Truncate(1).ok());
    EXPECT_TRUE(file->Truncate(3).ok());
    EXPECT_EQ(*file->Read(0, 3), std::string("\0\0\0", 3));
  });
}

TEST(SimulatedDiskTest, KeepsItsFilesOverACalmCrash) {
  Host host;
  host.Run(
      [](Disk& disk) { EXPECT_TRUE(Open(disk, "log")->Append("hello").ok()); });
  host.CrashAndRestart();
  host.Run([](Disk& disk) {
    EXPECT_THAT(*disk.List(), ElementsAre("log"));
    EXPECT_EQ(Content(disk, "log"), "hello");
  });
}

TEST(SimulatedDiskTest, NamesOfFilesChangeAndGo) {
  Host host;
  host.Run([](Disk& disk) {
    EXPECT_TRUE(Open(disk, "b")->Append("1").ok());
    EXPECT_TRUE(Open(disk, "a")->Append("2").ok());
    EXPECT_THAT(*disk.List(), ElementsAre("a", "b"));
    EXPECT_TRUE(disk.Rename("b", "a").ok());
    EXPECT_THAT(*disk.List(), ElementsAre("a"));
    EXPECT_EQ(Content(disk, "a"), "1");
    EXPECT_TRUE(disk.Remove("a").ok());
    EXPECT_THAT(*disk.List(), IsEmpty());
    EXPECT_TRUE(absl::IsNotFound(disk.Remove("a")));
    EXPECT_TRUE(absl::IsNotFound(disk.Rename("a", "b")));
    EXPECT_TRUE(absl::IsNotFound(disk.Open("a", OpenMode::kExisting).status()));
  });
}

TEST(SimulatedDiskTest, OperationsTakeTheirTime) {
  Host host;
  host.Run([&](Disk& disk) {
    const auto file = Open(disk, "log");
    EXPECT_EQ(host.world.now(), VirtualTime() + Microseconds(20));
    EXPECT_TRUE(file->Append("x").ok());
    EXPECT_EQ(host.world.now(), VirtualTime() + Microseconds(40));
    EXPECT_TRUE(file->Sync().ok());
    EXPECT_EQ(host.world.now(), VirtualTime() + Microseconds(1040));
    EXPECT_TRUE(file->Read(0, 1).ok());
    EXPECT_EQ(host.world.now(), VirtualTime() + Microseconds(1140));
  });
}

}  // namespace
}  // namespace reprise
