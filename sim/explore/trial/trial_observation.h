// TrialObservation: how a scenario looks into its world while it runs. A part
// of Trial.
//
// Guarantees: nothing here draws, is charged to a node or enters the digest: a
// trial that is looked at has the events of one that is not.
//
// Requires: NewWorld() came before. What looks calls Expect(), Violate(),
// ViolateAndStop() and marks, reads what it likes and changes nothing of the
// world.
//
//   trial.Every(Milliseconds(10), [&] {
//     trial.Expect(Leaders() <= 1, "one-leader", "there are two leaders");
//   });
//   trial.AfterEach(EventKind::kNodeBooted, [&] { trial.Expect(...); });
//   trial.BeforeStop([&](NodeId node) {
//     const RaftState* state = trial.Read<RaftState>(node, "raft");
//     if (state != nullptr) terms[node] = state->term;
//   });
//   trial.DescribeNodes([&](NodeId node) { return StateOf(node); });

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OBSERVATION_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OBSERVATION_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/offers.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/trace/event.h"

namespace reprise {

class Trial;
class TrialAsides;
class TrialObservers;

inline constexpr std::string_view kCalmProperty = "calm";

// A phase without faults, in which more is required than while there were some.
struct Calm {
  // What the system gets after the end of the faults, to come to rest.
  Duration settle = {};
  // How long the calm is watched after that.
  Duration length = {};
  // Kinds of events that must not happen in it.
  std::vector<EventKind> no_events = {};
  // Names of marks that must not be reached in it, such as "raft.elected".
  std::vector<std::string> no_marks = {};
  // Called in it at each `interval` and at its end; may be null.
  std::function<void()> look = {};
  Duration interval = Milliseconds(10);
};

class TrialObservation {
 public:
  TrialObservation(const TrialObservation&) = delete;
  TrialObservation& operator=(const TrialObservation&) = delete;

  // Calls `look` at each multiple of `interval` from now on, when all is done
  // that happens at that instant, for as long as the world has something to do.
  // Requires a positive interval.
  void Every(Duration interval, std::function<void()> look);

  // Calls `look` after each event of `kind`, as soon as the task that runs
  // suspends. A violation that it states has the event, as the trace prints it,
  // as its last line.
  void AfterEach(EventKind kind, std::function<void()> look);

  // Calls `look` when a node crashes or stops, before its tasks unwind.
  void BeforeStop(std::function<void(NodeId node)> look);

  // Says what nodes are, for whoever reads of a failure: `describe` is asked
  // for the state of a node, and answers {} of one that it knows nothing of.
  // What all nodes were at the violation stands in its report; a page also has
  // in each lane what the node was over time, and its story tells when a state
  // that stands out began. It is asked at the violation or the end where
  // decisions are recorded, and along the way where asides are shown
  // (TrialOptions::shows_asides); in a sweep it is not asked. It may be asked
  // in any task.
  void DescribeNodes(std::function<NodeState(NodeId node)> describe);

  // What the node offers under that name (sim/env/offered.h), or null. It is
  // valid until the node runs on. Where it has another type, that stops the
  // program.
  template <typename State>
  const State* Read(NodeId node, std::string_view name) const {
    return static_cast<const State*>(Find(node, name, typeid(State)));
  }

 protected:
  explicit TrialObservation(Trial& trial);
  ~TrialObservation();

  Offers& offers() { return offers_; }
  TrialObservers& observers();
  // The event after which somebody looks, as a line to add to what is violated;
  // else empty.
  std::string DescribeEvent() const;
  // From now on shows what nodes become, and what they were at the violation;
  // null: it shows nothing.
  void ShowNodesIn(TrialAsides* asides) { shown_ = asides; }
  // Keeps what all nodes are now; those that are left out are not among them,
  // nor those of which nothing is known.
  void NoteNodes();
  // Keeps and shows what all nodes are as that of the violation; where the
  // world has ended, what was kept. The first time alone: a violation that is
  // judged anew is no other one.
  void ShowNodesOfViolation();
  std::vector<DescribedNode> TakeNotedNodes();

 private:
  struct NotedNode {
    NodeId id = {};
    DescribedNode described = {};
  };

  const void* Find(NodeId node, std::string_view name,
                   const std::type_info& type) const;

  void ShowNode(NodeId node);

  Trial& trial_;
  Offers offers_;
  std::function<NodeState(NodeId)> describe_;  // Null: nobody describes them.
  TrialAsides* shown_ = nullptr;
  std::vector<NotedNode> noted_;
  bool has_shown_violation_ = false;
  std::unique_ptr<TrialObservers> observers_;  // Null until it is needed.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_OBSERVATION_H_
