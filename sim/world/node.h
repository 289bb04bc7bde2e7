// Node: a simulated host with its own tasks and its own Env.
//
//   Node& server = world.AddNode("server");
//   server.OnBoot([](Env& env) { kv::Server(env).Run(); });
//   world.AddNode("clerk-0").Spawn([&](Env& env) { ... });

#ifndef REPRISE_SIM_WORLD_NODE_H_
#define REPRISE_SIM_WORLD_NODE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/node_clock.h"
#include "reprise/sim/world/origin.h"
#include "reprise/text/text_view.h"

namespace reprise {

class SimulatedDisk;
class WorldState;

struct NodeOptions {
  // Where the node stands: a rack, a data centre. The nodes of a zone are
  // struck together (NodeFaultOptions::zone_crash, PartitionOptions::zones).
  // "": in none.
  std::string zone = {};
};

class Node {
 public:
  // Takes part in the network of `world`, which must outlive it.
  Node(WorldState& world, NodeId id, std::string_view name,
       const NodeOptions& options = {});
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  NodeId id() const { return id_; }
  std::string_view name() const { return tasks_.name(); }
  // "": none.
  const std::string& zone() const { return zone_; }
  Env& env();

  // `boot` is the node's program: it runs as a task now and at each restart,
  // and owns all volatile state of the node.
  void OnBoot(std::function<void(Env&)> boot);

  // Stops the node at once: its tasks unwind, and its handlers and all that its
  // tasks own are gone. Its disk keeps what was synced, and of the rest what
  // the faults leave. Requires that the node is up and that none of its own
  // tasks is running.
  void Crash(Origin by = Origin::kScenario);
  // As Crash, but in good order: all that was written to the disk is durable.
  void Stop();
  // Runs the program given to OnBoot again, with the disk as it is or with an
  // empty one. Requires that the node is down.
  void Restart();
  void RestartEmpty();
  bool IsUp() const { return is_up_; }
  // Whether the node is down and `by` is the one who restarts it.
  bool IsDownBy(Origin by) const { return !is_up_ && down_by_ == by; }
  // Turns a drawn crash into a scripted one, which the script ends.
  void TakeOverCrash();
  bool HasProgram() const { return has_program_ && !is_left_out_; }
  // Whether an edit leaves it out (LeaveOut).
  bool IsLeftOut() const { return is_left_out_; }
  // From now on the node is down and stays so: it has no tasks, and nothing
  // befalls it. Requires that it has none yet.
  void LeaveOut();

  // From now on the node's tasks stand still while time goes on: messages wait
  // for them and timers fire late. A scripted pause replaces a drawn one and
  // outlasts a crash: a node that restarts during it is paused again. Every
  // other pause ends when the node stops. Requires that the node is up, unless
  // `by` is the script.
  void Pause(Origin by = Origin::kScenario);
  // Ends the pause by `by`. The node goes on when no other origin pauses it.
  void Resume(Origin by = Origin::kScenario);
  bool IsPaused() const { return is_up_ && !paused_by_.empty(); }

  // Gives the node a label, or takes it away (Env::Label).
  void SetLabel(TextView label, bool is_on);
  // None: it does not have it now.
  std::optional<VirtualTime> LabelledSince(std::string_view label) const;

  // Moves the node's wall time, forth or back.
  void JumpClock(Duration by);
  // Sets the node's wall time `error` ahead of what it would be without leaps,
  // or behind; years, if need be.
  void LeapClock(Duration error);
  // The node's wall time stands still until everybody who has stopped it lets
  // it go on, and is then what it would have been. It does so across restarts.
  void StopClock(Origin by = Origin::kScenario);
  void StartClock(Origin by = Origin::kScenario);
  NodeClock& clock() { return clock_; }

  // Null until the node's code has used it.
  SimulatedDisk* used_disk() const { return disk_.get(); }
  // From now on nothing new goes wrong on the node's disk.
  void EndDiskFaults(bool is_in_core);
  // Whether a crash now could lose something that was written.
  bool HasUnsyncedWrites() const;
  // What that is, in lines for a debugger.
  std::string DescribeUnsynced() const;

  // What the node's code has requested through operator new and not freed;
  // empty unless the program links //sim/core:memory_accounting.
  // After the end of the world: what it was at the end.
  MemoryAccount& memory() { return IsEnded() ? *at_end_->memory : *memory_; }
  const MemoryAccount& memory() const {
    return IsEnded() ? *at_end_->memory : *memory_;
  }
  // As LargestAllocationSites() of its memory.
  std::vector<AllocationSite> AllocationSites(size_t count) const;

  // How many of its tasks have not ended and are not at rest; after the end of
  // the world, how many there were.
  size_t UnfinishedTasks() const;

  // Runs `body` as one more task of the node. A crash ends it for good.
  TaskHandle Spawn(absl::AnyInvocable<void(Env&)> body);
  TaskHandle Spawn(TextView task_name, absl::AnyInvocable<void(Env&)> body);

  // For World::End(). Notes what is to be read later, before the tasks unwind.
  void NoteEnd();
  // Drops the program, which may hold what the scenario owns.
  void DropProgram();

 private:
  class SimulatedEnv;

  // What can be read of a node whose world has ended.
  struct AtEnd {
    MemoryAccountHandle memory;
    std::vector<AllocationSite> sites;
    size_t unfinished_tasks = 0;
  };

  bool IsEnded() const { return at_end_ != nullptr; }
  // Whether `function` may change the node: its world is open, and no edit
  // leaves the node out.
  bool MayChange(const char* function) const;
  SimulatedDisk& disk();
  // The numbers are values of EventKind::kNodeStopped.
  enum class Ending : uint64_t { kCrash = 0, kInOrder = 1 };
  void EndTasks(Ending ending);
  void Boot();
  void StandStill();
  // To be called when a pause ends: counts it if it held a task up.
  void CountPause();
  void Record(EventKind kind, uint64_t value);
  void MoveClock(Duration by);
  // The numbers are values of EventKind::kTaskEnded.
  enum class TaskEnding : uint64_t { kReturned = 0, kCancelled = 1 };
  void RecordTask(EventKind kind, const Task& task,
                  TaskEnding ending = TaskEnding::kReturned);
  void NoteLeak();

  WorldState& world_;
  NodeId id_;
  std::string zone_;
  NodeClock clock_;
  Duration leap_;  // That its wall time is off by.
  Origins clock_stopped_by_;
  TaskGroup tasks_;
  MemoryAccountHandle memory_ = NewMemoryAccount();
  bool is_up_ = true;
  Origin down_by_ = Origin::kScenario;  // While it is down.
  Origins paused_by_;
  struct LabelTaken {
    std::string_view label;
    VirtualTime since;
  };
  std::vector<LabelTaken> labels_;
  uint64_t boots_ = 0;
  std::function<void(Env&)> boot_;
  bool has_program_ = false;
  bool is_left_out_ = false;
  bool has_ended_disk_faults_ = false;
  std::unique_ptr<SimulatedDisk> disk_;  // Null until it is used.
  std::unique_ptr<SimulatedEnv> env_;
  std::unique_ptr<AtEnd> at_end_;  // Null while the world lives.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NODE_H_
