#include "reprise/sim/real/real_node.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/clock_rate.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/entropy.h"
#include "reprise/sim/real/real_disk.h"
#include "reprise/sim/real/real_network.h"
#include "reprise/sim/real/unsynced_disk.h"

namespace reprise {
namespace {

constexpr ClockRate kSteadyRate = {};

// Where the node listens: where it is told to, or at its address as a member.
std::optional<Address> ListenAt(const RealNodeOptions& options) {
  if (options.listen) return options.listen;
  for (const RealMember& member : options.members) {
    if (member.name == options.name) return member.address;
  }
  return std::nullopt;
}

}  // namespace

// One object behind the interfaces of sim/env, but for network and disk.
class RealNode::RealEnv final : public Env,
                                private Clock,
                                private Random,
                                private Tasks {
 public:
  explicit RealEnv(RealNode& node) : node_(node), loop_(node.loop_) {}

  NodeId id() const override { return node_.id(); }
  std::string_view name() const override { return node_.name(); }
  Clock& clock() override { return *this; }
  Network& network() override { return *node_.network_; }
  Random& random() override { return *this; }
  Tasks& tasks() override { return *this; }
  Disk& disk() override {
    if (node_.disk_ == nullptr) {
      Misuse(absl::StrCat("the program of node ", ToAbsl(name()),
                          " uses its disk, but it has none"),
             "set RealNodeOptions::folder");
    }
    return *node_.disk_;
  }

  bool IsLogged(LogLevel level) const override {
    return node_.log_ != nullptr && node_.log_->IsLogged(level);
  }
  void WriteLog(LogLevel level, std::string_view text,
                LogFields fields) override {
    node_.log_->Write(level, name(), text, fields);
  }

 private:
  VirtualTime Now() const override { return loop_.Now(); }
  VirtualTime WallTime() const override { return loop_.WallTime(); }
  void SleepUntil(VirtualTime wake) override {
    CheckTask("env.clock().SleepUntil()");
    loop_.scheduler().SleepUntil(wake);
  }

  uint64_t Next() override { return entropy_.Next(); }

  TaskHandle Spawn(std::string_view task_name,
                   absl::AnyInvocable<void()> body) override {
    CheckTask("env.tasks().Spawn()");
    return node_.Spawn(task_name,
                       [body = std::move(body)](Env&) mutable { body(); });
  }
  void WaitUntilStopped() override {
    CheckTask("env.tasks().WaitUntilStopped()");
    loop_.scheduler().Park({.what = "the end of its node", .is_rest = true});
  }
  void Yield() override {
    CheckTask("env.tasks().Yield()");
    loop_.scheduler().Yield();
  }

  void CheckTask(const char* function) const {
    if (CurrentContext().task != nullptr) [[likely]] {
      return;
    }
    Misuse(absl::StrCat(function, " of node ", ToAbsl(name()),
                        " is called outside of its tasks"),
           "call it in the node's program, or in a task of RealNode::Spawn()");
  }

  RealNode& node_;
  EventLoop& loop_;
  Entropy entropy_;
};

absl::StatusOr<std::unique_ptr<RealNode>> RealNode::Open(
    EventLoop& loop, const RealNodeOptions& options) {
  std::unique_ptr<RealNode> node(new RealNode(loop, options));
  const absl::Status status = node->OpenDisk(options);
  if (!status.ok()) return status;
  absl::StatusOr<std::unique_ptr<RealNetwork>> network = RealNetwork::Open(
      loop, node->tasks_,
      {.name = options.name,
       .members = options.members,
       .listen = ListenAt(options),
       .limits = options.limits,
       .report = [node = node.get()](std::string_view line) {
         node->env().Log(LogLevel::kInfo, "network", {{"what", line}});
       }});
  if (!network.ok()) return network.status();
  node->network_ = *std::move(network);
  return node;
}

RealNode::RealNode(EventLoop& loop, const RealNodeOptions& options)
    : loop_(loop),
      tasks_(options.name, kSteadyRate, loop.wall()),
      log_(options.log),
      env_(std::make_unique<RealEnv>(*this)) {
  tasks_.SetTimeSource(loop);
}

RealNode::~RealNode() { End(); }

absl::Status RealNode::OpenDisk(const RealNodeOptions& options) {
  if (options.folder.empty()) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<RealDisk>> disk =
      RealDisk::Open(loop_, options.folder);
  if (!disk.ok()) return disk.status();
  disk_ = *std::move(disk);
  if (!options.forgets_unsynced) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<UnsyncedDisk>> unsynced =
      UnsyncedDisk::Open(std::move(disk_));
  if (!unsynced.ok()) return unsynced.status();
  disk_ = *std::move(unsynced);
  return absl::OkStatus();
}

NodeId RealNode::id() const { return network_->id(); }

std::optional<Address> RealNode::address() const { return network_->address(); }

Env& RealNode::env() { return *env_; }

void RealNode::OnBoot(std::function<void(Env&)> boot) {
  Spawn("boot", [boot = std::move(boot)](Env& env) { boot(env); });
}

TaskHandle RealNode::Spawn(TextView task_name,
                           absl::AnyInvocable<void(Env&)> body) {
  // The text lives as long as the task's function.
  auto name = std::make_unique<std::string>(task_name);
  const std::string_view view = *name;
  return TaskHandle(loop_.scheduler().Spawn(
      tasks_, view,
      [this, name = std::move(name), body = std::move(body)]() mutable {
        body(*env_);
      }));
}

bool RealNode::IsDone() const {
  return tasks_.first() == nullptr && !network_->ServesAnything() &&
         network_->IsDrained();
}

void RealNode::Drain() { network_->Drain(); }

bool RealNode::IsDrained() const { return network_->IsDrained(); }

void RealNode::End() {
  loop_.scheduler().Kill(tasks_);
  if (network_ != nullptr) network_->End();
  disk_ = nullptr;
}

}  // namespace reprise
