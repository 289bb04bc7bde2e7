// The faults of disks of which no operation tells, each at the frequency that
// was asked for, and for nothing else than was asked for.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/disk_host.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr int kWrites = 4000;
constexpr uint64_t kBytes = 100;

int64_t Counted(const DiskHost& host, Fault fault) {
  return static_cast<int64_t>(host.world.fault_counts()[fault]);
}

// Appends records of 100 bytes, each of another letter than the one before.
void AppendRecords(Disk& disk, int count) {
  const auto file = OpenFile(disk, "log");
  for (int i = 0; i < count; ++i) {
    ASSERT_TRUE(
        file->Append(std::string(kBytes, static_cast<char>('a' + i % 26)))
            .ok());
  }
  ASSERT_TRUE(file->Sync().ok());
  ASSERT_TRUE(disk.SyncDirectory().ok());
}

// How many of these records are not there.
int Missing(std::string_view content, int count) {
  int missing = 0;
  for (int i = 0; i < count; ++i) {
    const std::string record(kBytes, static_cast<char>('a' + i % 26));
    missing += content.substr(i * kBytes, kBytes) != record ? 1 : 0;
  }
  return missing;
}

TEST(SilentDiskFaultsTest, WritesAreLostAsOftenAsAskedForAndLeaveZeroBytes) {
  DiskHost host({.write_lost = {1, 10}});
  host.Run([&](Disk& disk) {
    AppendRecords(disk, kWrites);
    const std::string content = ContentOf(disk, "log");
    EXPECT_EQ(content.size(), kWrites * kBytes);
    const int missing = Missing(content, kWrites);
    EXPECT_TRUE(IsAsFrequent(missing, kWrites, {1, 10}));
    EXPECT_EQ(std::count(content.begin(), content.end(), '\0'),
              missing * static_cast<int64_t>(kBytes));
    EXPECT_EQ(Counted(host, Fault::kWriteLost), missing);
    EXPECT_EQ(host.Count(EventKind::kWriteLost), missing);
  });
}

TEST(SilentDiskFaultsTest, ALostWriteKeepsWhatWasThereAndIsSynced) {
  DiskHost host({.write_lost = {1, 1}});
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(file->Append("old").ok());
    EXPECT_TRUE(file->Write(1, "new").ok());
    EXPECT_EQ(file->Size(), 4u);
    EXPECT_EQ(*file->Read(0, 4), std::string(4, '\0'));
    EXPECT_TRUE(host.node.HasUnsyncedWrites());
    EXPECT_TRUE(file->Sync().ok());
    EXPECT_TRUE(disk.SyncDirectory().ok());
    EXPECT_FALSE(host.node.HasUnsyncedWrites());
  });
}

TEST(SilentDiskFaultsTest, WritesGoAstrayAsOftenAsAskedFor) {
  DiskHost host({.write_misdirected = {1, 20}});
  host.Run([&](Disk& disk) {
    AppendRecords(disk, kWrites);
    const auto astray = Counted(host, Fault::kWriteMisdirected);
    // Not before there is another place.
    EXPECT_TRUE(IsAsFrequent(astray, kWrites, {1, 20}));
    EXPECT_EQ(host.Count(EventKind::kWriteMisdirected), astray);
    // Each leaves a gap, and does harm elsewhere, where that was not a gap.
    const int missing = Missing(ContentOf(disk, "log"), kWrites);
    EXPECT_GT(missing, astray);
    EXPECT_LE(missing, 3 * astray);
  });
}

