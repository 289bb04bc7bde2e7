// TrialAsides: shows, beside the events of a trial, what is known about them:
// the memory that nodes hold along the way, what they are by the words of the
// scenario, and the orders that checks find.
//
// Guarantees: hands every event on as it comes, and changes no digest, number
// of an event or account. A node's memory is shown after each event of its own
// at which it differs by more than a 256th of the most that it has held; not
// at all in a program without memory accounts.
//
//   TrialAsides asides(world, list);
//   world.trace().SetSink(&asides);
//   ...
//   asides.ShowOrder(recording, 0, Budget());
//   list.asides();  // kMemoryHeld..., kOperationOrdered..., kNodeDescribed...

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_ASIDES_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_ASIDES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/checker/history/verdict.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/world.h"

namespace reprise {

// Whether it is the event of a node that is there: one is named before it is.
bool IsOfNodeIn(const World& world, const TraceEvent& event);

class TrialAsides final : public TraceSink {
 public:
  // Both must outlive it.
  TrialAsides(World& world, TraceSink& sink);

  void OnEvent(const TraceEvent& event, std::string_view content) override;
  void OnShown(const TraceEvent& event, std::string_view content) override;

  // Judges the recording in full (Recording::JudgeInFull) and shows where each
  // operation stands. `first_number`: what the trace calls operation 0.
  void ShowOrder(const checker::Recording& recording, uint64_t first_number,
                 const checker::Budget& budget);

  // What the node is now, if that is not what it was.
  void ShowNode(NodeId node, const NodeState& state);
  // What it is when the trial is violated.
  void ShowNodeOfViolation(NodeId node, const NodeState& state);

 private:
  // What has been shown of a node.
  struct Held {
    bool is_shown = false;
    int64_t bytes = 0;
  };

  void SampleMemory(NodeId node);
  void ShowNodeText(NodeId node, uint64_t id, std::string_view text);

  World& world_;
  TraceSink& sink_;
  const bool samples_memory_;
  std::vector<Held> held_;           // By node.
  std::vector<std::string> states_;  // So are these: what was shown last.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_ASIDES_H_
