#include "reprise/sim/world/simulated_disk.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

constexpr uint64_t kFileBytesMax = kSectorsMax * kSectorBytes;

bool IsUnwinding() {
  const Task* task = CurrentContext().task;
  return task != nullptr && task->IsUnwinding();
}

absl::Status Stopping() { return absl::CancelledError("the node is stopping"); }

absl::Status NoFile(std::string_view name) {
  return absl::NotFoundError(absl::StrCat("no file ", ToAbsl(name)));
}

void CheckName(std::string_view name) {
  REPRISE_CHECK(!name.empty() && name.find('/') == std::string_view::npos,
                "not a name for a file: \"", ToAbsl(name), "\"");
}

}  // namespace

// Invariant: while it lives, so does its entry.
class SimulatedDisk::OpenFile final : public File {
 public:
  OpenFile(SimulatedDisk& disk, StoredEntry& entry)
      : disk_(disk), entry_(entry), boot_(disk.boots_) {
    ++entry_.open_files;
  }
  ~OpenFile() override { disk_.Close(entry_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    if (IsDead()) return Stopping();
    const absl::StatusOr<std::string_view> part =
        disk_.ReadStored(entry_, offset, length);
    if (!part.ok()) return part.status();
    return std::string(*part);
  }
  absl::Status Write(uint64_t offset, std::string_view bytes) override {
    return IsDead() ? Stopping() : disk_.WriteStored(entry_, offset, bytes);
  }
  absl::Status Append(std::string_view bytes) override {
    return Write(Size(), bytes);
  }
  absl::Status Truncate(uint64_t size) override {
    return IsDead() ? Stopping() : disk_.ResizeStored(entry_, size);
  }
  absl::Status Sync() override {
    return IsDead() ? Stopping() : disk_.SyncStored(entry_);
  }
  uint64_t Size() const override { return entry_.content.bytes().size(); }

 private:
  friend class SimulatedDisk;

  static std::string_view StoredPart(const StoredEntry& entry, uint64_t offset,
                                     uint64_t length) {
    const std::string_view bytes = entry.content.bytes();
    return bytes.substr(std::min<uint64_t>(offset, bytes.size()), length);
  }
  bool IsDead() const { return IsUnwinding() || boot_ != disk_.boots_; }

  SimulatedDisk& disk_;
  StoredEntry& entry_;
  const uint64_t boot_;
};

SimulatedDisk::SimulatedDisk(NodeId node, std::string_view node_name,
                             Scheduler& scheduler, Trace& trace,
                             Decisions& decisions, const DiskOptions& options,
                             FaultCounts& counts, LossLimit& losses,
                             CrashPoints* crash_points)
    : node_(node),
      node_name_(node_name),
      scheduler_(scheduler),
      trace_(trace),
      decisions_(decisions),
      options_(options),
      counts_(counts),
      losses_(losses),
      crash_points_(crash_points),
      directory_decisions_(
          OpenDiskDecisions(decisions, absl::StrCat(ToAbsl(node_name), "/"))) {
  // Else two nodes could have files of one entity.
  REPRISE_CHECK(node_name.find('/') == std::string_view::npos, "the node \"",
                ToAbsl(node_name), "\" has a disk and a '/' in its name");
}

absl::StatusOr<std::unique_ptr<File>> SimulatedDisk::Open(std::string_view name,
                                                          OpenMode mode) {
  CheckName(name);
  if (IsUnwinding()) return Stopping();
  const bool is_there = directory_.Find(name) != 0;
  const absl::StatusOr<StoredEntry*> entry = FindOrMake(name, mode);
  if (!entry.ok()) return entry.status();
  auto file = std::make_unique<OpenFile>(*this, **entry);
  const FrameworkMemoryScope scope;
  RecordContent(EventKind::kFileOpened, (*entry)->number, is_there ? 0 : 1,
                name);
  const absl::Status status =
      is_there ? Wait(directory_decisions_.read_delay, options_.read)
               : Wait(directory_decisions_.write_delay, options_.write);
  if (!status.ok()) return status;
  return file;
}

absl::StatusOr<SimulatedDisk::StoredEntry*> SimulatedDisk::FindOrMake(
    std::string_view name, OpenMode mode) {
  const FrameworkMemoryScope scope;
  const uint64_t number = directory_.Find(name);
  if (number != 0) return &entries_.at(number);
  if (mode == OpenMode::kExisting) return Fail(kDirectory, NoFile(name));
  if (!decisions_.DecideFault(directory_decisions_.write_error,
                              options_.write_error)) {
    return &Make(name);
  }
  const absl::Status status =
      Wait(directory_decisions_.write_delay, options_.write);
  if (!status.ok()) return status;
  return Fail(kDirectory, absl::UnavailableError("no file could be made"));
}

SimulatedDisk::StoredEntry& SimulatedDisk::Make(std::string_view name) {
  auto made = made_.find(name);
  if (made == made_.end()) made = made_.emplace(name, 0).first;
  const int count = ++made->second;
  StoredEntry& entry = entries_[++last_number_];
  entry.number = last_number_;
  entry.entity = absl::StrCat(ToAbsl(node_name_), "/", ToAbsl(name));
  if (count > 1) absl::StrAppend(&entry.entity, "/", count);
  entry.decisions = OpenDiskDecisions(decisions_, entry.entity);
  if (MayKeepSilent()) {
    entry.silent_decisions = OpenSilentDecisions(decisions_, entry.entity);
  }
  directory_.Change({.added = std::string(name), .file = entry.number});
  return entry;
}

absl::Status SimulatedDisk::Rename(std::string_view from, std::string_view to) {
  CheckName(from);
  CheckName(to);
  if (IsUnwinding()) return Stopping();
  const FrameworkMemoryScope scope;
  const uint64_t number = directory_.Find(from);
  if (number == 0) return Fail(kDirectory, NoFile(from));
  return Change(
      {.removed = std::string(from), .added = std::string(to), .file = number},
      EventKind::kFileRenamed, to);
}

absl::Status SimulatedDisk::Remove(std::string_view name) {
  CheckName(name);
  if (IsUnwinding()) return Stopping();
  const FrameworkMemoryScope scope;
  const uint64_t number = directory_.Find(name);
  if (number == 0) return Fail(kDirectory, NoFile(name));
  return Change({.removed = std::string(name), .file = number},
                EventKind::kFileRemoved, name);
}

// Changes a name, or fails to; `content` is what the event is about.
absl::Status SimulatedDisk::Change(NameChange change, EventKind kind,
                                   std::string_view content) {
  const uint64_t number = change.file;
  const bool fails = decisions_.DecideFault(directory_decisions_.write_error,
                                            options_.write_error);
  if (!fails) {
    RecordContent(kind, number, 0, content);
    directory_.Change(std::move(change));
  }
  const absl::Status status =
      Wait(directory_decisions_.write_delay, options_.write);
  if (!status.ok() || !fails) return status;
  return Fail(number, absl::UnavailableError("the name could not be changed"));
}

absl::StatusOr<std::vector<std::string>> SimulatedDisk::List() {
  if (IsUnwinding()) return Stopping();
  const absl::Status status = [this] {
    const FrameworkMemoryScope scope;
    const bool fails = decisions_.DecideFault(directory_decisions_.read_error,
                                              options_.read_error);
    const absl::Status waited =
        Wait(directory_decisions_.read_delay, options_.read);
    if (!waited.ok()) return waited;
    if (fails) {
      return Fail(kDirectory, absl::DataLossError("the names cannot be read"));
    }
    Record(EventKind::kDirectoryListed, kDirectory, directory_.names().size());
    return absl::OkStatus();
  }();
  if (!status.ok()) return status;
  std::vector<std::string> names;
  for (const auto& [name, number] : directory_.names()) names.push_back(name);
  return names;
}

absl::Status SimulatedDisk::SyncDirectory() {
  if (IsUnwinding()) return Stopping();
  const FrameworkMemoryScope scope;
  const bool fails = decisions_.DecideFault(directory_decisions_.sync_error,
                                            options_.sync_error);
  const uint64_t changes = directory_.BeginSync();
  const absl::Status status =
      Wait(directory_decisions_.sync_delay, options_.sync);
  if (!status.ok()) return status;
  if (fails) {
    return Fail(kDirectory, absl::UnavailableError("the sync failed"));
  }
  Record(EventKind::kDirectorySynced, kDirectory, directory_.EndSync(changes));
  Collect();
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> SimulatedDisk::ReadStored(StoredEntry& entry,
                                                           uint64_t offset,
                                                           uint64_t length) {
  const FrameworkMemoryScope scope;
  const bool fails =
      decisions_.DecideFault(entry.decisions.read_error, options_.read_error);
  const absl::Status status =
      Wait(entry.decisions.read_delay, options_.read,
           OpenFile::StoredPart(entry, offset, length).size());
  if (!status.ok()) return status;
  if (fails) {
    return Fail(entry.number, absl::DataLossError("the disk cannot be read"));
  }
  const std::string_view part = OpenFile::StoredPart(entry, offset, length);
  if (!part.empty()) RotOnRead(entry, offset, part.size());
  RecordContent(EventKind::kFileRead, entry.number, offset, part);
  return !part.empty() && MayKeepSilent() ? Misread(entry, offset, part) : part;
}

// Now and then a bit of what is read flips.
void SimulatedDisk::RotOnRead(StoredEntry& entry, uint64_t offset,
                              uint64_t length) {
  DecisionStream& stream = entry.decisions.bit_rot;
  if (!losses_.Allows(node_)) {
    stream.Seek(stream.next_index() + 1);
    return;
  }
  const uint64_t place =
      decisions_.DecidePlace(stream, options_.bit_rot, length * 8);
  if (place == 0) return;
  FlipBit(entry, offset * 8 + place - 1);
  ++counts_[Fault::kBitRot];
}

absl::Status SimulatedDisk::WriteStored(StoredEntry& entry, uint64_t offset,
                                        std::string_view bytes) {
  const FrameworkMemoryScope scope;
  uint64_t end = 0;
  if (__builtin_add_overflow(offset, bytes.size(), &end) ||
      !HasRoom(entry, end)) {
    return Refuse(entry);
  }
  // 0: it succeeds, n + 1: n bytes are written.
  const uint64_t place = decisions_.DecidePlace(
      entry.decisions.write_error, options_.write_error, bytes.size() + 1);
  if (place > 0) bytes = bytes.substr(0, place - 1);
  RecordContent(EventKind::kFileWritten, entry.number, offset, bytes);
  const uint64_t number = entry.writes++;
  const bool may_go_astray = place == 0 && !bytes.empty() && MayKeepSilent();
  if (!may_go_astray || !GoesAstray(entry, number, offset, bytes)) {
    entry.content.Write(offset, bytes);
  }
  const absl::Status status =
      Wait(entry.decisions.write_delay, options_.write, bytes.size());
  if (!status.ok() || place == 0) return status;
  return Fail(entry.number, absl::UnavailableError("the write failed"));
}

absl::Status SimulatedDisk::ResizeStored(StoredEntry& entry, uint64_t size) {
  const FrameworkMemoryScope scope;
  if (!HasRoom(entry, size)) return Refuse(entry);
  const bool fails =
      decisions_.DecidePlace(entry.decisions.write_error, options_.write_error,
                             /*places=*/1) > 0;
  if (!fails) {
    Record(EventKind::kFileResized, entry.number, size);
    entry.content.Resize(size);
  }
  const absl::Status status = Wait(entry.decisions.write_delay, options_.write);
  if (!status.ok() || !fails) return status;
  return Fail(entry.number, absl::UnavailableError("the truncation failed"));
}

absl::Status SimulatedDisk::SyncStored(StoredEntry& entry) {
  const FrameworkMemoryScope scope;
  const bool fails =
      decisions_.DecideFault(entry.decisions.sync_error, options_.sync_error);
  const StoredFile::Snapshot snapshot = entry.content.BeginSync();
  const absl::Status status = Wait(entry.decisions.sync_delay, options_.sync,
                                   snapshot.sectors.size() * kSectorBytes);
  if (!status.ok()) return status;
  if (fails) {
    return Fail(entry.number, absl::UnavailableError("the sync failed"));
  }
  entry.content.EndSync(snapshot);
  Record(EventKind::kFileSynced, entry.number, snapshot.sectors.size());
  return absl::OkStatus();
}

absl::Status SimulatedDisk::Wait(DecisionStream& stream,
                                 const DelayOptions& options, uint64_t bytes) {
  Duration delay = decisions_.DecideDelay(stream, options);
  if (options_.bytes_per_second > 0) delay += TransferTime(bytes);
  if (delay == Duration() && !IsStalled()) return absl::OkStatus();
  const uint64_t boot = boots_;
  if (crash_points_ != nullptr) crash_points_->OnDiskOperation(node_, delay);
  scheduler_.Park({.what = "the disk"}, scheduler_.now() + delay);
  if (IsStalled()) WaitForEndOfStall();
  return boot == boots_ ? absl::OkStatus() : Stopping();
}

absl::Status SimulatedDisk::Fail(uint64_t number, absl::Status status) {
  // What is missing or does not fit is no fault.
  if (absl::IsUnavailable(status) || absl::IsDataLoss(status)) {
    ++counts_[Fault::kDiskError];
  }
  Record(EventKind::kDiskFailed, number, static_cast<uint64_t>(status.code()));
  return status;
}

// Whether `entry` may grow to `size` bytes. One that does not grow always may.
bool SimulatedDisk::HasRoom(const StoredEntry& entry, uint64_t size) {
  if (size <= entry.content.footprint()) return true;
  if (size > kFileBytesMax) return false;
  if (full_until_ > scheduler_.now()) {
    if (!has_full_struck_) counts_.Strike(Fault::kFullDisk);
    has_full_struck_ = true;
    return false;
  }
  if (options_.capacity_bytes == 0) return true;
  uint64_t others = 0;
  for (const auto& [number, other] : entries_) {
    if (number != entry.number) others += other.content.footprint();
  }
  return others + size <= static_cast<uint64_t>(options_.capacity_bytes);
}

void SimulatedDisk::Close(StoredEntry& entry) {
  --entry.open_files;
  if (entry.open_files == 0 && !directory_.Refers(entry.number)) {
    entries_.erase(entry.number);
  }
}

void SimulatedDisk::Collect() {
  std::erase_if(entries_, [files = directory_.Files()](const auto& entry) {
    return entry.second.open_files == 0 && files.count(entry.first) == 0;
  });
}

void SimulatedDisk::Record(EventKind kind, uint64_t file, uint64_t value) {
  trace_.Record({.time = scheduler_.now(),
                 .kind = kind,
                 .node = node_,
                 .id = file,
                 .value = value});
}

void SimulatedDisk::RecordContent(EventKind kind, uint64_t file, uint64_t value,
                                  std::string_view content) {
  trace_.RecordContent({.time = scheduler_.now(),
                        .kind = kind,
                        .node = node_,
                        .id = file,
                        .value = value},
                       content);
}

}  // namespace reprise
