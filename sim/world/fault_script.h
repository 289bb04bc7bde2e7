// FaultScript: the faults that a scenario writes down instead of drawing them.
//
// Guarantees: each scripted fault begins and ends exactly when the script says,
// also where other faults of its kind overlap with it (origin.h):
// - Where several scripted ones overlap, the node or link is well again when
//   the last of them has ended. Of several delays of one node the longest
//   counts.
// - A scripted crash, pause, delay or clog takes over a drawn one of its kind,
//   which ends there. No drawn one begins while a scripted one is on.
// - Partitions add up: two nodes see each other when no partition parts them.
// - What the scenario does by hand, only the scenario ends: a node that it has
//   taken down or paused itself stays so. It may restart a node that a script
//   has taken down; the scripted crash is over then.
//
// Each scripted fault is a decision, named by ("script", its kind, how many of
// that kind were scripted before). So it is recorded, and can be replayed and
// removed, like a drawn one. Where several begin or end at one instant, they do
// so in the order in which they were scripted.
//
// Times are the world's. A node that is not in the world, a time that has
// passed and a negative length are refused: the program ends with status 2.
//
//   FaultScript& script = world.script();
//   // From 2 s to 3 s a and b do not see each other.
//   script.Partition({VirtualTime::Seconds(2), Seconds(1)},
//                    Partition::Split({a}, {b}));
//   script.Pause({VirtualTime::Seconds(4), Milliseconds(300)}, server);
//   script.Do(VirtualTime::Seconds(5), [&] { ... });

#ifndef REPRISE_SIM_WORLD_FAULT_SCRIPT_H_
#define REPRISE_SIM_WORLD_FAULT_SCRIPT_H_

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

class Outages;

// When a scripted fault is on.
struct Span {
  VirtualTime begin;
  Duration length;  // Infinite: until the faults end.
};

class FaultScript {
 public:
  // What may befall a node and be drawn as well.
  enum class NodeOutage { kCrash, kPause, kSlow };

  explicit FaultScript(Outages& outages) : outages_(outages) {}
  ~FaultScript();
  FaultScript(const FaultScript&) = delete;
  FaultScript& operator=(const FaultScript&) = delete;

  // Packets between the parts are stopped.
  void Partition(Span when, const reprise::Partition& partition);
  // Calls from `from` to `to` fail.
  void Cut(Span when, NodeId from, NodeId to);
  // Packets from `from` to `to` wait for the end.
  void Clog(Span when, NodeId from, NodeId to);
  // The node is down; its program runs again at the end.
  void Crash(Span when, NodeId node);
  // The node stands still.
  void Pause(Span when, NodeId node);
  // What is sent to the node takes `delay` longer.
  void Slow(Span when, NodeId node, Duration delay);
  // The connection that carries the calls of `from` to `to` breaks.
  void Reset(VirtualTime at, NodeId from, NodeId to);
  // The node's time of day moves by `by`.
  void JumpClock(VirtualTime at, NodeId node, Duration by);

  // Runs `action` outside of all tasks. Not a fault: always happens.
  void Do(VirtualTime at, std::function<void()> action);

  // Ends the faults that are on and begins no more; actions of Do() still run.
  // What befell nodes outside of `core` stays on.
  void EndFaults(const NodeSet& core);

  // Whether a scripted outage of this kind is on at the node. A node that the
  // script has crashed or paused is neither crashed nor paused by chance.
  bool IsOn(NodeId node, NodeOutage outage) const {
    return node.value() < on_.size() &&
           on_[node.value()][static_cast<size_t>(outage)] > 0;
  }

 private:
  // Something that happens at an instant.
  class Action final : public Event {
   public:
    explicit Action(std::function<void()> body) : body_(std::move(body)) {}
    void Fire() override { body_(); }

   private:
    std::function<void()> body_;
  };
  // A scripted fault.
  struct Entry {
    Purpose purpose = {};
    std::optional<NodeOutage> outage = {};
    std::vector<NodeId> nodes = {};  // Whom it befalls.
    Duration length = {};            // Zero: a replay leaves it out.
    Duration delay = {};             // Of what is sent to a slow node.
    std::function<void()> begin = {};
    std::function<void()> end = {};
    // Null unless the fault is a partition.
    reprise::Partition* partition = nullptr;
    bool is_on = false;
  };

  void Schedule(VirtualTime at, std::function<void()> body);
  Entry& Add(Span when, Entry entry);
  void Check(Span when, const Entry& entry) const;
  // Counts one more, or one less, of its kind of outage.
  void Count(const Entry& entry, int change);
  // Whether an entry of this purpose is on for just these nodes.
  bool IsOn(Purpose purpose, const std::vector<NodeId>& nodes) const;
  // The longest delay that is on.
  Duration DelayOf(NodeId node) const;
  void Begin(Entry& entry);
  void End(Entry& entry);

  Outages& outages_;
  bool has_ended_ = false;
  std::deque<Action> actions_;
  std::deque<Entry> entries_;
  std::deque<reprise::Partition> partitions_;
  // By node: how many scripted outages of each kind are on.
  std::vector<std::array<int, 3>> on_;
  std::map<Purpose, DecisionStream> streams_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FAULT_SCRIPT_H_
