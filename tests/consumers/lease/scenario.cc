// Three clients share a lease that three servers grant, and a store that it
// guards.
//
// What must hold: never do two clients hold the lease (mutual-exclusion); the
// tokens that are granted, extended and accepted are those of fenced leases
// (linearizability, reprise/checker/models/fenced_lease.h); once the faults
// have ended, everybody gets the lease and is done (liveness).

#include "lease/catalog.h"
#include "lease/client.h"
#include "lease/rules.h"
#include "lease/server.h"

namespace lease {
namespace {

using reprise::Env;
using reprise::Milliseconds;
using reprise::NodeId;
using reprise::RandomStream;
using reprise::Trial;
using reprise::checker::FencedLeaseModel;
using reprise::checker::LeaseFunction;

using LeaseRecorder = reprise::Recorder<FencedLeaseModel>;

// Stops the trial where two clients hold the lease, by what each offers.
void ExpectOneHolder(Trial& trial, const std::vector<NodeId>& clients) {
  const Client* holder = nullptr;
  for (const NodeId id : clients) {
    const auto* client = trial.Read<Client>(id, "client");
    if (client == nullptr || !client->IsHeld()) continue;
    if (holder != nullptr) {
      trial.ViolateAndStop("mutual-exclusion",
                           "two clients hold the lease, by the tokens " +
                               std::to_string(holder->token()) + " and " +
                               std::to_string(client->token()) + ".");
      return;
    }
    holder = client;
  }
}

// One client's workload.
class Workload {
 public:
  Workload(Env& env, Client& client, int number, LeaseRecorder& recorder)
      : env_(env),
        client_(client),
        me_({.client = number, .place = env.id().value()}),
        recorder_(recorder) {}

  // Gets the lease, works with it for a while and lets it go.
  void Run(RandomStream draw) {
    while (!Do(LeaseFunction::kAcquire, &Client::Acquire)) Sleep(draw, 200);
    for (int64_t step = draw.Uniform(1, 4); step > 0; --step) {
      if (client_.IsHeld()) {
        // A client may stand still between the look at its lease and the use
        // of it. That is what tokens are for.
        if (draw.Chance({1, 4})) Sleep(draw, 500);
        // The store learns of a token by its use alone: it is another object.
        Do(LeaseFunction::kUse, &Client::Use, "store");
      }
      Sleep(draw, draw.Chance({1, 4}) ? 500 : 100);
      Do(LeaseFunction::kRenew, &Client::Extend);
    }
    client_.Release();
  }

 private:
  void Sleep(RandomStream& draw, int64_t milliseconds_max) {
    env_.clock().SleepFor(Milliseconds(draw.Uniform(1, milliseconds_max)));
  }

  bool Do(LeaseFunction function, bool (Client::*act)(),
          const char* key = "lease") {
    const bool is_acquire = function == LeaseFunction::kAcquire;
    const auto id =
        recorder_.Invoke(me_, {.key = key,
                               .function = function,
                               .token = is_acquire ? 0 : client_.token()});
    const bool is_done = (client_.*act)();
    recorder_.Return(id, {.is_refused = !is_done,
                          .token = is_acquire ? client_.token() : 0});
    return is_done;
  }

  Env& env_;
  Client& client_;
  const reprise::checker::Caller me_;
  LeaseRecorder& recorder_;
};

void ShareLease(Trial& trial, const reprise::FaultMix& faults) {
  reprise::World& world = trial.NewWorld(faults);
  const Rules rules = RulesWith(trial.bug());
  LeaseRecorder recorder(trial);
  recorder.StopWhenIllegal();
  reprise::Cluster servers(world, "server", 3, [&](Env& env, const auto&) {
    RunServer(env, rules);
  });
  reprise::Node& store = world.AddNode("store");
  store.Spawn([&](Env& env) { RunStore(env, rules); });
  const Service service = {servers.addresses(), store.id()};
  const int64_t rounds = trial.Option("rounds", 3);
  const auto work = [&](Env& env, int number) {
    Client client(env, service, rules, number);
    const reprise::Offered<Client> offered(env, "client", client);
    Workload workload(env, client, number, recorder);
    for (const int64_t round : trial.Operations(number, rounds)) {
      workload.Run(trial.Workload(number, static_cast<uint64_t>(round)));
    }
  };
  const std::vector<NodeId> clients = servers.AddClients(
      "client",
      static_cast<int>(trial.Option("clients", 3, {.first = 1, .last = 16})),
      work);
  trial.AfterEach(reprise::EventKind::kOperationReturned,
                  [&] { ExpectOneHolder(trial, clients); });
  trial.RunWithLiveness({.faults_end = reprise::VirtualTime::Seconds(4),
                         .bound = reprise::Seconds(20)});
  trial.End();
  trial.Expect(Linearizable(recorder));
}

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

}  // namespace

reprise::Catalog LeaseCatalog() {
  return {.scenarios =
              {{.name = "lease-clocks",
                .about = "clocks drift and jump, messages are late",
                .run = LeaseClocks,
                .sweep_seeds = 500,
                .marks = {"lease.server.", "lease.client.", "lease.store."}},
               {.name = "lease-restarts",
                .about = "servers crash and start again",
                .run = LeaseRestarts,
                .sweep_seeds = 500,
                .marks = {"lease.restart.", "lease.server.", "lease.client."}}},
          .bugs = Bugs(),
          .presets = reprise::Presets(),
          .program = "lease"};
}

}  // namespace lease
