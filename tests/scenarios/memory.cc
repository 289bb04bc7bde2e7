#include "tests/scenarios/memory.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/kv/clerk.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/memory_properties.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/recorded_clerk.h"

namespace reprise {
namespace {

constexpr int64_t kTenMiB = int64_t{10} << 20;
constexpr int64_t kManyClients = 100'000;

// The lab's limits.
constexpr int64_t kAfterReplacing = kTenMiB - 1;
constexpr int64_t kAfterTwoAppends = 3 * kTenMiB + (1 << 20) - 1;
constexpr int64_t kAfterManyAppends = 3'000'000 - 1;
constexpr int64_t kPerPuttingClient = 200;
constexpr int64_t kPerReadingClient = 10;

// Ours, for every instant: while the second of two large values is appended,
// its request, the value so far, the grown one and the reply are alive.
constexpr int64_t kAtAnyInstant = 5 * kTenMiB;

// The lab's randValue: letters from a-z and A-Z.
std::string RandomLetters(const Trial& trial, int64_t length) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  RandomStream draws = trial.Workload(/*client=*/0, /*operation_index=*/0);
  std::string value(length, '\0');
  for (char& letter : value) {
    letter = kLetters[BoundedWord(draws.Next(), kLetters.size())];
  }
  return value;
}

// Makes clerks that are recorded, for one server.
class ClerkMaker {
 public:
  ClerkMaker(Trial& trial, Recorder<KeyValueModel>& recorder, NodeId server)
      : trial_(trial), recorder_(recorder), server_(server) {}

  RecordedClerk Recorded(Env& env, int client) const {
    return RecordedClerk(recorder_, env, server_, client, trial_.bug());
  }
  kv::Clerk Unrecorded(Env& env) const { return kv::Clerk(env, server_); }
  NodeId server() const { return server_; }

 private:
  Trial& trial_;
  Recorder<KeyValueModel>& recorder_;
  NodeId server_;
};

// Runs `work(env, clerks)` on a node of its own, to the end of the world, and
// returns the server.
template <typename Work>
Node& RunOnTester(Trial& trial, const FaultMix& faults, const Work& work) {
  World& world = trial.NewWorld(faults);
  Recorder<KeyValueModel> recorder(trial);
  const NodeId server = AddServer(trial);
  const MemoryLimit limit(trial, world.node(server), kAtAnyInstant);
  const ClerkMaker clerks(trial, recorder, server);
  world.AddNode("tester").Spawn(
      [&work, &clerks](Env& env) { work(env, clerks); });
  RunAndJudge(trial, recorder);
  limit.ExpectKept();
  return world.node(server);
}

void ExpectLength(Trial& trial, std::string_view value, int64_t length) {
  if (static_cast<int64_t>(value.size()) == length) return;
  trial.ViolateAndStop(
      "value-check",
      absl::StrCat("read ", value.size(), " bytes instead of ", length, "."));
}

void MemGet(Trial& trial, const FaultMix& faults) {
  const int64_t length = trial.Option("bytes", kTenMiB);
  const std::string value = RandomLetters(trial, length);
  Node& host =
      RunOnTester(trial, faults, [&](Env& env, const ClerkMaker& clerks) {
        RecordedClerk first = clerks.Recorded(env, 0);
        RecordedClerk second = clerks.Recorded(env, 1);
        first.Put("k", value);
        ExpectLength(trial, first.Get("k"), length);
        ExpectLength(trial, second.Get("k"), length);
        first.Put("k", "0");
      });
  ExpectHeldAtMost(trial, host, kAfterReplacing);
}

void MemPut(Trial& trial, const FaultMix& faults) {
  const int64_t length = trial.Option("bytes", kTenMiB);
  const std::string value = RandomLetters(trial, length);
  Node& host =
      RunOnTester(trial, faults, [&](Env& env, const ClerkMaker& clerks) {
        RecordedClerk first = clerks.Recorded(env, 0);
        RecordedClerk second = clerks.Recorded(env, 1);
        first.Put("k", value);
        second.Put("k", "");
      });
  ExpectHeldAtMost(trial, host, kAfterReplacing);
}

void MemAppend(Trial& trial, const FaultMix& faults) {
  const int64_t length = trial.Option("bytes", kTenMiB);
  const std::string value = RandomLetters(trial, length);
  Node& host =
      RunOnTester(trial, faults, [&](Env& env, const ClerkMaker& clerks) {
        RecordedClerk first = clerks.Recorded(env, 0);
        RecordedClerk second = clerks.Recorded(env, 1);
        first.Append("k", value);
        ExpectLength(trial, second.Append("k", value), length);
      });
  ExpectHeldAtMost(trial, host, kAfterTwoAppends);
}

// Their operations are not recorded: a hundred thousand values of a thousand
// bytes would only fill the history.
void MemPutManyClients(Trial& trial, const FaultMix& faults) {
  const int64_t clients = trial.Option("crowd", kManyClients, kClients);
  const std::string value = RandomLetters(trial, 1000);
  RunOnTester(trial, faults, [&](Env& env, const ClerkMaker& clerks) {
    const MemoryGrowth growth(trial, trial.world().node(clerks.server()));
    for (int64_t client = 0; client < clients; ++client) {
      clerks.Unrecorded(env).Put("k", value);
    }
    growth.ExpectAtMost(kPerPuttingClient * clients);
  });
}

void MemGetManyClients(Trial& trial, const FaultMix& faults) {
  const int64_t clients = trial.Option("crowd", kManyClients, kClients);
  RunOnTester(trial, faults, [&](Env& env, const ClerkMaker& clerks) {
    clerks.Unrecorded(env).Put("0", "");
    const MemoryGrowth growth(trial, trial.world().node(clerks.server()));
    for (int64_t client = 0; client < clients; ++client) {
      ExpectLength(trial, clerks.Unrecorded(env).Get("0"), 0);
    }
    growth.ExpectAtMost(kPerReadingClient * clients - 1);
  });
}

void MemManyAppends(Trial& trial, const FaultMix& faults) {
  const int64_t appends = trial.Option("operations", 1000);
  const std::string value = RandomLetters(trial, 1000);
  Node& host =
      RunOnTester(trial, faults, [&](Env& env, const ClerkMaker& clerks) {
        RecordedClerk clerk = clerks.Recorded(env, 0);
        int64_t length = 0;
        for ([[maybe_unused]] int64_t i : trial.Operations(0, appends)) {
          ExpectLength(trial, clerk.Append("k", value), length);
          length += static_cast<int64_t>(value.size());
        }
      });
  ExpectHeldAtMost(trial, host, kAfterManyAppends);
}

void LabMemGet(Trial& trial) { MemGet(trial, kUnreliable); }

void LabMemPut(Trial& trial) {
  MemPut(trial, kReliable);
  ExpectCalls(trial, 2);
}

void LabMemAppend(Trial& trial) {
  MemAppend(trial, kReliable);
  ExpectCalls(trial, 2);
}

void LabMemPutManyClients(Trial& trial) {
  MemPutManyClients(trial, kReliable);
  ExpectCalls(trial, trial.Option("crowd", kManyClients, kClients));
}

void LabMemGetManyClients(Trial& trial) {
  MemGetManyClients(trial, kReliable);
  ExpectCalls(trial, trial.Option("crowd", kManyClients, kClients) + 1);
}

void LabMemManyAppends(Trial& trial) {
  MemManyAppends(trial, kReliable);
  ExpectCalls(trial, trial.operations());
}

// The same on the harsh network.
template <void (*kRun)(Trial&, const FaultMix&)>
void Harsh(Trial& trial) {
  kRun(trial, kHarsh);
}

}  // namespace

