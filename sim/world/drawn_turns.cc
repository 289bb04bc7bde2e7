#include "reprise/sim/world/drawn_turns.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

TaskTurn DrawnTurns::TakeTurn(const Task& task, uint64_t others) {
  const FrameworkMemoryScope scope;
  const TaskOptions& options = world_.faults.tasks;
  Namesakes& namesakes = NamesakesOf(task);
  const uint64_t number = namesakes.turns++;
  TaskTurn turn;
  turn.forgotten = world_.decisions.DecideOutage(
      namesakes.forgotten, number,
      {.start = options.forget, .mean = options.forget_mean});
  if (turn.forgotten == Duration() && others > 0) {
    const auto most = static_cast<uint64_t>(options.pass_max);
    turn.lets_pass = world_.decisions.DecidePlace(
        namesakes.passed, {number}, options.pass, std::min(others, most));
  }
  Record(task, namesakes.node, turn);
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

DrawnTurns::Namesakes& DrawnTurns::NamesakesOf(const Task& task) {
  const std::string_view node = task.group().name();
  auto of_node = namesakes_.find(node);
  if (of_node == namesakes_.end()) {
    of_node = namesakes_.try_emplace(std::string(node)).first;
  }
  const auto found = of_node->second.find(task.name());
  if (found != of_node->second.end()) return found->second;
  const std::string entity =
      absl::StrCat(ToAbsl(node), "/", ToAbsl(task.name()));
  Namesakes namesakes;
  const auto id = world_.nodes_by_name.find(node);
  if (id != world_.nodes_by_name.end()) namesakes.node = id->second;
  namesakes.passed = world_.decisions.Open(entity, Purpose::kTaskPassed);
  namesakes.forgotten = world_.decisions.Open(entity, Purpose::kTaskForgotten);
  return of_node->second.emplace(task.name(), namesakes).first->second;
}

}  // namespace reprise
