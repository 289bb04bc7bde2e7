#include "reprise/sim/world/disk_outages.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/world/fault_fields.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

bool DiskOutages::AreOn() const {
  return IsOn(options_.stall) || IsOn(options_.full) ||
         !options_.rot_at_rest.IsZero();
}

void DiskOutages::Tick(uint64_t tick) {
  // Nothing new begins when the work is done.
  if (outages_.scheduler().unfinished_tasks() == 0) return;
  for (size_t i = 0; i < outages_.node_count(); ++i) {
    Node& node = outages_.node(NodeId(static_cast<uint32_t>(i)));
    SimulatedDisk* disk = node.used_disk();
    if (disk == nullptr) continue;
    Drawn& drawn = Of(node);
    const Duration stall = Begin(drawn.stall, tick, options_.stall);
    if (stall > Duration()) disk->Stall(stall);
    const Duration full = Begin(drawn.full, tick, options_.full);
    if (full > Duration()) disk->Fill(full);
    if (!options_.rot_at_rest.IsZero()) Rot(*disk, drawn.rot, tick);
  }
}

DiskOutages::Drawn& DiskOutages::Of(const Node& node) {
  const FrameworkMemoryScope scope;
  Decisions& decisions = outages_.decisions();
  while (disks_.size() <= node.id().value()) {
    const NodeId next(static_cast<uint32_t>(disks_.size()));
    const std::string entity =
        absl::StrCat(ToAbsl(outages_.node(next).name()), "/");
    Drawn drawn;
    drawn.stall.stream = decisions.Open(entity, Purpose::kDiskStall);
    drawn.full.stream = decisions.Open(entity, Purpose::kDiskFull);
    drawn.rot = decisions.Open(entity, Purpose::kRotAtRest);
    disks_.push_back(drawn);
  }
  return disks_[node.id().value()];
}

Duration DiskOutages::Begin(DrawnOutage& outage, uint64_t tick,
                            const OutageOptions& options) {
  if (!IsOn(options) || outages_.now() < outage.rest_end) return Duration();
  const Duration length =
      outages_.decisions().DecideOutage(outage.stream, {tick}, options);
  if (length > Duration()) {
    outage.rest_end = outages_.now() + length + options.rest;
  }
  return length;
}

void DiskOutages::Rot(SimulatedDisk& disk, DecisionStream& stream,
                      uint64_t tick) {
  const uint64_t places = disk.RotPlaces();
  if (places == 0) return;
  stream.Seek(tick);
  const uint64_t place =
      outages_.decisions().DecidePlace(stream, options_.rot_at_rest, places);
  if (place > 0) disk.Rot(place);
}

}  // namespace reprise
