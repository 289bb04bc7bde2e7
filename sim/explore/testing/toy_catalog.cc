#include "reprise/sim/explore/testing/toy_catalog.h"

#include <atomic>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

void Parity(Trial& trial) {
  const uint64_t remainder = trial.seed().value() % 7;
  trial.Expect(remainder != 3, "parity", "the seed leaves 3");
  if (remainder == 5) trial.Undecided("the seed leaves 5");
}

// Calls until an answer comes.
Bytes CallUntilAnswered(Env& env, NodeId server, std::string_view method,
                        const Bytes& request) {
  while (true) {
    absl::StatusOr<Bytes> reply = env.network().Call(server, method, request);
    if (reply.ok()) return *std::move(reply);
  }
}

void Tally(Trial& trial) {
  World& world = trial.NewWorld(fault::Lab{.reliable = false});
  const bool counts_twice = trial.bug() == "counts-twice";
  const int64_t clients = trial.Option("clients", 2, {.first = 0});
  const int64_t additions = trial.Option("additions", 3);
  int64_t tally = 0;
  std::set<Bytes> seen;
  Node& server = world.AddNode("server");
  server.OnBoot([&](Env& env) {
    env.network().Serve("add", [&](NodeId, Bytes request) {
      const bool is_new = seen.insert(request).second;
      Sometimes(!is_new, "tally.repeated"_mark);
      Sometimes(clients > 2, "tally.many-clients"_mark);
      if (is_new || counts_twice) ++tally;
      env.Log(LogLevel::kDebug, "adds",
              {{"request", request}, {"tally", tally}});
      return Bytes("done");
    });
    env.tasks().WaitUntilStopped();
  });
  for (int64_t client = 0; client < clients; ++client) {
    world.AddNode(NodeName("client", static_cast<int>(client)))
        .Spawn([&, client](Env& env) {
          for (int64_t i = 0; i < additions; ++i) {
            CallUntilAnswered(env, server.id(), "add",
                              absl::StrCat(client, ".", i));
          }
        });
  }
  trial.Run();
  if (tally != clients * additions) {
    trial.Violate("exactly-once",
                  absl::StrCat("the tally is ", tally, " after ",
                               clients * additions, " additions"));
  }
}

void RegisterClient(Trial& trial, Recorder<checker::KeyValueModel>& recorder,
                    Env& env, NodeId server, int client) {
  const checker::Caller caller = {.client = client, .place = env.id().value()};
  using checker::OperationKind;
  for (uint64_t i = 0; i < 5; ++i) {
    if (trial.Workload(client, i).Chance({1, 2})) {
      const Bytes value = absl::StrCat(client, ".", i);
      const auto put = recorder.Invoke(caller, OperationKind::kPut, "k", value);
      CallUntilAnswered(env, server, "put", value);
      recorder.Return(put, "");
    } else {
      const auto get = recorder.Invoke(caller, OperationKind::kGet, "k", "");
      const Bytes value = CallUntilAnswered(env, server, "get", "");
      recorder.Return(get, value);
    }
  }
}

void Register(Trial& trial) {
  World& world = trial.NewWorld(fault::Lab{.reliable = true});
  Recorder<checker::KeyValueModel> recorder(trial);
  Bytes before;
  Bytes now;
  Node& server = world.AddNode("server");
  server.OnBoot([&](Env& env) {
    env.network().Serve("put", [&](NodeId, Bytes request) {
      before = now;
      now = request;
      return Bytes();
    });
    env.network().Serve("get", [&](NodeId, Bytes) {
      return trial.bug() == "stale-read" ? before : now;
    });
    env.tasks().WaitUntilStopped();
  });
  for (int client = 0; client < 2; ++client) {
    world.AddNode(NodeName("client", client)).Spawn([&, client](Env& env) {
      RegisterClient(trial, recorder, env, server.id(), client);
    });
  }
  trial.Run();
  trial.Expect(Linearizable(recorder));
}

void Deadlock(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  world.AddNode("hermit").Spawn([](Env&) { Future<int>("a visitor").Get(); });
  trial.Run();
}

