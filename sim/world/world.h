// World: one simulated universe, made from a seed.
//
// Guarantees: everything that happens is a function of the options and of what
// the scenario does; two worlds made alike have the same digest. The world runs
// on the calling thread inside Run...(); its end frees every task, finished or
// not. Worlds of different threads share nothing.
//
//   World world({.seed = seed, .faults = fault::Lab{.reliable = false}});
//   Node& server = world.AddNode("server");
//   server.OnBoot([](Env& env) { kv::Server(env).Run(); });
//   world.AddNode("clerk").Spawn([&](Env& env) { ... });
//   RunResult result = world.RunUntilIdle();

#ifndef REPRISE_SIM_WORLD_WORLD_H_
#define REPRISE_SIM_WORLD_WORLD_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/string_view.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/drawn_sites.h"
#include "reprise/sim/world/fault_driver.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/network_counters.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/outage_counters.h"
#include "reprise/sim/world/packet_rule.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/presets.h"

namespace reprise {

class SimulatedNetwork;

// Memory that is still charged to a node after it has crashed or stopped.
struct MemoryLeak {
  NodeId node;
  VirtualTime time;
  int64_t bytes = 0;
  int64_t blocks = 0;
};

struct WorldOptions {
  Seed seed = {};
  FaultMix faults = {};
  // Running out of either ends a run as kOutOfBudget. Steps are events fired
  // by the scheduler: a task resumed, a message arriving, a timer expiring.
  uint64_t max_steps = 1'000'000'000;
  VirtualTime max_time = VirtualTime::Seconds(100'000);
};

class World {
 public:
  explicit World(const WorldOptions& options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // A node named `name`, which no other node of the world has. A name cannot
  // contain "->".
  Node& AddNode(std::string_view name);
  Node& node(NodeId id) { return *nodes_[id.value()]; }
  size_t node_count() const { return nodes_.size(); }

  // `rule` has a say on every packet for as long as the guard lives.
  [[nodiscard]] PacketRuleGuard AddPacketRule(PacketRule rule);
  // Cuts or restores the way of calls from `from` to `to`. What a script cut
  // stays cut until the script restores it, as with the outages below.
  void SetConnected(NodeId from, NodeId to, bool is_connected);

  // Stops packets between nodes as `partition` says, until EndPartition. It
  // must outlive that.
  void BeginPartition(const Partition& partition);
  void EndPartition(const Partition& partition);
  // What is sent to `node` takes this much longer; zero ends it. Where several
  // origins slow it down, the longest delay counts.
  void SlowDown(NodeId node, Duration delay, Origin by = Origin::kScenario);
  // Packets on the link arrive after `length`, or later if they are.
  void Clog(Link& link, Duration length, Origin by = Origin::kScenario);
  void SetCut(NodeId from, NodeId to, Origin by, bool is_cut);
  Link& link(NodeId from, NodeId to);

  // Faults that the scenario writes down instead of drawing them.
  FaultScript& script() { return script_; }

  // Ends all drawn and scripted faults for good: heals the network, restarts
  // what crashed, lets go on what is paused. What the scenario began by hand is
  // its own to end. For a phase in which progress is required. With a core,
  // only its nodes and the links among them are sure to be healthy: what befell
  // others stays as it is, though nothing new begins anywhere. Packets that a
  // clog has put off already arrive when it would have ended.
  void EndFaults(const NodeSet& core = NodeSet::All());
  // Heals `partition` inside the core; whether nothing else is cut.
  bool HealInside(const NodeSet& core, Partition& partition);

  // Runs until nothing is left to do: each task has ended or is at rest.
  RunResult RunUntilIdle();
  // Runs the events up to and including `end`; then it is `end`.
  RunResult RunUntil(VirtualTime end);

  VirtualTime now() const { return scheduler_.now(); }
  Seed seed() const { return options_.seed; }
  const FaultMix& faults() const { return options_.faults; }

  // Writes a line into the trace.
  void Note(std::string_view text);

  // A copy of `name` that lives as long as the world.
  std::string_view KeepName(std::string_view name);

  Trace& trace() { return trace_; }
  Decisions& decisions() { return decisions_; }
  Scheduler& scheduler() { return scheduler_; }
  SimulatedNetwork& network() { return *network_; }
  const NetworkCounters& counters() const;
  // What stopped nodes have not freed, in the order of their stops. Code under
  // test should leave none; what it allocated for the scenario counts too.
  // Empty unless the program links //sim/core:memory_accounting.
  const std::vector<MemoryLeak>& leaks() const { return leaks_; }
  OutageCounters& outages() { return outages_; }
  // The memory of messages that were sent and have not arrived.
  const MemoryAccount& network_memory() const;

 private:
  friend class Node;

  RunResult Run(VirtualTime end);
  void SetClock(Node& node);
  void CheckLinkNames() const;
  [[noreturn]] void RefuseMix(absl::string_view reason) const;
  void RecordPartition(EventKind kind, const Partition& partition);
  // `node` has stopped.
  void CheckLeaks(Node& node);

  WorldOptions options_;
  Trace trace_;
  Decisions decisions_;
  Scheduler scheduler_;
  std::unique_ptr<SimulatedNetwork> network_;
  FaultDriver driver_;
  FaultScript script_;
  DrawnSites sites_;
  OutageCounters outages_;
  std::set<std::string, std::less<>> names_;
  // Tasks refer to their nodes: they end first, in the destructor.
  std::vector<std::unique_ptr<Node>> nodes_;
  std::set<std::string_view> node_names_;
  std::vector<MemoryLeak> leaks_;
};

// A name like a host's: NodeName("clerk", 3) is "clerk-3".
std::string NodeName(std::string_view role, int number);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_WORLD_H_
