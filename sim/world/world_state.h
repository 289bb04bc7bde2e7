// WorldState: what the parts of one world share. World owns it; nodes, outages
// and fault sites know it in place of the whole world.
//
//   if (!world.IsOpen("Node::Crash()")) return;  // In what changes the world.

#ifndef REPRISE_SIM_WORLD_WORLD_STATE_H_
#define REPRISE_SIM_WORLD_WORLD_STATE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/crash_points.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/loss_limit.h"
#include "reprise/sim/world/memory_leak.h"
#include "reprise/sim/world/simulated_network.h"

namespace reprise {

class WorldState {
 public:
  enum class Phase : uint8_t { kAlive, kEnding, kEnded };

  WorldState(Seed seed, const FaultMix& faults, std::string_view scenario)
      : seed(seed),
        scenario(scenario),
        faults(faults),
        decisions(seed),
        scheduler(seed),
        network(scheduler, trace, decisions, this->faults.network,
                fault_counts) {}
  WorldState(const WorldState&) = delete;
  WorldState& operator=(const WorldState&) = delete;

  VirtualTime now() const { return scheduler.now(); }

  // Whether `function`, which would change the world, may do so. False while
  // the world ends: then it does nothing. Stops the program when it has ended.
  bool IsOpen(std::string_view function) const {
    if (phase == Phase::kAlive) [[likely]] {
      return true;
    }
    if (phase == Phase::kEnded) RefuseUse(function);
    return false;
  }

  // Stops the program: `function` of the Env of `node` needs a task.
  [[noreturn]] void RefuseOutsideTask(std::string_view node,
                                      std::string_view function) const;

  // A copy of `name` that lives as long as the world.
  std::string_view KeepName(std::string_view name) {
    const auto kept = names_.find(name);
    return kept != names_.end() ? *kept : *names_.emplace(name).first;
  }

  const Seed seed;
  const std::string scenario;  // Whose world it is; may be empty.
  const FaultMix faults;
  Trace trace;
  Decisions decisions;
  Scheduler scheduler;
  FaultCounts fault_counts;
  LossLimit losses;
  SimulatedNetwork network;
  std::map<std::string_view, NodeId> nodes_by_name;
  std::vector<MemoryLeak> leaks;        // In the order of the nodes' stops.
  CrashPoints* crash_points = nullptr;  // Null: nobody crashes at points.
  Phase phase = Phase::kAlive;

 private:
  [[noreturn]] void RefuseUse(std::string_view function) const;

  std::set<std::string, std::less<>> names_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_WORLD_STATE_H_
