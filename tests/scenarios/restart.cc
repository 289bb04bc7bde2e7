#include "tests/scenarios/restart.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/bugs/durable_servers.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/common/items.h"
#include "tests/scenarios/recorded_clerk.h"

namespace reprise {
namespace {

// Clients go on for so long after the faults have ended.
constexpr Duration kCalm = Milliseconds(500);
constexpr Duration kProgressMax = Seconds(10);
constexpr std::string_view kAppendedKey = "appended";
constexpr int64_t kRestartKeys = 5;

// A ratio of 0..`percent_max` hundredths, 0 in every other seed.
Probability DrawRatio(RandomStream& draws, int64_t percent_max) {
  const int64_t percent = draws.Uniform(-percent_max, percent_max);
  return {static_cast<uint32_t>(std::max<int64_t>(percent, 0)), 100};
}

Duration DrawDuration(RandomStream& draws, int64_t least_us, int64_t most_us) {
  return Microseconds(draws.Uniform(least_us, most_us));
}

DelayOptions DrawLatency(RandomStream& draws, int64_t most_us) {
  const Duration mean = DrawDuration(draws, 20, most_us);
  return {.calm = Microseconds(20),
          .shape = DelayShape::kExponential,
          .minimum = Microseconds(10),
          .maximum = mean * 10,
          .mean = mean};
}

FaultMix DrawMix(Seed seed) {
  RandomStream draws(StreamKey(seed, "server-restart", "mix"));
  FaultMix mix = fault::Harsh();
  const auto crashes = static_cast<uint32_t>(draws.Uniform(1, 20));
  mix.nodes.crash = {.start = {crashes, 400},
                     .minimum = Milliseconds(1),
                     .mean = DrawDuration(draws, 1'000, 200'000),
                     .rest = DrawDuration(draws, 0, 300'000)};
  mix.nodes.crash_factor_unsynced = draws.Uniform(1, 10);
  DiskOptions& disk = mix.disks;
  disk.read = DrawLatency(draws, 2'000);
  disk.write = DrawLatency(draws, 2'000);
  disk.sync = DrawLatency(draws, 20'000);
  disk.read_error = DrawRatio(draws, 5);
  disk.write_error = DrawRatio(draws, 5);
  disk.sync_error = DrawRatio(draws, 5);
  disk.sector_lost = DrawRatio(draws, 33);
  disk.sector_torn = DrawRatio(draws, 33);
  disk.sector_garbled = DrawRatio(draws, 33);
  disk.size_lost = DrawRatio(draws, 50);
  disk.name_lost = DrawRatio(draws, 50);
  return mix;
}

class RestartRun {
 public:
  RestartRun(Trial& trial, Recorder<KeyValueModel>& recorder)
      : trial_(trial),
        recorder_(recorder),
        clients_(static_cast<int>(trial.Option("clients", 5, kClients))),
        length_(Milliseconds(trial.Option("milliseconds", 2000))),
        operations_max_(trial.Option("operations", 1'000'000)),
        server_(trial.world().AddNode("server")),
        hosts_(AddClerkHosts(trial, clients_)),
        appended_(clients_) {
    server_.OnBoot([this, program = DurableServerOf(trial.bug())](Env& env) {
      const absl::Status status = program(env);
      if (status.ok()) return;
      trial_.ViolateAndStop("recovery", absl::StrCat(status.message(), "."));
    });
  }

  // The body of the task that directs the test.
  void Direct(Env& env) {
    end_ = env.clock().Now() + length_ + kCalm;
    running_ = clients_;
    for (int client = 0; client < clients_; ++client) {
      hosts_[client]->Spawn([this, client](Env& host) {
        RunClient(host, client);
        --running_;
      });
    }
    env.clock().SleepFor(length_);
    EndFaults();
    WaitForProgress(env);
    ReadEveryKey(env);
    MeasureLogs();
    is_done_ = true;
  }

  // What was appended is there once, when all has been read at last.
  void ExpectAppended() {
    if (!is_done_) return;
    for (int client = 0; client < clients_; ++client) {
      ExpectItems(trial_, kAppendedKey, appended_value_, client,
                  appended_[client]);
    }
  }

 private:
  void RunClient(Env& env, int client) {
    RecordedClerk clerk(recorder_, env, server_.id(), client, trial_.bug());
    for (const int64_t i : trial_.Operations(client, operations_max_)) {
      if (env.clock().Now() >= end_) break;
      RandomStream draws = trial_.Workload(client, i);
      const int64_t choice = draws.Uniform(0, 99);
      const std::string key = absl::StrCat(draws.Uniform(0, kRestartKeys - 1));
      if (choice < 15) {
        clerk.Append(kAppendedKey, Item(client, appended_[client]++));
      } else if (choice < 45) {
        clerk.Append(key, Item(client, static_cast<int>(i)));
      } else if (choice < 65) {
        clerk.Put(key, Item(client, static_cast<int>(i)));
      } else {
        clerk.Get(key);
      }
    }
  }

  // With a last crash, for certain, while there are faults.
  void EndFaults() {
    const bool was_up = server_.IsUp();
    Sometimes(!was_up, "server-restart.was-down-at-the-end-of-faults"_mark);
    if (was_up) server_.Crash();
    trial_.world().EndFaults();
    if (was_up) server_.Restart();
  }

  void WaitForProgress(Env& env) {
    const VirtualTime deadline = end_ + kProgressMax;
    while (running_ > 0 && env.clock().Now() < deadline) {
      env.clock().SleepFor(Milliseconds(10));
    }
    if (running_ == 0) return;
    trial_.ViolateAndStop(
        "progress",
        absl::StrCat(running_, " clerks still wait for an answer ",
                     FormatDuration(kProgressMax), " after the faults ended."));
    env.tasks().WaitUntilStopped();
  }

  void ReadEveryKey(Env& env) {
    RecordedClerk clerk(recorder_, env, server_.id(), clients_, trial_.bug());
    for (int64_t key = 0; key < kRestartKeys; ++key) {
      live_bytes_ += static_cast<int64_t>(clerk.Get(absl::StrCat(key)).size());
    }
    appended_value_ = clerk.Get(kAppendedKey);
    live_bytes_ += static_cast<int64_t>(appended_value_.size());
  }

  // The log is replaced when it outgrows a fixed size and the state, of which
  // what is owed may be as much as what is alive for each client.
  void MeasureLogs() {
    const int64_t most = static_cast<int64_t>(kShortLog.log_bytes_max) + 2000 +
                         (1 + clients_) * live_bytes_;
    Disk& disk = server_.env().disk();
    const absl::StatusOr<std::vector<std::string>> names = disk.List();
    REPRISE_CHECK(names.ok(), names.status().message());
    int64_t bytes = 0;
    int logs = 0;
    for (const std::string& name : *names) {
      if (!name.starts_with(kv::kLogPrefix)) continue;
      const auto file = disk.Open(name, OpenMode::kExisting);
      REPRISE_CHECK(file.ok(), file.status().message());
      bytes += static_cast<int64_t>((*file)->Size());
      ++logs;
    }
    trial_.Expect(bytes <= most, "log-size",
                  absl::StrCat("the server's disk holds ", bytes, " bytes in ",
                               logs, " logs; at most ", most, " are allowed."));
  }

  Trial& trial_;
  Recorder<KeyValueModel>& recorder_;
  int clients_;
  Duration length_;
  int64_t operations_max_;
  Node& server_;
  std::vector<Node*> hosts_;
  std::vector<int> appended_;  // Items of each client under kAppendedKey.
  VirtualTime end_;
  int running_ = 0;
  int64_t live_bytes_ = 0;
  std::string appended_value_;
  bool is_done_ = false;
};

void Run(Trial& trial, const FaultMix& mix) {
  World& world = trial.NewWorld(mix);
  Recorder<KeyValueModel> recorder(trial);
  recorder.StopWhenIllegal();
  RestartRun run(trial, recorder);
  world.AddNode("tester").Spawn([&](Env& env) { run.Direct(env); });
  RunAndJudge(trial, recorder);
  run.ExpectAppended();
}

void ServerRestart(Trial& trial) { Run(trial, DrawMix(trial.seed())); }

void SwarmRestart(Trial& trial) {
  Run(trial, fault::Swarm{.seed = trial.seed(), .crashes = true});
}

}  // namespace

std::vector<Scenario> RestartScenarios() {
  return {
      {.name = "server-restart",
       .about = "the server crashes and restarts with its disk",
       .run = ServerRestart,
       .sweep_seeds = 2000,
       .marks = {"server-restart.", "kv.service.", "kv.clerk.",
                 "kv.durable-server.", "kv.journal.", "kv.checkpoint.",
                 "kv.log."}},
      {.name = "swarm-restart",
       .about = "the server crashes, at points, too, under a fault mix that "
                "each seed draws",
       .run = SwarmRestart,
       .sweep_seeds = 500}};
}

}  // namespace reprise
