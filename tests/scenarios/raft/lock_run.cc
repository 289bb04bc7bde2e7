#include "tests/scenarios/raft/lock_run.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/models/fenced_lease.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/offered.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"
#include "tests/lock_service/guarded_register.h"
#include "tests/lock_service/lock_client.h"
#include "tests/lock_service/lock_server.h"
#include "tests/lock_service/lock_table.h"
#include "tests/lock_service/lock_wire.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/raft/lock_agreement.h"
#include "tests/scenarios/raft/raft_course.h"
#include "tests/scenarios/raft/raft_servers.h"

namespace reprise {
namespace {

using checker::FencedLeaseModel;
using checker::LeaseFunction;
using locks::LockClient;
using locks::LockReply;
using locks::RegisterClient;

constexpr int kTriesMax = 20;

std::string LockName(int64_t number) { return absl::StrCat("lock-", number); }

// A LockClient and a RegisterClient whose operations are recorded. What was
// asked for by a client that crashed, or of which nobody knows whether it took
// effect, stays open; what the client does after it is that of another one
// there.
class RecordedClient {
 public:
  struct Place {
    int32_t client = 0;  // Its number in the history.
    int32_t stride = 0;  // To the next one that it goes on as.
  };

  RecordedClient(Env& env, Recorder<FencedLeaseModel>& recorder, Place& place,
                 const std::vector<NodeId>& servers, NodeId registers,
                 const locks::LockClientOptions& options)
      : env_(env),
        recorder_(recorder),
        place_(place),
        client_(env, servers, options),
        registers_(env, registers, options.caller.attempt) {}

  const LockClient& client() const { return client_; }

  // An error: nobody knows whether it took effect.
  absl::StatusOr<LockReply> Acquire(const std::string& lock, Duration lease) {
    const auto id = Invoke(LeaseFunction::kAcquire, lock, 0);
    return Return(id, client_.Acquire(lock, lease));
  }
  void Renew(Duration lease) {
    const auto id =
        Invoke(LeaseFunction::kRenew, client_.lock(), client_.token());
    (void)Return(id, client_.Renew(lease));
  }
  void Release() {
    const auto id =
        Invoke(LeaseFunction::kRelease, client_.lock(), client_.token());
    (void)Return(id, client_.Release());
  }
  // The register learns of a token by its use: it is an object of its own.
  RegisterClient::Result Read() {
    const auto id = InvokeUse();
    return ReturnUse(id, registers_.Read(client_.lock(), client_.token()));
  }
  bool Write(uint64_t value) {
    const auto id = InvokeUse();
    return ReturnUse(id,
                     registers_.Write(client_.lock(), client_.token(), value))
        .is_accepted;
  }

 private:
  checker::OperationId Invoke(LeaseFunction function, const std::string& key,
                              uint64_t token) {
    return recorder_.Invoke(
        {.client = place_.client, .place = env_.id().value()},
        {.key = key,
         .function = function,
         .token = static_cast<int64_t>(token)});
  }
  checker::OperationId InvokeUse() {
    return Invoke(LeaseFunction::kUse, "register of " + client_.lock(),
                  client_.token());
  }
  absl::StatusOr<LockReply> Return(checker::OperationId id,
                                   absl::StatusOr<LockReply> reply) {
    if (reply.ok()) {
      recorder_.Return(id, {.is_refused = !reply->is_granted,
                            .token = static_cast<int64_t>(reply->token)});
    } else {
      place_.client += place_.stride;
    }
    return reply;
  }
  RegisterClient::Result ReturnUse(checker::OperationId id,
                                   RegisterClient::Result result) {
    recorder_.Return(id, {.is_refused = !result.is_accepted});
    Sometimes(!client_.IsHeld(), "lock.run.lease-ended-in-use"_mark);
    return result;
  }

