#include "tests/scenarios/raft/raft_run.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/world/network_counters.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/common/items.h"
#include "tests/scenarios/raft/raft_course.h"
#include "tests/scenarios/raft/raft_operator.h"
#include "tests/scenarios/raft/raft_servers.h"
#include "tests/scenarios/raft/recorded_raft_clerk.h"

namespace reprise {
namespace {

constexpr std::string_view kSharedKey = "shared";

std::string Padded(std::string value, int64_t bytes) {
  const auto least = static_cast<size_t>(bytes);
  if (value.size() < least) value.resize(least, '.');
  return value;
}

class RaftRun {
 public:
  RaftRun(Trial& trial, const RaftSetup& setup)
      : trial_(trial),
        setup_(setup),
        recorder_(trial),
        servers_(trial, setup, ServeStore),
        course_(trial, servers_),
        appended_(setup.clients) {
    recorder_.StopWhenIllegal();
    trial.DescribeNodes([this](NodeId node) { return StateOfNode(node); });
    const std::vector<Node*> hosts = AddClerkHosts(trial, setup.clients);
    for (int client = 0; client < setup.clients; ++client) {
      course_.Start(*hosts[client],
                    [this, client](Env& env) { RunClient(env, client); });
    }
    for (int i = 0; i < setup.operators; ++i) {
      operators_.push_back(&trial.world().AddNode(NodeName("operator", i)));
      if (setup.operator_actions == 0) continue;
      course_.Start(*operators_.back(), [this, i](Env& env) {
        RaftOperator(trial_, env, setup_, servers_.addresses(),
                     setup_.clients + i)
            .Run();
      });
    }
  }

  void Run() {
    is_done_ = course_.Finishes(VirtualTime() + setup_.faults_length);
    if (is_done_) {
      course_.Start(*operators_.front(), [this](Env& env) { ReadAll(env); });
      is_done_ = course_.Finishes(trial_.world().now());
    }
    if (is_done_) course_.Rest(*operators_.front());
    course_.End();
    if (is_done_) JudgeEnd();
    trial_.Expect(Linearizable(recorder_));
  }

 private:
  // Of what a client appended to the shared key.
  struct Appended {
    int next = 0;
    std::vector<bool> is_known;  // By item: whether it was answered.
  };

  NodeState StateOfNode(NodeId node) const {
    const auto* action =
        trial_.Read<std::string>(node, RaftOperator::kOfferedAction);
    if (action != nullptr) {
      return {.headline = *action, .stands_out = !action->empty()};
    }
    return servers_.StateOfNode(node);
  }

  void RunClient(Env& env, int client) {
    const std::unique_ptr<Env> buggy = ReplicaClerkEnvOf(trial_.bug(), env);
    RecordedRaftClerk clerk(recorder_, buggy != nullptr ? *buggy : env,
                            servers_.addresses(), setup_.clerk, client,
                            setup_.clients + 1);
    for (const int64_t i : trial_.Operations(client, setup_.operations)) {
      RandomStream draws = trial_.Workload(client, static_cast<uint64_t>(i));
      env.clock().SleepFor(
          Nanoseconds(draws.Uniform(0, setup_.pause_max.nanoseconds())));
      DoOperation(clerk, client, i, draws);
    }
  }

  void DoOperation(RecordedRaftClerk& clerk, int client, int64_t index,
                   RandomStream& draws) {
    const Alphabet& alphabet = setup_.alphabet;
    int64_t choice = draws.Uniform(0, 99);
    const std::string key = absl::StrCat(draws.Uniform(0, alphabet.keys - 1));
    if (choice < alphabet.shared_append) {
      Appended& appended = appended_[client];
      const int item = appended.next++;
      appended.is_known.push_back(false);
      const bool is_known = clerk.Append(kSharedKey, Item(client, item));
      appended.is_known[item] = is_known;
      return;
    }
    choice -= alphabet.shared_append;
    const std::string value = Item(client, static_cast<int>(index));
    if (choice < alphabet.append) {
      clerk.Append(key, value);
    } else if (choice < alphabet.append + alphabet.put) {
      clerk.Put(key, Padded(value, alphabet.value_bytes));
    } else {
      clerk.Get(key);
    }
  }

  void ReadAll(Env& env) {
    RecordedRaftClerk clerk(recorder_, env, servers_.addresses(), setup_.clerk,
                            setup_.clients, setup_.clients + 1);
    for (int64_t key = 0; key < setup_.alphabet.keys; ++key) {
      clerk.Get(absl::StrCat(key));
    }
    shared_value_ = clerk.Get(kSharedKey).value_or("");
  }

  void JudgeEnd() {
    if (trial_.violated()) return;
    for (int client = 0; client < setup_.clients; ++client) {
      JudgeAppended(client);
    }
    JudgeTraffic();
  }

  void JudgeAppended(int client) {
    const std::vector<bool>& is_known = appended_[client].is_known;
    for (size_t i = 0; i < is_known.size(); ++i) {
      const std::string item = Item(client, static_cast<int>(i));
      const size_t found = shared_value_.find(item);
      const bool is_there = found != std::string::npos;
      if (is_known[i] && !is_there) {
        trial_.Violate("nothing-lost",
                       absl::StrCat("item \"", item, "\" is missing."));
      }
      if (is_there &&
          shared_value_.find(item, found + 1) != std::string::npos) {
        trial_.Violate("exactly-once",
                       absl::StrCat("item \"", item, "\" is there twice."));
      }
    }
  }

  // Servers: twice a heartbeat and its reply for each other one; elections;
  // what an operation takes, some times; and the pieces of snapshots. Clients:
  // two requests a rest, and some for each operation.
  void JudgeTraffic() {
    const NetworkCounters& counters = trial_.world().counters();
    const auto servers = static_cast<uint64_t>(setup_.servers);
    const auto work = static_cast<uint64_t>(setup_.clients * setup_.operations +
                                            setup_.operator_actions + 10);
    const kv::raft::Options& raft = setup_.server.replica.raft;
    const Duration length = trial_.world().now().since_start();
    const auto times = [length](Duration interval) {
      return static_cast<uint64_t>(length.nanoseconds() /
                                   interval.nanoseconds());
    };
    constexpr uint64_t kSnapshots = 10;
    constexpr uint64_t kSnapshotBytes = 16 << 10;
    const uint64_t messages_max =
        servers * (4 * times(raft.heartbeat) + 10 * servers + 8 * work +
                   kSnapshots * (kSnapshotBytes / raft.snapshot_piece_bytes));
    const uint64_t calls_max =
        static_cast<uint64_t>(setup_.clients + setup_.operators) * 2 *
            times(setup_.clerk.rest_max) +
        work * 10;
    ExpectAtMost(counters.messages, messages_max, "messages of servers");
    ExpectAtMost(counters.calls, calls_max, "requests of clients");
  }

  void ExpectAtMost(uint64_t counted, uint64_t most, std::string_view what) {
    if (counted <= most) return;
    trial_.Violate("no-retry-storm",
                   absl::StrCat("there were ", counted, " ", std::string(what),
                                "; at most ", most, " are allowed."));
  }

  Trial& trial_;
  const RaftSetup& setup_;
  Recorder<KeyValueModel> recorder_;
  RaftServers servers_;
  RaftCourse course_;
  std::vector<Node*> operators_;
  std::vector<Appended> appended_;  // By client.
  std::string shared_value_;
  bool is_done_ = false;
};

}  // namespace

void RunRaft(Trial& trial, const RaftSetup& setup) {
  trial.NewWorld(setup.faults);
  RaftRun(trial, setup).Run();
}

}  // namespace reprise
