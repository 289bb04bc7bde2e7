#include "tests/scenarios/generic_test.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_group.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/memory_properties.h"
#include "reprise/sim/world/node.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/common/items.h"
#include "tests/scenarios/recorded_clerk.h"

namespace reprise {
namespace {

class GenericRun {
 public:
  GenericRun(Trial& trial, Recorder<KeyValueModel>& recorder,
             const GenericTest& test)
      : trial_(trial),
        recorder_(recorder),
        keys_(test.keys),
        clients_(
            static_cast<int>(trial.Option("clients", test.clients, kClients))),
        iterations_(trial.Option("iterations", 3)),
        length_(Milliseconds(trial.Option("milliseconds", 1000))),
        operations_max_(
            trial.Option("operations", 1'000'000, {.last = 1 << 20})),
        server_(AddServer(trial)),
        hosts_(AddClerkHosts(trial, clients_)),
        models_(clients_) {}

  // The body of the task that directs the test.
  void Direct(Env& env) {
    for (int64_t iteration = 0; iteration < iterations_; ++iteration) {
      RunClients(env, iteration);
      ReadEveryKey(env);
      if (trial_.violated()) return;
    }
  }

 private:
  // What a client knows of its private key.
  struct Model {
    int items = 0;
    std::string value = {};
  };

  void RunClients(Env& env, int64_t iteration) {
    const VirtualTime end = env.clock().Now() + length_;
    WaitGroup running("clients");
    for (int client = 0; client < clients_; ++client) {
      running.Add(1);
      hosts_[client]->Spawn([&, client](Env& host) {
        RunClient(host, client, iteration, end);
        running.Done();
      });
    }
    running.Wait();
  }

  void RunClient(Env& env, int client, int64_t iteration, VirtualTime end) {
    RecordedClerk clerk(recorder_, env, server_, client, trial_.bug());
    models_[client] = Model();
    if (keys_ == Keys::kPrivate) clerk.Put(absl::StrCat(client), "");
    for (const int64_t i :
         trial_.Operations(client, operations_max_, iteration << 20)) {
      if (env.clock().Now() >= end) break;
      RandomStream draws = trial_.Workload(client, i);
      if (keys_ == Keys::kPrivate) {
        UsePrivateKey(clerk, client, draws);
      } else {
        UseRandomKey(clerk, client, draws);
      }
    }
    owed_bytes_ += clerk.owed_bytes();
  }

  void UsePrivateKey(RecordedClerk& clerk, int client, RandomStream draws) {
    const std::string key = absl::StrCat(client);
    Model& model = models_[client];
    if (draws.Chance({1, 2})) {
      const std::string item = Item(client, model.items++);
      const std::string old_value = clerk.Append(key, item);
      // Then it holds the item before this one, and not this one.
      ExpectModel(trial_, key, old_value, model.value);
      model.value += item;
    } else {
      ExpectModel(trial_, key, clerk.Get(key), model.value);
    }
  }

  void UseRandomKey(RecordedClerk& clerk, int client, RandomStream draws) {
    const std::string key = absl::StrCat(draws.Uniform(0, clients_ - 1));
    const int64_t choice = draws.Uniform(0, 99);
    int& items = models_[client].items;
    if (choice < 50) {
      clerk.Append(key, Item(client, items++));
    } else if (choice < 55) {
      clerk.Put(key, Item(client, items++));
    } else {
      clerk.Get(key);
    }
  }

  // By one more clerk, when all clients have ended and the server is at rest.
  void ReadEveryKey(Env& env) {
    RecordedClerk clerk(recorder_, env, server_, clients_, trial_.bug());
    int64_t live_bytes = 0;
    for (int client = 0; client < clients_; ++client) {
      const std::string key = absl::StrCat(client);
      const std::string value = clerk.Get(key);
      live_bytes += static_cast<int64_t>(key.size() + value.size());
      const Model& model = models_[client];
      // A value equal to the model passes the check of its items.
      if (keys_ == Keys::kRandom || value == model.value) continue;
      ExpectItems(trial_, key, value, client, model.items);
    }
    clerks_ += clients_ + 1;
    ExpectBoundedByLiveData(trial_, trial_.world().node(server_),
                            LiveDataBound(), clerks_, live_bytes + owed_bytes_);
  }

  Trial& trial_;
  Recorder<KeyValueModel>& recorder_;
  Keys keys_;
  int clients_;
  int64_t iterations_;
  Duration length_;
  int64_t operations_max_;
  NodeId server_;
  std::vector<Node*> hosts_;
  std::vector<Model> models_;
  int64_t clerks_ = 0;  // So far.
  // Old values that clerks who are gone might still ask for again.
  int64_t owed_bytes_ = 0;
};

}  // namespace

void RunGenericTest(Trial& trial, const GenericTest& test) {
  World& world = trial.NewWorld(test.faults);
  Recorder<KeyValueModel> recorder(trial);
  // With private keys a clerk knows what it must read, and says so better.
  if (test.keys == Keys::kRandom) recorder.StopWhenIllegal();
  GenericRun run(trial, recorder, test);
  world.AddNode("tester").Spawn([&](Env& env) { run.Direct(env); });
  RunAndJudge(trial, recorder);
}

}  // namespace reprise