  Env& env_;
  Recorder<FencedLeaseModel>& recorder_;
  Place& place_;
  LockClient client_;
  RegisterClient registers_;
};

class LockRun {
 public:
  LockRun(Trial& trial, const RaftSetup& setup, const LockSetup& locks)
      : trial_(trial),
        setup_(setup),
        locks_(locks),
        recorder_(trial),
        agreement_(trial),
        servers_(trial, setup,
                 [this](Env& env, const kv::ReplicatedServerOptions& options) {
                   return Serve(env, options);
                 }),
        course_(trial, servers_),
        totals_(locks.locks) {
    trial.DescribeNodes(
        [this](NodeId node) { return servers_.StateOfNode(node); });
    Node& registers = trial.world().AddNode("register");
    registers_ = registers.id();
    registers.Spawn([this](Env& env) {
      locks::GuardedRegister(env, LockRulesOf(trial_.bug(), env)).Run();
    });
    for (int i = 0; i < setup.clients; ++i) AddClient(i);
    last_client_ = &trial.world().AddNode("last-client");
    if (setup.are_servers_judged) {
      trial.AfterEach(EventKind::kOperationReturned,
                      [this] { ExpectOneHolder(); });
    }
  }

  void Run() {
    bool is_done = course_.Finishes(VirtualTime() + setup_.faults_length);
    if (is_done) {
      course_.Start(*last_client_, [this](Env& env) { ReadAll(env); });
      is_done = course_.Finishes(trial_.world().now());
    }
    if (is_done) course_.Rest(*last_client_);
    course_.End();
    if (is_done && !trial_.violated()) JudgeTotals();
    trial_.Expect(Linearizable(recorder_));
  }

 private:
  struct Client {
    Node* node = nullptr;
    RecordedClient::Place place = {};
    int boots = 0;
    int64_t next_operation = 0;
    bool is_done = false;
  };
  // Of what was added to the number that a lock guards.
  struct Total {
    uint64_t accepted = 0;
    uint64_t unknown = 0;  // What was refused may have been accepted before.
    uint64_t found = 0;    // In the end.
  };

  absl::Status Serve(Env& env, const kv::ReplicatedServerOptions& options) {
    return locks::LockServer(env, {.replica = options.replica,
                                   .sessions_max = options.sessions_max,
                                   .rules = LockRulesOf(trial_.bug(), env),
                                   .on_applied = Judge()})
        .Run();
  }

  // None where only what clients see is judged.
  std::function<void(kv::raft::Index, const locks::LockTable&)> Judge() {
    if (!setup_.are_servers_judged) return nullptr;
    return [this](kv::raft::Index index, const locks::LockTable& table) {
      agreement_.Apply(index, table);
    };
  }

  void AddClient(int number) {
    Client& client = clients_.emplace_back();
    client.node = &trial_.world().AddNode(NodeName("client", number));
    client.place = {.client = number, .stride = setup_.clients + 1};
    if (client.node->IsLeftOut()) return;
    course_.BeginWork();
    client.node->OnBoot(
        [this, &client, number](Env& env) { RunClient(env, client, number); });
  }

  RecordedClient Make(Env& env, RecordedClient::Place& place) {
    return {env,
            recorder_,
            place,
            servers_.addresses(),
            registers_,
            {.caller = setup_.clerk,
             .drift_ppm_max = setup_.server.replica.raft.drift_ppm_max,
             .rules = LockRulesOf(trial_.bug(), env)}};
  }

  // At each start of its node it goes on behind the operation in which it was
  // interrupted.
  void RunClient(Env& env, Client& me, int number) {
    if (me.is_done) return;
    if (me.boots++ > 0) me.place.client += me.place.stride;
    RecordedClient client = Make(env, me.place);
    const Offered<LockClient> offered(env, "lock", client.client());
    for (const int64_t i :
         trial_.Operations(number, setup_.operations - me.next_operation,
                           me.next_operation)) {
      me.next_operation = i + 1;
      RandomStream draws = trial_.Workload(number, static_cast<uint64_t>(i));
      env.clock().SleepFor(
          Nanoseconds(draws.Uniform(0, setup_.pause_max.nanoseconds())));
      WorkWithLock(env, client, draws);
    }
    me.is_done = true;
    course_.FinishWork();
  }

