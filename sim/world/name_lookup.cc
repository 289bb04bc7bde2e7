#include "reprise/sim/world/name_lookup.h"

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/purpose.h"
#include "reprise/sim/world/transport.h"

namespace reprise {

absl::StatusOr<NodeId> NameLookup::Resolve(std::string_view name) {
  const Task* task = CurrentContext().task;
  if (task != nullptr && task->IsUnwinding()) {
    return absl::CancelledError("the node is stopping");
  }
  const FrameworkMemoryScope scope;
  absl::StatusOr<NodeId> node = Find(name);
  world_.trace.RecordContent(
      {.time = world_.now(),
       .kind = EventKind::kNameResolved,
       .node = asker_,
       .peer = node.value_or(NodeId()),
       .value = static_cast<uint64_t>(node.status().code())},
      name);
  return node;
}

absl::StatusOr<NodeId> NameLookup::Find(std::string_view name) {
  if (Fails()) {
    ++world_.fault_counts[Fault::kResolveError];
    return absl::UnavailableError(
        absl::StrCat("the name ", ToAbsl(name), " could not be looked up"));
  }
  const auto found = world_.nodes_by_name.find(name);
  if (found == world_.nodes_by_name.end()) {
    return absl::NotFoundError(absl::StrCat("no node is named ", ToAbsl(name)));
  }
  return found->second;
}

bool NameLookup::Fails() {
  if (world_.network.transport().HasEndedFaults()) return false;
  Decisions& decisions = world_.decisions;
  if (!errors_.has_value()) {
    errors_ = decisions.Open(asker_name_, Purpose::kResolveError);
  }
  return decisions.DecideFault(*errors_, world_.faults.network.resolve_error);
}

}  // namespace reprise
