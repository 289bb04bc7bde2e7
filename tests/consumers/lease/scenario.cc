#include "lease/scenario.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "lease/bugs.h"
#include "lease/client.h"
#include "lease/rules.h"
#include "lease/server.h"

namespace lease {
namespace {

using reprise::Env;
using reprise::Milliseconds;
using reprise::NodeName;
using reprise::RandomStream;
using reprise::Trial;
using reprise::checker::FencedLeaseModel;
using reprise::checker::LeaseFunction;

using LeaseRecorder = reprise::Recorder<FencedLeaseModel>;

// The clients, and whether two of them hold the lease at one time. They are the
// scenario's, not their tasks', so that each can look at all others.
class Holders {
 public:
  explicit Holders(Trial& trial) : trial_(trial) {}

  Client& Add(Env& env, const Service& service, const Rules& rules) {
    const int number = static_cast<int>(clients_.size());
    return clients_.emplace_back(env, service, rules, number);
  }

  // To be called whenever `client` may act upon its lease.
  void Check(const Client& client) const {
    if (!client.IsHeld()) return;
    for (const Client& other : clients_) {
      if (&other == &client || !other.IsHeld()) continue;
      trial_.ViolateAndStop("mutual-exclusion",
                            "two clients hold the lease, by the tokens " +
                                std::to_string(client.token()) + " and " +
                                std::to_string(other.token()) + ".");
      return;
    }
  }

 private:
  Trial& trial_;
  std::deque<Client> clients_;
};

// One client's workload.
class Workload {
 public:
  Workload(Env& env, Client& client, int number, LeaseRecorder& recorder,
           const Holders& holders)
      : env_(env),
        client_(client),
        me_({.client = number, .place = env.id().value()}),
        recorder_(recorder),
        holders_(holders) {}

  // Gets the lease, works with it for a while and lets it go.
  void Run(RandomStream draw) {
    while (!Acquire()) Sleep(draw, 200);
    for (int64_t step = draw.Uniform(1, 4); step > 0; --step) {
      holders_.Check(client_);
      if (client_.IsHeld()) {
        // A client may stand still between the look at its lease and the use
        // of it. That is what tokens are for.
        if (draw.Chance({1, 4})) Sleep(draw, 500);
        Use();
      }
      Sleep(draw, draw.Chance({1, 4}) ? 500 : 100);
      holders_.Check(client_);
      Extend();
    }
    client_.Release();
  }

 private:
  void Sleep(RandomStream& draw, int64_t milliseconds_max) {
    env_.clock().SleepFor(Milliseconds(draw.Uniform(1, milliseconds_max)));
  }

  bool Acquire() {
    const auto id = recorder_.Invoke(me_, {.key = "lease"});
    const bool is_granted = client_.Acquire();
    recorder_.Return(id, {.is_refused = !is_granted, .token = client_.token()});
    return is_granted;
  }

  void Extend() {
    const auto id = recorder_.Invoke(me_, {.key = "lease",
                                           .function = LeaseFunction::kRenew,
                                           .token = client_.token()});
    recorder_.Return(id, {.is_refused = !client_.Extend()});
  }

  // The store learns of a token by its use alone, so it is another object.
  void Use() {
    const auto id = recorder_.Invoke(me_, {.key = "store",
                                           .function = LeaseFunction::kUse,
                                           .token = client_.token()});
    recorder_.Return(id, {.is_refused = !client_.Use()});
  }

  Env& env_;
  Client& client_;
  const reprise::checker::Caller me_;
  LeaseRecorder& recorder_;
  const Holders& holders_;
};

void ShareLease(Trial& trial, const reprise::FaultMix& faults) {
  reprise::World& world = trial.NewWorld(faults);
  const std::unique_ptr<const Rules> rules = RulesWith(trial.bug());
  LeaseRecorder recorder(trial);
  recorder.StopWhenIllegal();
  Holders holders(trial);
  Service service;
  for (int server = 0; server < 3; ++server) {
    reprise::Node& node = world.AddNode(NodeName("server", server));
    node.OnBoot([&](Env& env) { RunServer(env, *rules); });
    service.servers.push_back(node.id());
  }
  reprise::Node& store = world.AddNode("store");
  store.Spawn([&](Env& env) { RunStore(env, *rules); });
  service.store = store.id();
  const int64_t rounds = trial.Option("rounds", 3);
  const int64_t clients = trial.Option("clients", 3, {.first = 1, .last = 16});
  for (int number = 0; number < clients; ++number) {
    reprise::Node& node = world.AddNode(NodeName("client", number));
    Client& client = holders.Add(node.env(), service, *rules);
    node.Spawn([&, number](Env& env) {
      Workload workload(env, client, number, recorder, holders);
      for (int64_t round = 0; round < rounds; ++round) {
        workload.Run(trial.Workload(number, static_cast<uint64_t>(round)));
      }
    });
  }
  trial.RunWithLiveness({.faults_end = reprise::VirtualTime::Seconds(4),
                         .bound = reprise::Seconds(20)});
  trial.End();
  trial.Expect(Linearizable(recorder));
}

}  // namespace

void LeaseClocks(Trial& trial) {
  reprise::FaultMix faults = reprise::fault::Swarm{trial.seed()};
  faults.clocks = {.drift_ppm_max = 10'000,
                   .jump = {1, 100},
                   .jump_max = reprise::Seconds(1)};
  ShareLease(trial, faults);
}

void LeaseRestarts(Trial& trial) {
  reprise::FaultMix faults = reprise::fault::Swarm{trial.seed()};
  faults.nodes.crash = {.start = {1, 60}, .mean = Milliseconds(80)};
  ShareLease(trial, faults);
}

}  // namespace lease