  void WorkWithLock(Env& env, RecordedClient& client, RandomStream& draws) {
    const int64_t lock = draws.Uniform(0, locks_.locks - 1);
    if (!Acquire(env, client, LockName(lock))) return;
    for (int64_t step = draws.Uniform(1, 3); step > 0; --step) {
      if (!client.client().IsHeld()) break;
      AddOne(env, client, totals_[lock], draws);
      if (draws.Chance({1, 2})) client.Renew(locks_.lease);
    }
    client.Release();
  }

  bool Acquire(Env& env, RecordedClient& client, const std::string& lock) {
    for (int tries = 0; tries < kTriesMax; ++tries) {
      const uint64_t session = client.client().session();
      const absl::StatusOr<LockReply> reply =
          client.Acquire(lock, locks_.lease);
      if (!reply.ok()) continue;
      if (reply->is_granted) return true;
      if (session != 0 && reply->holder == client.client().session()) {
        trial_.ViolateAndStop("exactly-once",
                              absl::StrCat(lock,
                                           " was refused to who has it "
                                           "by token ",
                                           reply->token, "."));
      }
      env.clock().SleepFor(
          std::min(reply->wait + Milliseconds(1), locks_.lease / 2));
    }
    return false;
  }

  // Reads the number, thinks, and writes what is one more.
  void AddOne(Env& env, RecordedClient& client, Total& total,
              RandomStream& draws) {
    const RegisterClient::Result read = client.Read();
    if (!read.is_accepted) return;
    if (draws.Chance({2, 3})) {
      env.clock().SleepFor(
          Nanoseconds(draws.Uniform(0, locks_.lease.nanoseconds())));
    }
    if (!client.client().IsHeld()) return;
    ++total.unknown;
    if (!client.Write(read.value + 1)) return;
    --total.unknown;
    ++total.accepted;
  }

  // Each lock can be had by who comes last.
  void ReadAll(Env& env) {
    RecordedClient::Place place = {.client = setup_.clients,
                                   .stride = setup_.clients + 1};
    RecordedClient client = Make(env, place);
    for (int lock = 0; lock < locks_.locks; ++lock) {
      bool has_read = false;
      while (!has_read) {
        while (!Acquire(env, client, LockName(lock))) {
        }
        const RegisterClient::Result read = client.Read();
        totals_[lock].found = read.value;
        has_read = read.is_accepted;
        client.Release();
      }
    }
  }

  void ExpectOneHolder() {
    std::vector<const LockClient*> holders;
    for (const Client& client : clients_) {
      const auto* mine = trial_.Read<LockClient>(client.node->id(), "lock");
      if (mine == nullptr || !mine->IsHeld()) continue;
      for (const LockClient* other : holders) {
        if (other->lock() != mine->lock()) continue;
        trial_.ViolateAndStop(
            "mutual-exclusion",
            absl::StrCat("two clients hold ", mine->lock(), ", by the tokens ",
                         other->token(), " and ", mine->token(), "."));
        return;
      }
      holders.push_back(mine);
    }
  }

  void JudgeTotals() {
    for (const Total& total : totals_) {
      const bool is_right = total.accepted <= total.found &&
                            total.found <= total.accepted + total.unknown;
      if (is_right) continue;
      trial_.Violate("no-lost-update",
                     absl::StrCat("the number is ", total.found, ", although ",
                                  total.accepted, " were added."));
    }
  }

  Trial& trial_;
  const RaftSetup& setup_;
  const LockSetup& locks_;
  Recorder<FencedLeaseModel> recorder_;
  LockAgreement agreement_;
  RaftServers servers_;
  RaftCourse course_;
  NodeId registers_;
  std::deque<Client> clients_;
  Node* last_client_ = nullptr;
  std::vector<Total> totals_;  // By lock.
};

}  // namespace

void RunLocks(Trial& trial, const RaftSetup& setup, const LockSetup& locks) {
  trial.NewWorld(setup.faults);
  LockRun(trial, setup, locks).Run();
}

}  // namespace reprise
