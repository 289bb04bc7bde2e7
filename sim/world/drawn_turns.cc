#include "reprise/sim/world/drawn_turns.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/packet_name.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

TaskTurn DrawnTurns::TakeTurn(const Task& task, uint64_t others) {
  const FrameworkMemoryScope scope;
  const TaskOptions& options = world_.faults.tasks;
  NodeTurns& turns = TurnsOf(task.group().name());
  PacketName name = {.method_hash = HashName(task.name()),
                     .method = task.name(),
                     .operation = task.served()};
  name.number = turns.taken[name.Place()]++;
  const DecisionPlace place = PlaceOf(name);
  TaskTurn turn;
  turn.forgotten = world_.decisions.DecideOutage(
      turns.forgotten, place,
      {.start = options.forget, .mean = options.forget_mean});
  if (turn.forgotten == Duration() && others > 0) {
    const uint64_t lets_pass =
        world_.decisions.DecidePlace(turns.passed, place, options.pass,
                                     static_cast<uint64_t>(options.pass_max));
    turn.lets_pass = std::min(lets_pass, others);
  }
  Record(task, turns.node, turn);
  return turn;
}

void DrawnTurns::Record(const Task& task, NodeId node, const TaskTurn& turn) {
  TraceEvent event = {.time = world_.now(), .node = node};
  if (turn.forgotten != Duration()) {
    ++world_.fault_counts[Fault::kTaskForgotten];
    event.kind = EventKind::kTaskForgotten;
    event.value = static_cast<uint64_t>(turn.forgotten.nanoseconds());
  } else if (turn.lets_pass > 0) {
    ++world_.fault_counts[Fault::kTaskPassed];
    event.kind = EventKind::kTurnPassed;
    event.value = turn.lets_pass;
  } else {
    return;
  }
  world_.trace.RecordContent(event, task.name());
}

DrawnTurns::NodeTurns& DrawnTurns::TurnsOf(std::string_view node) {
  const auto found = nodes_.find(node);
  if (found != nodes_.end()) return found->second;
  NodeTurns& turns = nodes_[std::string(node)];
  const auto id = world_.nodes_by_name.find(node);
  if (id != world_.nodes_by_name.end()) turns.node = id->second;
  turns.passed = world_.decisions.Open(node, Purpose::kTaskPassed);
  turns.forgotten = world_.decisions.Open(node, Purpose::kTaskForgotten);
  return turns;
}

}  // namespace reprise