void Endless(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  world.AddNode("hamster").Spawn([](Env& env) {
    while (true) env.clock().SleepFor(Milliseconds(1));
  });
  trial.Run();
}

void Leaky(Trial& trial) {
  // tidy: allow(global) the leak
  static std::atomic<int> runs = 0;
  World& world = trial.NewWorld(fault::Calm());
  world.Note(absl::StrCat("run ", runs.fetch_add(1)));
  trial.Run();
  trial.Expect(false, "canary", "this scenario is always violated");
}

void Refused(Trial& trial) {
  FaultMix faults;
  faults.network.request.loss = {11, 10};
  trial.NewWorld(faults);
}

// All servers but the first call it again and again.
void Parted(Trial& trial) {
  FaultMix faults = fault::Calm();
  faults.partitions.outage = {.start = {1, 30},
                              .minimum = Milliseconds(100),
                              .mean = Milliseconds(100)};
  World& world = trial.NewWorld(faults);
  const int64_t servers = trial.Option("servers", 3, {.first = 1});
  int failed = 0;
  for (int server = 0; server < servers; ++server) {
    world.AddNode(NodeName("server", server)).OnBoot([&, server](Env& env) {
      env.network().Serve("ask", [](NodeId, Bytes bytes) { return bytes; });
      while (server > 0 && env.clock().Now() < VirtualTime::Seconds(1)) {
        const CallOptions options{.deadline = Milliseconds(20)};
        if (!env.network().Call(NodeId(0), "ask", "a", options).ok()) ++failed;
      }
      env.tasks().WaitUntilStopped();
    });
  }
  world.AddNode("client").Spawn(
      [](Env& env) { env.clock().SleepFor(Seconds(1)); });
  trial.Run();
  trial.Expect(failed == 0, "reached", "a server did not reach the first");
}

void Mute(Trial& trial) { trial.NewWorld(fault::Calm()).RunUntilIdle(); }

}  // namespace

Catalog ToyCatalog() {
  return {
      .scenarios = {{.name = "parity",
                     .about = "judges seeds by their remainder",
                     .run = Parity,
                     .sweep_seeds = 3},
                    {.name = "tally",
                     .about = "clients add to a tally on an unreliable network",
                     .run = Tally,
                     .sweep_seeds = 50,
                     .marks = {"tally."},
                     .lab_title = "two clients",
                     .bazel_test = "//toy:sweep"},
                    {.name = "register",
                     .about = "two clients and one key",
                     .run = Register,
                     .sweep_seeds = 20,
                     .lab_title = "one key"},
                    {.name = "deadlock",
                     .about = "waits for ever",
                     .run = Deadlock,
                     .sweep_seeds = 0},
                    {.name = "endless",
                     .about = "never rests",
                     .run = Endless,
                     .sweep_seeds = 0,
                     .max_steps = 1'000'000'000'000,
                     .max_time = VirtualTime::Seconds(1'000'000'000)},
                    {.name = "leaky",
                     .about = "counts its runs",
                     .run = Leaky,
                     .sweep_seeds = 0},
                    {.name = "refused",
                     .about = "asks for faults that cannot be",
                     .run = Refused,
                     .sweep_seeds = 0},
                    {.name = "mute",
                     .about = "states no property",
                     .run = Mute,
                     .sweep_seeds = 0},
                    {.name = "parted",
                     .about = "servers ask the first in spite of partitions",
                     .run = Parted,
                     .sweep_seeds = 0}},
      .bugs = {{.name = "counts-twice",
                .about = "retries count again",
                .scenario = "tally",
                .property = "exactly-once"},
               {.name = "stale-read",
                .about = "answers with the value before",
                .scenario = "register",
                .property = "linearizability"}},
      .presets = Presets(),
      .models = {{.name = "kv", .about = "keys and values"}},
      .program = "reprise",
  };
}

Scenario Toy(std::string_view name) {
  const Catalog catalog = ToyCatalog();
  for (const Scenario& scenario : catalog.scenarios) {
    if (scenario.name == name) return scenario;
  }
  Fatal(absl::StrCat("no toy named ", ToAbsl(name)));
}

}  // namespace reprise
