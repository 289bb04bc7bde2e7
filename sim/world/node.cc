#include "reprise/sim/world/node.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/name_lookup.h"
#include "reprise/sim/world/simulated_disk.h"
#include "reprise/sim/world/simulated_network.h"
#include "reprise/sim/world/world_state.h"

namespace reprise {

// One object behind the interfaces of sim/env.
class Node::SimulatedEnv final : public Env,
                                 private Clock,
                                 private Network,
                                 private Random,
                                 private Tasks {
 public:
  SimulatedEnv(WorldState& world, Node& node)
      : world_(world),
        node_(node),
        random_key_(StreamKey(world.seed, node.name(), "code")),
        lookup_(world, node.id(), node.name()) {}

  NodeId id() const override { return node_.id(); }
  std::string_view name() const override { return node_.name(); }
  Clock& clock() override { return *this; }
  Network& network() override { return *this; }
  Random& random() override { return *this; }
  Tasks& tasks() override { return *this; }
  Disk& disk() override { return node_.disk(); }
  void Label(TextView label) override { node_.SetLabel(label, true); }
  void Unlabel(TextView label) override { node_.SetLabel(label, false); }

  bool IsLogged(LogLevel level) const override {
    return world_.trace.IsLogged(level);
  }
  void WriteLog(LogLevel level, std::string_view text,
                LogFields fields) override {
    if (!world_.IsOpen("env.Log()")) return;
    const FrameworkMemoryScope scope;
    world_.trace.Show({.time = world_.now(),
                       .kind = EventKind::kLogged,
                       .node = node_.id(),
                       .value = static_cast<uint64_t>(level)},
                      LogLine(text, fields));
  }

 private:
  VirtualTime Now() const override {
    return node_.clock_.Monotonic(world_.now());
  }
  VirtualTime WallTime() const override {
    return node_.clock_.Wall(world_.now());
  }
  void SleepUntil(VirtualTime wake) override {
    CheckTask("env.clock().SleepUntil()");
    world_.scheduler.SleepUntil(node_.clock_.WorldTime(wake));
  }

  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions& options) override {
    CheckTask("env.network().Call()");
    return world_.network.Call(node_.id(), to, method, std::move(request),
                               options);
  }
  CallFuture StartCall(NodeId to, std::string_view method, Bytes request,
                       const CallOptions& options) override {
    CheckTask("env.network().StartCall()");
    return world_.network.StartCall(node_.id(), to, method, std::move(request),
                                    options);
  }
  void Send(NodeId to, std::string_view method, Bytes message) override {
    CheckTask("env.network().Send()");
    world_.network.Send(node_.id(), to, method, std::move(message));
  }
  absl::StatusOr<NodeId> Resolve(std::string_view name) override {
    CheckTask("env.network().Resolve()");
    return lookup_.Resolve(name);
  }
  void Serve(std::string_view method, Handler handler) override {
    if (!world_.IsOpen("env.network().Serve()")) return;
    world_.network.Serve(node_.id(), method, std::move(handler));
  }

  uint64_t Next() override {
    return WordAt(world_.decisions.Reseeded(random_key_), draws_++);
  }

  TaskHandle Spawn(std::string_view task_name,
                   absl::AnyInvocable<void()> body) override {
    CheckTask("env.tasks().Spawn()");
    const FrameworkMemoryScope scope;
    return node_.Spawn(task_name,
                       [body = std::move(body)](Env&) mutable { body(); });
  }
  void WaitUntilStopped() override {
    CheckTask("env.tasks().WaitUntilStopped()");
    world_.scheduler.Park({.what = "the end of its node", .is_rest = true});
  }
  void Yield() override {
    CheckTask("env.tasks().Yield()");
    world_.scheduler.Yield();
  }

  void CheckTask(const char* function) const {
    if (CurrentContext().task == nullptr) [[unlikely]] {
      world_.RefuseOutsideTask(node_.name(), function);
    }
  }

  WorldState& world_;
  Node& node_;
  const uint64_t random_key_;
  uint64_t draws_ = 0;
  NameLookup lookup_;
};

Node::Node(WorldState& world, NodeId id, std::string_view name,
           const NodeOptions& options)
    : world_(world),
      id_(id),
      zone_(options.zone),
      tasks_(name, clock_.rate(), clock_.wall()),
      env_(std::make_unique<SimulatedEnv>(world, *this)) {
  world.network.AddNode(id, tasks_, *memory_, clock_);
  tasks_.ObserveCancels([this](const Task& task) {
    const FrameworkMemoryScope scope;
    RecordTask(EventKind::kTaskEnded, task, TaskEnding::kCancelled);
  });
}

