// DrawnTurns: the order of tasks in one world, where it is drawn.
//
// Each turn of a task is two decisions: how long it is forgotten, and how many
// of the others that are ready run first. They are named by the node and the
// task ("server/kv.Put") and numbered by the turns that the node's tasks of
// that name take, so that each can be replayed and left out.

#ifndef REPRISE_SIM_WORLD_DRAWN_TURNS_H_
#define REPRISE_SIM_WORLD_DRAWN_TURNS_H_

#include <cstdint>
#include <map>
#include <string>

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
  // The tasks of one name on one node.
  struct Namesakes {
    NodeId node;
    uint64_t turns = 0;
    DecisionStream passed;
    DecisionStream forgotten;
  };

  Namesakes& NamesakesOf(const Task& task);
  void Record(const Task& task, NodeId node, const TaskTurn& turn);

  WorldState& world_;
  // By the names of node and task.
  std::map<std::string, std::map<std::string, Namesakes, std::less<>>,
           std::less<>>
      namesakes_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DRAWN_TURNS_H_
