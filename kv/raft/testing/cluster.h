// Cluster: servers of Raft in one thread, with a network, disks and clocks that
// a seed decides. All that happens is an event at an instant of true time.
//
//   Cluster cluster(Seed(1), {.servers = 3});
//   cluster.RunFor(Seconds(1));
//   cluster.Propose(*cluster.Leader(), "command");
//   EXPECT_EQ(cluster.safety().violation(), "");
//
// Messages are lost, doubled and out of order as the options say; a crash
// leaves what is durable, and some of what was on its way to the disk.

#ifndef REPRISE_KV_RAFT_TESTING_CLUSTER_H_
#define REPRISE_KV_RAFT_TESTING_CLUSTER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/testing/fake_host.h"
#include "reprise/kv/raft/testing/safety.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {

struct ClusterOptions {
  size_t servers = 3;
  // So many of them are no members at first.
  size_t spares = 0;
  Options raft = {};
  Rules rules = {};
  Duration delay_min = Microseconds(500);  // Of a message.
  Duration delay_max = Milliseconds(2);
  Duration sync_max = Milliseconds(2);
  Probability lost = {0, 1};
  Probability doubled = {0, 1};
  Duration late_max = Milliseconds(20);  // Delay of the second one.
  // Each clock is so much faster or slower, at most.
  int64_t drift_ppm_max = 0;
};

class Cluster {
 public:
  Cluster(Seed seed, const ClusterOptions& options);

  size_t size() const { return servers_.size(); }
  VirtualTime now() const { return now_; }
  void RunFor(Duration duration);
  // Until `is_done`, or for `most`: then false.
  bool RunUntil(absl::FunctionRef<bool()> is_done, Duration most);

  // Null while it is down.
  Consensus* server(size_t i) { return servers_[i].consensus.get(); }
  FakeHost& host(size_t i) { return *servers_[i].host; }
  VirtualTime LocalTime(size_t i) const;
  // The one that leads in the latest term, if any does.
  std::optional<size_t> Leader() const;
  Safety& safety() { return safety_; }

  // What clients do. Each needs a server that is up.
  absl::Status Propose(size_t i, std::string_view command);
  // Whether it was answered is seen from reads_done().
  absl::Status Read(size_t i);
  uint64_t reads_done() const { return reads_done_; }
  absl::Status ChangeMembership(size_t i, const Membership& wanted);
  absl::Status Transfer(size_t i, size_t to);

  // What befalls it.
  void Crash(size_t i);
  void Restart(size_t i);
  // Requires a server that is down.
  void LoseData(size_t i) { servers_[i].host->LoseData(); }
  void Checkpoint(size_t i);
  // Messages from `from` to `to` are lost.
  void Cut(size_t from, size_t to, bool is_cut);
  void CutOff(size_t i, bool is_cut);
  // Nothing is cut off, lost or doubled any more, and all servers are up.
  void Heal();

 private:
  struct Server {
    std::unique_ptr<FakeHost> host;
    std::unique_ptr<Consensus> consensus;
    int64_t drift_ppm = 0;
    Duration offset = {};
    uint64_t life = 0;  // Counts its crashes.
    VirtualTime tick_at = VirtualTime::Infinite();
    std::map<uint64_t, Index> reads;  // What was committed when they began.
  };
  enum class Kind : uint8_t { kMessage, kSync, kTick };
  struct Event {
    VirtualTime at;
    uint64_t number;
    Kind kind;
    size_t server;
    uint64_t life;
    NodeId from;
    Message message;
  };

  void Push(VirtualTime at, Kind kind, size_t server, NodeId from = {},
            Message message = {});
  void Happen(Event& event);
  // Does what the server has asked its host for.
  void Settle(size_t i);
  void Deliver(size_t from, Outgoing sent);
  void AnswerReads(size_t i);
  VirtualTime TrueTime(size_t i, VirtualTime local) const;
  Duration Draw(Duration least, Duration most);

  ClusterOptions options_;
  Membership first_;
  RandomStream chance_;
  Safety safety_;
  VirtualTime now_;
  std::vector<Server> servers_;
  std::vector<Event> events_;  // A heap.
  uint64_t events_made_ = 0;
  uint64_t reads_done_ = 0;
  std::vector<bool> cut_;  // By from and to.
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_TESTING_CLUSTER_H_