TEST(SilentDiskFaultsTest, AMisdirectedWriteLandsAtTheSamePlaceOfAnotherFile) {
  Schedule schedule = {{.entity = "server/second",
                        .purpose = "write-misdirected",
                        .index = 1,
                        .value = 1}};
  DiskHost host({}, Seed(1), &schedule);
  host.Run([&](Disk& disk) {
    const auto first = OpenFile(disk, "first");
    EXPECT_TRUE(first->Append("0123456789").ok());
    const auto second = OpenFile(disk, "second");
    EXPECT_TRUE(second->Append("abcd").ok());
    EXPECT_TRUE(second->Append("efgh").ok());
    EXPECT_EQ(*first->Read(0, 20), "0123efgh89");
    EXPECT_EQ(*second->Read(0, 20), std::string("abcd\0\0\0\0", 8));
    // As far as that file goes, and for good.
    EXPECT_TRUE(first->Sync().ok());
  });
  EXPECT_EQ(Counted(host, Fault::kWriteMisdirected), 1);
  EXPECT_TRUE(host.world.decisions().Unused().empty());
  EXPECT_EQ(host.world.decisions().recorded(), schedule);
}

TEST(SilentDiskFaultsTest, AMisdirectedWriteMayLandInAnySectorOfItsFile) {
  std::map<uint64_t, int> sectors;
  for (uint64_t place = 1; place <= 3; ++place) {
    Schedule schedule = {{.entity = "server/data",
                          .purpose = "write-misdirected",
                          .index = 1,
                          .value = place}};
    DiskHost host({}, Seed(1), &schedule);
    host.Run([&](Disk& disk) {
      const auto file = OpenFile(disk, "data");
      const std::string zeros(4 * kSectorBytes, '\0');
      EXPECT_TRUE(file->Append(zeros).ok());
      EXPECT_TRUE(file->Write(kSectorBytes + 7, "x").ok());
      const size_t at = ContentOf(disk, "data").find('x');
      EXPECT_EQ(at % kSectorBytes, 7u);
      ++sectors[at / kSectorBytes];
    });
  }
  EXPECT_EQ(sectors, (std::map<uint64_t, int>{{0, 1}, {2, 1}, {3, 1}}));
}

TEST(SilentDiskFaultsTest, ReadsGoAstrayAsOftenAsAskedForAndChangeNothing) {
  DiskHost host({.read_misdirected = {1, 10}});
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "data");
    std::string content;
    for (int i = 0; i < 10; ++i) content += std::string(kSectorBytes, '0' + i);
    EXPECT_TRUE(file->Append(content).ok());
    std::map<std::string, int> read;
    int astray = 0;
    for (int i = 0; i < kWrites; ++i) {
      const std::string bytes = *file->Read(3 * kSectorBytes + 5, 10);
      EXPECT_EQ(bytes, std::string(10, bytes[0]));
      astray += bytes[0] != '3' ? 1 : 0;
      ++read[bytes];
    }
    EXPECT_EQ(read.size(), 10u);
    EXPECT_TRUE(IsAsFrequent(astray, kWrites, {1, 10}));
    EXPECT_EQ(Counted(host, Fault::kReadMisdirected), astray);
    EXPECT_EQ(host.Count(EventKind::kReadMisdirected), astray);
  });
  // All of it is as it was written.
  EXPECT_FALSE(host.world.HasLostSyncedData(host.node.id()));
}

TEST(SilentDiskFaultsTest, AReadThatFitsNowhereElseIsNotMisdirected) {
  DiskHost host({.read_misdirected = {1, 1}});
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "data");
    EXPECT_TRUE(file->Append("whole").ok());
    EXPECT_TRUE(OpenFile(disk, "part")->Append("some").ok());
    EXPECT_EQ(*file->Read(0, 5), "whole");
    EXPECT_EQ(*file->Read(0, 4), "some");
  });
}

