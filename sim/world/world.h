// World: one simulated universe, made from a seed.
//
// Guarantees: everything that happens is a function of the options and of what
// the scenario does; two worlds made alike have the same digest. The world runs
// on the calling thread inside Run...(); its end frees every task, finished or
// not. Worlds of different threads share nothing.
//
// Code of nodes may use what the scenario owns, until the world ends. End()
// ends it while the scenario's objects are alive; a world that is destroyed
// ends then.
//
//   World world({.seed = seed, .faults = fault::Lab{.reliable = false}});
//   Node& server = world.AddNode("server");
//   server.OnBoot([](Env& env) { kv::Server(env).Run(); });
//   world.AddNode("clerk").Spawn([&](Env& env) { ... });
//   RunResult result = world.RunUntilIdle();
//   world.End();

#ifndef REPRISE_SIM_WORLD_WORLD_H_
#define REPRISE_SIM_WORLD_WORLD_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/debugger.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/memory_leak.h"
#include "reprise/sim/world/network_counters.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/packet_rule.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/presets.h"
#include "reprise/text/text_view.h"

namespace reprise {

class DrawnSites;
class DrawnTurns;
class FaultDriver;
class PointCrashes;
class Outages;
class WorldState;

struct WorldOptions {
  Seed seed = {};
  FaultMix faults = {};
  // Running out of either ends a run as kOutOfBudget. Steps are events fired
  // by the scheduler: a task resumed, a message arriving, a timer expiring.
  uint64_t max_steps = 1'000'000'000;
  VirtualTime max_time = VirtualTime::Seconds(100'000);
  // Whose world it is, for messages.
  std::string_view scenario = {};
};

// Looks at a world while it runs, between two events. It may read all and
// change nothing but scheduler().Stop().
class WorldWatch {
 public:
  // When to look next, whatever happens: after all events of that instant.
  // Infinite: only when Scheduler::StopToLook() asks for it.
  virtual VirtualTime NextLook() = 0;
  virtual void Look() = 0;

