#include "tests/conformance/simulated_rig.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/task_failure.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {
namespace {

WorldOptions OptionsOf(const FaultMix& faults) {
  return {.seed = Seed(1),
          .faults = faults,
          .max_steps = 1'000'000,
          .max_time = VirtualTime::Seconds(1'000)};
}

absl::Status StatusOf(const RunResult& result) {
  if (result.failure.has_value()) {
    return absl::InternalError(
        absl::StrCat(result.failure->who, " ", result.failure->what));
  }
  if (result.end == RunEnd::kStopped) return absl::OkStatus();
  return absl::DeadlineExceededError(
      absl::StrCat("main has not ended:\n", result.report));
}

}  // namespace

class SimulatedRig::LogSink final : public TraceSink {
 public:
  void OnEvent(const TraceEvent&, std::string_view) override {}
  void OnShown(const TraceEvent& event, std::string_view content) override {
    if (event.kind == EventKind::kLogged) lines.emplace_back(content);
  }

  std::vector<std::string> lines;
};

SimulatedRig::SimulatedRig(const FaultMix& faults)
    : world_(OptionsOf(faults)), log_(std::make_unique<LogSink>()) {
  world_.trace().SetSink(log_.get());
  world_.trace().SetLogLevel(LogLevel::kInfo);
}

SimulatedRig::~SimulatedRig() = default;

bool SimulatedRig::Has(RigTrait trait) const {
  const FaultMix& faults = world_.faults();
  const bool is_calm = faults.network.request.loss.IsZero();
  const bool tells = faults.network.loss_notice == LossNotice::kAtOnce;
  const bool keeps = faults.disks.sector_lost.IsZero();
  switch (trait) {
    case RigTrait::kDeliversAll:
      return is_calm;
    case RigTrait::kTellsOfLosses:
      return tells;
    case RigTrait::kKeepsUnsynced:
      return keeps;
    case RigTrait::kForgetsUnsynced:
      return !keeps;
    case RigTrait::kDiskOutlivesCrash:
    case RigTrait::kOneThread:
      return true;
  }
  return false;
}

NodeId SimulatedRig::AddNode(std::string_view name, Program program) {
  Node& node = world_.AddNode(name);
  node.OnBoot(std::move(program));
  return node.id();
}

absl::Status SimulatedRig::Run(Program main) {
  Context context = CurrentContext();
  context.offers = &offers_;
  const ScopedContext scope(context);
  world_.AddNode("main").Spawn("main",
                               [this, main = std::move(main)](Env& env) {
                                 main(env);
                                 world_.scheduler().Stop();
                               });
  const absl::Status status = StatusOf(world_.RunUntilIdle());
  world_.End();
  return status;
}

void SimulatedRig::Crash(NodeId node) { world_.node(node).Crash(); }

void SimulatedRig::Restart(NodeId node) { world_.node(node).Restart(); }

std::vector<std::string> SimulatedRig::LoggedLines() const {
  return log_->lines;
}

FaultMix KindFaults() {
  FaultMix faults;
  faults.network.loss_notice = LossNotice::kAtOnce;
  return faults;
}

FaultMix UnkindFaults() {
  FaultMix faults;
  for (PacketOptions* packets :
       {&faults.network.request, &faults.network.reply}) {
    packets->delay.minimum = Microseconds(50);
    packets->delay.maximum = Milliseconds(20);
    packets->loss = {1, 5};
    packets->duplicate = {1, 5};
  }
  faults.disks.sector_lost = {1, 1};
  faults.disks.size_lost = {1, 1};
  faults.disks.name_lost = {1, 1};
  return faults;
}

}  // namespace reprise
