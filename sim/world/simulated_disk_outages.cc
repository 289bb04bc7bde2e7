// How long operations of a disk take: it stands still, it is full, and what it
// moves queues.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/simulated_disk.h"

namespace reprise {

class SimulatedDisk::HeldTask {
 public:
  explicit HeldTask(std::vector<Task*>& held)
      : held_(held), task_(CurrentContext().task) {
    held_.push_back(task_);
  }
  ~HeldTask() { std::erase(held_, task_); }
  HeldTask(const HeldTask&) = delete;
  HeldTask& operator=(const HeldTask&) = delete;

 private:
  std::vector<Task*>& held_;
  Task* const task_;
};

void SimulatedDisk::EndFaults(bool is_in_core) {
  options_ = Calmed(options_);
  if (!is_in_core) return;
  stalled_until_ = full_until_ = VirtualTime();
  for (Task* task : held_tasks_) scheduler_.Wake(*task);
}

void SimulatedDisk::Stall(Duration length) {
  const FrameworkMemoryScope scope;
  ++counts_[Fault::kDiskStall];
  Record(EventKind::kDiskStalled, kDirectory,
         static_cast<uint64_t>(length.nanoseconds()));
  stalled_until_ = std::max(stalled_until_, scheduler_.now() + length);
  has_stall_struck_ = false;
}

void SimulatedDisk::Fill(Duration length) {
  const FrameworkMemoryScope scope;
  ++counts_[Fault::kFullDisk];
  Record(EventKind::kDiskFilled, kDirectory,
         static_cast<uint64_t>(length.nanoseconds()));
  full_until_ = std::max(full_until_, scheduler_.now() + length);
  has_full_struck_ = false;
}

// A stall may begin while another one ends.
void SimulatedDisk::WaitForEndOfStall() {
  const uint64_t boot = boots_;
  const HeldTask held(held_tasks_);
  while (IsStalled() && boot == boots_) {
    if (!has_stall_struck_) counts_.Strike(Fault::kDiskStall);
    has_stall_struck_ = true;
    scheduler_.Park({.what = "the disk, which stands still"}, stalled_until_);
  }
}

absl::Status SimulatedDisk::Refuse(StoredEntry& entry) {
  const absl::Status status = Wait(entry.decisions.write_delay, options_.write);
  if (!status.ok()) return status;
  return Fail(entry.number, absl::ResourceExhaustedError("the disk is full"));
}

Duration SimulatedDisk::TransferTime(uint64_t bytes) {
  const VirtualTime start = std::max(busy_until_, scheduler_.now());
  busy_until_ =
      start + Seconds(static_cast<int64_t>(bytes)) / options_.bytes_per_second;
  return busy_until_ - scheduler_.now();
}

}  // namespace reprise
