#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/host.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {
namespace {

constexpr uint32_t kServers = 5;

// Everything is durable as soon as it is saved.
class InstantHost final : public Host {
 public:
  explicit InstantHost(NodeId self) : self_(self) {}

  void SaveBallot(const Ballot& /*ballot*/) override { is_saved = true; }
  void SaveEntries(Index /*first*/,
                   std::span<const Entry> /*entries*/) override {
    is_saved = true;
  }
  void SaveSnapshot(const Snapshot& /*snapshot*/, bool /*keeps*/) override {}
  void Send(NodeId to, Message message, SendWhen /*when*/) override {
    sent.push_back({to, std::move(message)});
  }
  void Apply(Index /*first*/, std::span<const Entry* const> entries) override {
    applied += entries.size();
  }
  Bytes StateSnapshot() override { return {}; }
  void OnReadReady(uint64_t /*read*/, bool /*is_ready*/) override {}
  // Node 0 stands first.
  uint64_t Draw(uint64_t count) override {
    return self_.value() == 0 ? 0 : count - 1;
  }

  bool is_saved = false;
  uint64_t applied = 0;
  std::vector<std::pair<NodeId, Message>> sent;

 private:
  NodeId self_;
};

struct Server {
  InstantHost host;
  Consensus consensus;

  Server(NodeId self, const Membership& members)
      : host(self),
        consensus(self, {}, {}, host, {.membership = members}, {}) {}
};

class Servers {
 public:
  Servers() {
    Membership members;
    for (uint32_t i = 0; i < kServers; ++i) {
      members.voters.push_back(NodeId(i));
    }
    for (const NodeId node : members.voters) {
      servers_.push_back(std::make_unique<Server>(node, members));
    }
    now_ = first().consensus.deadline();
    first().consensus.Tick(now_);
    Run();
  }

  Server& first() { return *servers_[0]; }
  VirtualTime now() const { return now_; }

  // Until nobody has anything to send.
  void Run() {
    bool is_busy = true;
    while (is_busy) {
      is_busy = false;
      for (const std::unique_ptr<Server>& server : servers_) {
        if (std::exchange(server->host.is_saved, false)) {
          server->consensus.OnDurable(server->consensus.save_point(), now_);
        }
        sent_.clear();
        sent_.swap(server->host.sent);
        for (auto& [to, message] : sent_) {
          is_busy = true;
          servers_[to.value()]->consensus.Receive(server->consensus.self(),
                                                  std::move(message), now_);
          ++received;
        }
      }
    }
  }

  uint64_t received = 0;

 private:
  VirtualTime now_;
  std::vector<std::unique_ptr<Server>> servers_;
  std::vector<std::pair<NodeId, Message>> sent_;
};

// A command of so many bytes, from Propose until five servers have it.
void BM_Consensus_Commit(benchmark::State& state) {
  Servers servers;
  const Bytes command(static_cast<size_t>(state.range(0)), 'x');
  servers.received = 0;
  for (auto _ : state) {
    const auto place =
        servers.first().consensus.Propose(command, servers.now());
    benchmark::DoNotOptimize(place);
    servers.Run();
  }
  state.counters["messages"] = benchmark::Counter(
      static_cast<double>(servers.received), benchmark::Counter::kIsRate);
  state.counters["applied"] = static_cast<double>(servers.first().host.applied);
}
BENCHMARK(BM_Consensus_Commit)->Arg(10)->Arg(1000);

}  // namespace
}  // namespace reprise::kv::raft