 protected:
  ~WorldWatch() = default;
};

class World final : private DebuggedWorld {
 public:
  explicit World(const WorldOptions& options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // A node named `name`, which no other node of the world has. A name cannot
  // contain "->".
  Node& AddNode(TextView name, const NodeOptions& options = {});
  Node& node(NodeId id) { return *nodes_[id.value()]; }
  size_t node_count() const { return nodes_.size(); }

  // `rule` has a say on every packet for as long as the guard lives.
  [[nodiscard]] PacketRuleGuard AddPacketRule(PacketRule rule);

  // Outages by hand, for a scenario that ends them by what it sees; the script
  // has more kinds. These functions end only what was begun by hand (origin.h):
  // what the script has cut as well stays cut until the script ends it.

  // Cuts or restores the way of calls from `from` to `to`.
  void SetConnected(NodeId from, NodeId to, bool is_connected);
  // Breaks the connection that carries the calls and one-way messages of `from`
  // to `to`, as a TCP reset does: all its calls in progress fail at once as
  // Unavailable, and what is on its way is lost. It ends by itself: what is
  // sent afterwards goes over a new connection.
  void ResetConnection(NodeId from, NodeId to);
  // Packets from `from` to `to` wait until `length` has passed.
  void Clog(NodeId from, NodeId to, Duration length);
  // What is sent to `node` takes this much longer; zero ends it. Where the
  // script or chance slows it down, too, the longest delay counts.
  void SlowDown(NodeId node, Duration delay);
  // Stops packets between nodes as `partition` says, until EndPartition. It
  // must outlive that.
  void BeginPartition(const Partition& partition);
  void EndPartition(const Partition& partition);

  // Faults that the scenario writes down instead of drawing them.
  FaultScript& script() { return script_; }

  // Ends all drawn and scripted faults for good: heals the network, restarts
  // what crashed, resumes what is paused. What the scenario began by hand, only
  // the scenario ends. For a phase in which progress is required. With a core,
  // only its nodes and the links among them are sure to be healthy: what befell
  // others stays as it is, though nothing new begins anywhere. What a clog
  // or a slow disk has already put off ends when it would have ended.
  void EndFaults(const NodeSet& core = NodeSet::All());

  // At most a minority of these nodes, (n - 1) / 2 of them, ever loses what its
  // disk has made durable: by restart_empty, bit_rot, rot_at_rest, write_lost
  // or write_misdirected. The first nodes struck are the minority; the others
  // are spared, in a replay as well. For code that promises to survive just
  // that.
  void KeepMajority(std::vector<NodeId> nodes);
  // Whether one of these has struck the node's disk, or it was emptied.
  bool HasLostSyncedData(NodeId node) const;

  // Runs until nothing is left to do: each task has ended or is at rest.
  RunResult RunUntilIdle();
  // Runs the events up to and including those at `end`; now() is `end` then.
  RunResult RunUntil(VirtualTime end);

  // Follows edits of its seed's run. Requires that no node was added.
  void Follow(const Edits& edits);

  // `watch` looks on during all runs from now on; null: nobody.
  void SetWatch(WorldWatch* watch) { watch_ = watch; }

  // Ends the world: its tasks unwind, and its programs and handlers are gone.
  // Whatever they do meanwhile changes nothing, and what can be read stays as
  // it was: trace, counters, leaks, the memory and unfinished tasks of nodes.
  // What would change the world afterwards, a run included, stops the program.
  // Does nothing when it has ended. Requires that no run is in progress.
  void End();
  // Leaves the world as it is, for ever, because what its tasks use is gone. It
  // must not be destroyed after this, nor do anything.
  void Abandon();
  bool HasEnded() const;
  bool IsEnding() const;

  VirtualTime now() const;
  Seed seed() const { return options_.seed; }
  const FaultMix& faults() const { return options_.faults; }

  // What was called although its node does not serve it, a line for each; such
  // calls fail, and a client that repeats them never ends.
  std::string DescribeUnserved() const;

  // Writes a line into the trace; it is part of the digest.
  void Note(TextView text);
  // As Env::Log, of no node: a line that is shown and never digested.
  void Log(LogLevel level, TextView text, LogFields fields = {});

  // For what judges, records and replays the run.
  Trace& trace();
  Decisions& decisions();
  const Decisions& decisions() const;
  Scheduler& scheduler();
  const NetworkCounters& counters() const;
  // How often each fault struck.
  const FaultCounts& fault_counts() const;
  // What stopped nodes have not freed, in the order of their stops. Code under
  // test should leave none; what it allocated for the scenario counts too.
  // Empty unless the program links //sim/core:memory_accounting.
  const std::vector<MemoryLeak>& leaks() const;
  // The memory of messages that were sent and have not arrived.
  const MemoryAccount& network_memory() const;

 private:
  RunResult Run(VirtualTime end);
  // Lets the reseeds answer whose time has come: before `now`, or at `now` when
  // all events of that instant have fired.
  void ApplyReseeds(bool has_fired);
  std::string DescribeForDebugger() const override;
  void SetClock(Node& node);
  void CheckLinkNames() const;
  void CheckZones() const;
  [[noreturn]] void RefuseMix(TextView reason) const;

  const WorldOptions options_;
  WorldWatch* watch_ = nullptr;
  std::deque<Reseed> reseeds_;  // That are to come.
  const std::unique_ptr<WorldState> state_;
  const std::unique_ptr<Outages> outages_;
  FaultScript script_;
  const std::unique_ptr<FaultDriver> driver_;
  std::unique_ptr<PointCrashes> points_;  // Null: the faults have none.
  const std::unique_ptr<DrawnSites> sites_;
  const std::unique_ptr<DrawnTurns> turns_;
  // Tasks refer to their nodes: they end first, in the destructor.
  std::vector<std::unique_ptr<Node>> nodes_;
};

// A name like a host's: NodeName("clerk", 3) is "clerk-3".
std::string NodeName(TextView role, int number);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_WORLD_H_
