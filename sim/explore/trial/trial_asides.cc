#include "reprise/sim/explore/trial/trial_asides.h"

#include <cstdlib>
#include <string>
#include <utility>

#include "reprise/checker/history/history.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/world/node.h"

namespace reprise {
namespace {

// Less of the most that was held cannot be seen in a drawing.
constexpr int64_t kFinest = 256;

}  // namespace

bool IsOfNodeIn(const World& world, const TraceEvent& event) {
  return HasNode(event) && event.node.value() < world.node_count();
}

TrialAsides::TrialAsides(World& world, TraceSink& sink)
    : world_(world), sink_(sink), samples_memory_(IsMemoryAccountingLinked()) {}

void TrialAsides::OnEvent(const TraceEvent& event, std::string_view content) {
  sink_.OnEvent(event, content);
  if (samples_memory_ && IsOfNodeIn(world_, event)) SampleMemory(event.node);
}

void TrialAsides::OnShown(const TraceEvent& event, std::string_view content) {
  sink_.OnShown(event, content);
}

void TrialAsides::SampleMemory(NodeId node) {
  if (held_.size() <= node.value()) held_.resize(node.value() + 1);
  const MemoryAccount& account = world_.node(node).memory();
  Held& last = held_[node.value()];
  const int64_t change = std::abs(account.held_bytes() - last.bytes);
  if (last.is_shown && change <= account.peak_bytes() / kFinest) return;
  last = {.is_shown = true, .bytes = account.held_bytes()};
  sink_.OnShown({.time = world_.now(),
                 .kind = EventKind::kMemoryHeld,
                 .node = node,
                 .value = static_cast<uint64_t>(account.held_bytes())},
                "");
}

void TrialAsides::ShowNode(NodeId node, const NodeState& state) {
  if (states_.size() <= node.value()) states_.resize(node.value() + 1);
  std::string& last = states_[node.value()];
  std::string text = state.IsKnown() ? NodeStateText(state) : "";
  if (text == last) return;
  last = std::move(text);
  ShowNodeText(node, 0, last);
}

void TrialAsides::ShowNodeOfViolation(NodeId node, const NodeState& state) {
  ShowNodeText(node, 1, NodeStateText(state));
}

void TrialAsides::ShowNodeText(NodeId node, uint64_t id,
                               std::string_view text) {
  sink_.OnShown({.time = world_.now(),
                 .kind = EventKind::kNodeDescribed,
                 .node = node,
                 .id = id,
                 .bytes = text.size()},
                text);
}

void TrialAsides::ShowOrder(const checker::Recording& recording,
                            uint64_t first_number,
                            const checker::Budget& budget) {
  const checker::ModelVerdict found = recording.JudgeInFull(budget);
  const auto show = [&](checker::OperationId id, const std::string& partition,
                        uint64_t place) {
    sink_.OnShown({.time = world_.now(),
                   .kind = EventKind::kOperationOrdered,
                   .id = first_number + id,
                   .value = place,
                   .bytes = partition.size()},
                  partition);
  };
  std::string partition;
  uint64_t place = 0;
  for (const checker::OperationId id : found.order) {
    std::string next = recording.CallOf(id).key;
    place = next == partition ? place + 1 : 1;
    partition = std::move(next);
    show(id, partition, place);
  }
  if (found.verdict.outcome != checker::Outcome::kViolated) return;
  const checker::OperationId illegal = found.explanation.first_illegal;
  show(illegal, recording.CallOf(illegal).key, 0);
}

}  // namespace reprise