// A decision that is left out takes its fault away, and no other.
TEST(SilentDiskFaultsTest, EachIsADecisionThatAReplayMayLeaveOut) {
  const auto run = [](const DiskOptions& disks, const Schedule* schedule) {
    DiskHost host(disks, Seed(3), schedule);
    host.Run([](Disk& disk) {
      AppendRecords(disk, 200);
      const auto file = OpenFile(disk, "log");
      for (int i = 0; i < 100; ++i) (void)file->Read(i * kBytes, kBytes);
    });
    return host.world.decisions().recorded();
  };
  const DiskOptions disks = {.write_lost = {1, 20},
                             .write_misdirected = {1, 20},
                             .read_misdirected = {1, 20}};
  Schedule drawn = run(disks, nullptr);
  EXPECT_GT(drawn.size(), 15u);
  EXPECT_EQ(run(disks, &drawn), drawn);
  drawn.erase(drawn.begin() + 4);
  EXPECT_EQ(run(disks, &drawn), drawn);
}

TEST(SilentDiskFaultsTest, NothingIsDrawnOfWhatIsOff) {
  DiskHost host;
  host.Run([](Disk& disk) { AppendRecords(disk, 200); });
  EXPECT_TRUE(host.world.decisions().recorded().empty());
  EXPECT_EQ(host.Count(EventKind::kWriteLost), 0);
}

// Three nodes with disks that lose what is written, restart empty and rot.
TEST(SilentDiskFaultsTest, AMajorityKeepsItsSyncedData) {
  FaultMix faults;
  faults.disks = {.bit_rot = {1, 50},
                  .write_lost = {1, 50},
                  .write_misdirected = {1, 50},
                  .rot_at_rest = {1, 50}};
  faults.nodes.crash = {.start = {1, 20}};
  faults.nodes.restart_empty = {1, 4};
  for (uint64_t seed = 0; seed < 20; ++seed) {
    World world({.seed = Seed(seed), .faults = faults});
    std::vector<NodeId> nodes;
    int damaged[3] = {};
    for (int i = 0; i < 3; ++i) {
      Node& node = world.AddNode(NodeName("server", i));
      nodes.push_back(node.id());
      node.OnBoot([&, i](Env& env) {
        const auto file = OpenFile(env.disk(), "log");
        const std::string content(1000, 'a');
        if (!(*file->Read(0, 1000)).empty()) {
          damaged[i] += *file->Read(0, 1000) != content ? 1 : 0;
        }
        while (file->Write(0, content).ok() && file->Sync().ok() &&
               env.disk().SyncDirectory().ok()) {
          env.clock().SleepFor(Milliseconds(5));
        }
      });
    }
    world.KeepMajority(nodes);
    world.RunUntil(VirtualTime::Seconds(3));
    int struck = 0;
    for (int i = 0; i < 3; ++i) {
      const bool has_lost = world.HasLostSyncedData(nodes[i]);
      struck += has_lost ? 1 : 0;
      EXPECT_TRUE(has_lost || damaged[i] == 0) << seed;
    }
    EXPECT_EQ(struck, 1);
  }
}

TEST(SilentDiskFaultsTest, AReplayKeepsTheMajorityToo) {
  const auto lost = [](const char* file) {
    return Decision{
        .entity = file, .purpose = "write-lost", .index = 0, .value = 1};
  };
  World world({.seed = Seed(1)});
  world.Follow({.base = Base::kCalm,
                .schedule = {lost("server-0/log"), lost("server-1/log")}});
  std::vector<NodeId> nodes;
  for (int i = 0; i < 3; ++i) {
    Node& node = world.AddNode(NodeName("server", i));
    nodes.push_back(node.id());
    node.Spawn([i](Env& env) {
      env.clock().SleepFor(Seconds(i));
      EXPECT_TRUE(OpenFile(env.disk(), "log")->Append("x").ok());
    });
  }
  world.KeepMajority(nodes);
  world.RunUntilIdle();
  EXPECT_TRUE(world.HasLostSyncedData(nodes[0]));
  EXPECT_FALSE(world.HasLostSyncedData(nodes[1]));
  ASSERT_EQ(world.decisions().Unused().size(), 1u);
  EXPECT_EQ(world.decisions().Unused()[0].entity, "server-1/log");
}

}  // namespace
}  // namespace reprise
