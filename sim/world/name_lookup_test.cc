// Names of nodes, through the interfaces that code under test sees.

#include "reprise/sim/world/name_lookup.h"

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/testing/network_host.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kMany = 10'000;

TEST(NameLookupTest, FindsNodesUpOrDown) {
  NetworkHost host;
  host.server.Crash();
  host.Run([&](Env& env) {
    EXPECT_EQ(env.network().Resolve("server").value(), host.server.id());
    EXPECT_EQ(env.network().Resolve("client").value(), env.id());
  });
  EXPECT_EQ(host.Count(EventKind::kNameResolved), 2);
  EXPECT_THAT(host.lines, Contains(HasSubstr("resolves  server")));
}

TEST(NameLookupTest, SaysWhichNameIsNotThere) {
  NetworkHost host;
  host.Run([&](Env& env) {
    const absl::Status status = env.network().Resolve("srever").status();
    EXPECT_TRUE(absl::IsNotFound(status));
    EXPECT_THAT(std::string(status.message()), HasSubstr("srever"));
  });
  EXPECT_THAT(host.lines, Contains(HasSubstr("NOT_FOUND")));
}

// How many of many lookups fail.
int Fail(NetworkHost& host) {
  int failed = 0;
  host.Run([&](Env& env) {
    for (int i = 0; i < kMany; ++i) {
      const absl::StatusOr<NodeId> node = env.network().Resolve("server");
      if (node.ok()) continue;
      EXPECT_TRUE(absl::IsUnavailable(node.status()));
      ++failed;
    }
  });
  return failed;
}

TEST(NameLookupTest, FailsAsOftenAsAsked) {
  NetworkHost host({.resolve_error = {1, 50}});
  const int failed = Fail(host);
  EXPECT_TRUE(IsAsFrequent(failed, kMany, {1, 50}));
  EXPECT_EQ(host.world.fault_counts()[Fault::kResolveError],
            static_cast<uint64_t>(failed));
}

TEST(NameLookupTest, FailsAgainAsRecorded) {
  NetworkHost first({.resolve_error = {1, 50}});
  Fail(first);
  const Schedule schedule = first.world.decisions().recorded();
  ASSERT_FALSE(schedule.empty());
  EXPECT_EQ(schedule.front().entity, "client");
  EXPECT_EQ(schedule.front().purpose, "resolve-error");
  NetworkHost again({.resolve_error = {1, 50}}, Seed(2), &schedule);
  Fail(again);
  EXPECT_EQ(again.world.trace().digest(), first.world.trace().digest());
  EXPECT_THAT(again.world.decisions().Unused(), IsEmpty());
}

TEST(NameLookupTest, NeverFailsWhereAllIsCalmOrFaultsHaveEnded) {
  const Schedule calm;
  NetworkHost followed({.resolve_error = {1, 2}}, Seed(1), &calm);
  EXPECT_EQ(Fail(followed), 0);
  NetworkHost healed({.resolve_error = {1, 2}});
  healed.world.EndFaults();
  EXPECT_EQ(Fail(healed), 0);
}

// Looks up when it is destroyed.
struct Farewell {
  Env& env;
  absl::Status& status;
  ~Farewell() { status = env.network().Resolve("server").status(); }
};

TEST(NameLookupTest, IsCancelledWhileACrashedTaskUnwinds) {
  NetworkHost host;
  absl::Status status;
  host.client.Spawn([&](Env& env) {
    const Farewell farewell{env, status};
    env.tasks().WaitUntilStopped();
  });
  host.world.RunUntilIdle();
  host.client.Crash();
  EXPECT_TRUE(absl::IsCancelled(status));
  EXPECT_EQ(host.Count(EventKind::kNameResolved), 0);
}

}  // namespace
}  // namespace reprise