std::vector<Scenario> MemoryScenarios() {
  return {
      {.name = "lab-mem-get",
       .about = "ten megabytes are put, read twice and replaced",
       .run = LabMemGet,
       .sweep_seeds = 1,
       .lab_title = "memory use get"},
      {.name = "lab-mem-put",
       .about = "ten megabytes are put and replaced by nothing",
       .run = LabMemPut,
       .sweep_seeds = 1,
       .lab_title = "memory use put"},
      {.name = "lab-mem-append",
       .about = "ten megabytes are appended twice",
       .run = LabMemAppend,
       .sweep_seeds = 1,
       .lab_title = "memory use append"},
      {.name = "lab-mem-put-many-clients",
       .about = "a hundred thousand clients put once each",
       .run = LabMemPutManyClients,
       .sweep_seeds = 1,
       .lab_title = "memory use many put clients"},
      {.name = "lab-mem-get-many-clients",
       .about = "a hundred thousand clients read once each",
       .run = LabMemGetManyClients,
       .sweep_seeds = 1,
       .lab_title = "memory use many get clients"},
      {.name = "lab-mem-many-appends",
       .about = "one client appends a thousand bytes a thousand times",
       .run = LabMemManyAppends,
       .sweep_seeds = 1,
       .lab_title = "memory use many appends"},
      {.name = "harsh-mem-get",
       .about = "lab-mem-get on the harsh network",
       .run = Harsh<MemGet>,
       .sweep_seeds = 1},
      {.name = "harsh-mem-put",
       .about = "lab-mem-put on the harsh network",
       .run = Harsh<MemPut>,
       // So many that a request is repeated in one of them.
       .sweep_seeds = 4},
      {.name = "harsh-mem-append",
       .about = "lab-mem-append on the harsh network",
       .run = Harsh<MemAppend>,
       .sweep_seeds = 1},
      {.name = "harsh-mem-put-many-clients",
       .about = "lab-mem-put-many-clients on the harsh network",
       .run = Harsh<MemPutManyClients>,
       .sweep_seeds = 1},
      {.name = "harsh-mem-get-many-clients",
       .about = "lab-mem-get-many-clients on the harsh network",
       .run = Harsh<MemGetManyClients>,
       .sweep_seeds = 1},
      {.name = "harsh-mem-many-appends",
       .about = "lab-mem-many-appends on the harsh network",
       .run = Harsh<MemManyAppends>,
       .sweep_seeds = 1},
  };
}

}  // namespace reprise
