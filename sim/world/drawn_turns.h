// DrawnTurns: the order of tasks in one world, where it is drawn.
//
// Each turn of a task is two decisions of its node: for how long it is
// forgotten, and how many of the others that are ready run first. They are
// named as those about packets are, by the task's name, the operation that it
// serves and a number: "kv 3.7 #2" is the third turn that tasks "kv" of the
// node take for operation 7 of client 3. So each can be replayed and left out,
// and nothing moves it when others come or go.

#ifndef REPRISE_SIM_WORLD_DRAWN_TURNS_H_
#define REPRISE_SIM_WORLD_DRAWN_TURNS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_turns.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/world_state.h"

namespace reprise {

class DrawnTurns final : public TaskTurns {
 public:
  // `world` must outlive it.
  explicit DrawnTurns(WorldState& world) : world_(world) {}

  TaskTurn TakeTurn(const Task& task, uint64_t others) override;

 private:
  struct NodeTurns {
    NodeId node;
    DecisionStream passed;
    DecisionStream forgotten;
    // How many turns were taken, by the hash of the task's name and what it
    // serves.
    absl::flat_hash_map<uint64_t, uint32_t> taken;
  };

  NodeTurns& TurnsOf(std::string_view node);
  void Record(const Task& task, NodeId node, const TaskTurn& turn);

  WorldState& world_;
  std::map<std::string, NodeTurns, std::less<>> nodes_;  // By name.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DRAWN_TURNS_H_
