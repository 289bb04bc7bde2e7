// What happens to a disk as a whole: its node crashes, stops or loses it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/simulated_disk.h"

namespace reprise {

bool SimulatedDisk::HasUnsynced() const {
  return !directory_.IsSynced() ||
         std::any_of(entries_.begin(), entries_.end(), [](const auto& entry) {
           return !entry.second.content.IsSynced();
         });
}

std::string SimulatedDisk::DescribeUnsynced() const {
  std::string text;
  for (const auto& [number, entry] : entries_) {
    if (entry.content.IsSynced()) continue;
    absl::StrAppend(&text, "  ", entry.entity, ": ",
                    entry.content.UnsyncedSectors().size(), " sectors, ",
                    entry.content.bytes().size(), " bytes, of which ",
                    entry.content.synced_size(), " were synced\n");
  }
  if (!directory_.IsSynced()) {
    absl::StrAppend(&text, "  ", ToAbsl(node_name_), ": names\n");
  }
  return text;
}

void SimulatedDisk::Crash() {
  const FrameworkMemoryScope scope;
  ++boots_;
  busy_until_ = VirtualTime();
  CrashNames();
  Collect();
  for (auto& [number, entry] : entries_) {
    if (!entry.content.IsSynced()) CrashFile(entry);
  }
}

void SimulatedDisk::CrashNames() {
  if (directory_.IsSynced()) return;
  DecisionStream stream = decisions_.Open(absl::StrCat(ToAbsl(node_name_), "/"),
                                          Purpose::kNameLost);
  stream.Seek(CrashIndex(scheduler_.now(), 0));
  const auto is_lost = [&](const NameChange&) {
    return decisions_.DecideFault(stream, options_.name_lost);
  };
  for (const NameChange& change : directory_.Crash(is_lost)) {
    ++counts_[Fault::kLostName];
    RecordContent(EventKind::kNameLost, change.file, 0, DescribeChange(change));
  }
}

void SimulatedDisk::CrashFile(StoredEntry& entry) {
  const VirtualTime now = scheduler_.now();
  StoredFile& content = entry.content;
  const uint64_t written = content.bytes().size();
  const uint64_t synced = content.synced_size();
  uint64_t size = written;
  if (written != synced) {
    DecisionStream sizes = decisions_.Open(entry.entity, Purpose::kSizeLost);
    sizes.Seek(CrashIndex(now, 0));
    // A file that grew ends anywhere before; one that shrank has not.
    const uint64_t places = written > synced ? written - synced : 1;
    const uint64_t place =
        decisions_.DecidePlace(sizes, options_.size_lost, places);
    if (place > 0) size = synced + place - 1;
  }
  Record(EventKind::kFileUnsynced, entry.number,
         content.UnsyncedSectors().size());
  if (size != written) {
    ++counts_[Fault::kLostSize];
    Record(EventKind::kSizeLost, entry.number, size);
  }
  DecisionStream fates = decisions_.Open(entry.entity, Purpose::kSectorFate);
  content.Crash(size, [&](uint64_t sector) {
    fates.Seek(CrashIndex(now, sector));
    const uint64_t fate = decisions_.DecideAmong(
        fates,
        {options_.sector_lost, options_.sector_torn, options_.sector_garbled});
    if (fate != 0) ++counts_[Fault::kTornWrite];
    switch (fate & 0xff) {
      case SectorFate::kLost:
        Record(EventKind::kSectorLost, entry.number, sector);
        return SectorFate{SectorFate::kLost};
      case SectorFate::kTorn:
        Record(EventKind::kSectorTorn, entry.number, sector);
        return SectorFate{SectorFate::kTorn, fate};
      case SectorFate::kGarbled:
        Record(EventKind::kSectorGarbled, entry.number, sector);
        return SectorFate{SectorFate::kGarbled, fate};
      default:
        return SectorFate{};
    }
  });
}

void SimulatedDisk::Flush() {
  const FrameworkMemoryScope scope;
  ++boots_;
  size_t sectors = 0;
  for (auto& [number, entry] : entries_) {
    const StoredFile::Snapshot snapshot = entry.content.BeginSync();
    entry.content.EndSync(snapshot);
    sectors += snapshot.sectors.size();
  }
  directory_.EndSync(directory_.BeginSync());
  Record(EventKind::kDiskFlushed, kDirectory, sectors);
  Collect();
}

void SimulatedDisk::Wipe() {
  ++boots_;
  stalled_until_ = full_until_ = busy_until_ = VirtualTime();
  directory_ = StoredDirectory();
  losses_.NoteLoss(node_);
  Record(EventKind::kDiskWiped, kDirectory, 0);
  Collect();
}

}  // namespace reprise
