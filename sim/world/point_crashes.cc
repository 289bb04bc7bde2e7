#include "reprise/sim/world/point_crashes.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

PointCrashes::PointCrashes(Outages& outages, FaultDriver& driver)
    : outages_(outages), driver_(driver), options_(outages.faults().nodes) {}

PointCrashes::~PointCrashes() {
  for (const auto& next : nodes_) {
    if (next->IsScheduled()) outages_.scheduler().Cancel(*next);
  }
}

void PointCrashes::OnDiskOperation(NodeId node, Duration takes) {
  NextCrash& next = Of(node);
  Pass(next, next.during_disk, options_.crash_during_disk, takes / 2);
  Pass(next, next.after_disk, options_.crash_after_disk, takes);
}

void PointCrashes::OnSend(NodeId node) {
  NextCrash& next = Of(node);
  Pass(next, next.after_send, options_.crash_after_send, Duration());
}

PointCrashes::NextCrash& PointCrashes::Of(NodeId node) {
  while (nodes_.size() <= node.value()) {
    const FrameworkMemoryScope scope;
    Decisions& decisions = outages_.decisions();
    auto next = std::make_unique<NextCrash>();
    next->owner = this;
    next->node = &outages_.node(NodeId(static_cast<uint32_t>(nodes_.size())));
    const std::string_view name = next->node->name();
    next->during_disk.stream = decisions.Open(name, Purpose::kCrashDuringDisk);
    next->after_disk.stream = decisions.Open(name, Purpose::kCrashAfterDisk);
    next->after_send.stream = decisions.Open(name, Purpose::kCrashAfterSend);
    nodes_.push_back(std::move(next));
  }
  return *nodes_[node.value()];
}

void PointCrashes::Pass(NextCrash& next, Points& points,
                        Probability probability, Duration ahead) {
  const uint64_t number = points.passed++;
  if (next.IsScheduled() || !driver_.MayCrash(*next.node)) return;
  const FrameworkMemoryScope scope;
  const OutageOptions options = {.start = probability,
                                 .minimum = options_.crash.minimum,
                                 .mean = options_.crash.mean};
  next.length =
      outages_.decisions().DecideOutage(points.stream, {number}, options);
  if (next.length == Duration()) return;
  outages_.scheduler().Schedule(next, outages_.now() + ahead);
}

void PointCrashes::Crash(NextCrash& next) {
  if (driver_.MayCrash(*next.node)) driver_.Crash(*next.node, next.length);
}

}  // namespace reprise