Node::~Node() = default;

Env& Node::env() { return *env_; }

void Node::OnBoot(std::function<void(Env&)> boot) {
  if (!world_.IsOpen("Node::OnBoot()")) return;
  const FrameworkMemoryScope scope;
  REPRISE_CHECK(boot_ == nullptr, "node ", ToAbsl(name()),
                " has a program already");
  boot_ = std::move(boot);
  has_program_ = true;
  if (!is_left_out_) Boot();
}

void Node::Crash(Origin by) {
  if (!MayChange("Node::Crash()")) return;
  const FrameworkMemoryScope scope;
  EndTasks(Ending::kCrash);
  down_by_ = by;
  if (disk_ != nullptr) disk_->Crash();
}

bool Node::MayChange(const char* function) const {
  return world_.IsOpen(function) && !is_left_out_;
}

void Node::LeaveOut() {
  is_left_out_ = true;
  is_up_ = false;
  world_.network.NodeStopped(id_);
}

void Node::TakeOverCrash() {
  if (down_by_ == Origin::kDrawn) down_by_ = Origin::kScript;
}

void Node::Stop() {
  if (!MayChange("Node::Stop()")) return;
  const FrameworkMemoryScope scope;
  EndTasks(Ending::kInOrder);
  down_by_ = Origin::kScenario;
  if (disk_ != nullptr) disk_->Flush();
}

void Node::EndTasks(Ending ending) {
  REPRISE_CHECK(is_up_, "node ", ToAbsl(name()), " is down already");
  if (IsPaused()) CountPause();
  is_up_ = false;
  labels_.clear();
  paused_by_.RemoveAllBut(Origin::kScript);
  if (ending == Ending::kCrash) {
    ++world_.fault_counts[Fault::kCrash];
    const bool is_at_work = UnfinishedTasks() > 0 || HasUnsyncedWrites();
    if (is_at_work) world_.fault_counts.Strike(Fault::kCrash);
  }
  world_.trace.Record({.time = world_.now(),
                       .kind = EventKind::kNodeStopped,
                       .node = id_,
                       .id = boots_,
                       .value = static_cast<uint64_t>(ending)});
  world_.scheduler.Kill(tasks_);
  world_.network.NodeStopped(id_);
  NoteLeak();
}

// What the node's tasks have left behind.
void Node::NoteLeak() {
  if (memory_->held_blocks() == 0) return;
  world_.leaks.push_back({.node = id_,
                          .time = world_.now(),
                          .bytes = memory_->held_bytes(),
                          .blocks = memory_->held_blocks()});
}

void Node::Restart() {
  if (!MayChange("Node::Restart()")) return;
  const FrameworkMemoryScope scope;
  REPRISE_CHECK(!is_up_, "node ", ToAbsl(name()), " is up already");
  REPRISE_CHECK(boot_ != nullptr, "node ", ToAbsl(name()), " has no program");
  is_up_ = true;
  world_.network.NodeStarted(id_);
  Boot();
  if (!paused_by_.empty()) StandStill();
}

void Node::RestartEmpty() {
  if (!MayChange("Node::RestartEmpty()")) return;
  const FrameworkMemoryScope scope;
  REPRISE_CHECK(!is_up_, "node ", ToAbsl(name()), " is up already");
  if (disk_ != nullptr) disk_->Wipe();
  Restart();
}

void Node::EndDiskFaults(bool is_in_core) {
  const FrameworkMemoryScope scope;
  has_ended_disk_faults_ = true;
  if (disk_ != nullptr) disk_->EndFaults(is_in_core);
}

bool Node::HasUnsyncedWrites() const {
  return disk_ != nullptr && disk_->HasUnsynced();
}

std::string Node::DescribeUnsynced() const {
  return disk_ != nullptr ? disk_->DescribeUnsynced() : "";
}

SimulatedDisk& Node::disk() {
  if (disk_ == nullptr) {
    const FrameworkMemoryScope scope;
    disk_ = std::make_unique<SimulatedDisk>(
        id_, name(), world_.scheduler, world_.trace, world_.decisions,
        world_.faults.disks, world_.fault_counts, world_.losses,
        world_.crash_points);
    if (has_ended_disk_faults_) disk_->EndFaults(/*is_in_core=*/true);
  }
  return *disk_;
}

void Node::Pause(Origin by) {
  if (!MayChange("Node::Pause()")) return;
  const FrameworkMemoryScope scope;
  const bool is_scripted = by == Origin::kScript;
  REPRISE_CHECK(is_up_ || is_scripted, "node ", ToAbsl(name()), " is down");
  const bool was_paused = !paused_by_.empty();
  paused_by_.Add(by);
  if (is_scripted) paused_by_.Remove(Origin::kDrawn);
  if (is_up_ && !was_paused) StandStill();
}

void Node::StandStill() {
  ++world_.fault_counts[Fault::kPause];
  Record(EventKind::kNodePaused, 0);
  world_.scheduler.Pause(tasks_);
}

void Node::CountPause() {
  if (tasks_.HoldsTasksUp()) world_.fault_counts.Strike(Fault::kPause);
}

void Node::Resume(Origin by) {
  if (!MayChange("Node::Resume()")) return;
  const FrameworkMemoryScope scope;
  const bool was_paused = IsPaused();
  paused_by_.Remove(by);
  if (!was_paused || IsPaused()) return;
  CountPause();
  Record(EventKind::kNodeResumed, 0);
  world_.scheduler.Resume(tasks_);
}

void Node::SetLabel(TextView label, bool is_on) {
  if (!MayChange("Node::SetLabel()")) return;
  const FrameworkMemoryScope scope;
  if (is_on == LabelledSince(label).has_value()) return;
  if (is_on) {
    labels_.push_back({world_.KeepName(label), world_.now()});
  } else {
    std::erase_if(labels_, [label](const LabelTaken& taken) {
      return taken.label == std::string_view(label);
    });
  }
}

std::optional<VirtualTime> Node::LabelledSince(std::string_view label) const {
  for (const LabelTaken& taken : labels_) {
    if (taken.label == label) return taken.since;
  }
  return std::nullopt;
}

size_t Node::UnfinishedTasks() const {
  if (IsEnded()) return at_end_->unfinished_tasks;
  size_t count = 0;
  for (const Task* task = tasks_.first(); task != nullptr;
       task = TaskGroup::Next(*task)) {
    count += task->IsResting() ? 0 : 1;
  }
  return count;
}

std::vector<AllocationSite> Node::AllocationSites(size_t count) const {
  if (!IsEnded()) return LargestAllocationSites(*memory_, count);
  std::vector<AllocationSite> sites = at_end_->sites;
  if (sites.size() > count) sites.resize(count);
  return sites;
}

void Node::NoteEnd() {
  constexpr size_t kSitesKept = 20;
  auto at_end = std::make_unique<AtEnd>();
  at_end->memory = CopyOf(*memory_);
  if (IsAllocationProfiled()) at_end->sites = AllocationSites(kSitesKept);
  at_end->unfinished_tasks = UnfinishedTasks();
  if (IsPaused()) CountPause();
  at_end_ = std::move(at_end);
}

void Node::DropProgram() { boot_ = nullptr; }

void Node::Record(EventKind kind, uint64_t value) {
  world_.trace.Record(
      {.time = world_.now(), .kind = kind, .node = id_, .value = value});
}

void Node::Boot() {
  world_.trace.Record({.time = world_.now(),
                       .kind = EventKind::kNodeBooted,
                       .node = id_,
                       .id = boots_++});
  Spawn("boot", [this](Env& env) { boot_(env); });
}

TaskHandle Node::Spawn(absl::AnyInvocable<void(Env&)> body) {
  return Spawn("main", std::move(body));
}

TaskHandle Node::Spawn(TextView task_name,
                       absl::AnyInvocable<void(Env&)> body) {
  if (!MayChange("Node::Spawn()")) return TaskHandle();
  const FrameworkMemoryScope scope;
  const std::string_view name = world_.KeepName(task_name);
  return TaskHandle(world_.scheduler.Spawn(
      tasks_, name, [this, body = std::move(body)]() mutable {
        const Task& task = *CurrentContext().task;
        RecordTask(EventKind::kTaskStarted, task);
        // No MemoryScope: what unwinds ends, and no longer charges anybody.
        MemoryAccount*& charged = CurrentContext().memory;
        MemoryAccount* const outer = std::exchange(charged, memory_.get());
        body(*env_);
        charged = outer;
        RecordTask(EventKind::kTaskEnded, task);
      }));
}

void Node::RecordTask(EventKind kind, const Task& task, TaskEnding ending) {
  world_.trace.RecordContent({.time = world_.now(),
                              .kind = kind,
                              .node = id_,
                              .id = task.id().value(),
                              .value = static_cast<uint64_t>(ending)},
                             task.name());
}

}  // namespace reprise
