#include "reprise/kv/storage/checkpoint.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/kv/storage/log.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {
namespace {

// What `read` answers. It may be tried again without harm, and the disk may do
// better.
template <typename Read>
auto ReadPatiently(Read read) -> decltype(read()) {
  constexpr int kAttempts = 10;
  auto content = read();
  for (int attempt = 1; attempt < kAttempts && !content.ok(); ++attempt) {
    content = read();
    Sometimes(content.ok(), "kv.checkpoint.read-again"_mark);
  }
  return content;
}

// None: the file is no log.
std::optional<uint64_t> GenerationOfLog(std::string_view name) {
  uint64_t generation = 0;
  if (!name.starts_with(kLogPrefix)) return std::nullopt;
  name.remove_prefix(kLogPrefix.size());
  if (!absl::SimpleAtoi(absl::string_view(name.data(), name.size()),
                        &generation)) {
    return std::nullopt;
  }
  return generation;
}

absl::StatusOr<Bytes> ReadFile(Disk& disk, std::string_view name) {
  const absl::StatusOr<std::unique_ptr<File>> file =
      disk.Open(name, OpenMode::kExisting);
  if (!file.ok()) return file.status();
  return ReadPatiently([&] { return (*file)->Read(0, (*file)->Size()); });
}

// An earlier attempt may have left something under the same name, and it shall
// not come back after a crash.
absl::StatusOr<std::unique_ptr<File>> OpenEmpty(Disk& disk,
                                                std::string_view name) {
  absl::StatusOr<std::unique_ptr<File>> file =
      disk.Open(name, OpenMode::kCreate);
  if (!file.ok() || (*file)->Size() == 0) return file;
  Reached("kv.checkpoint.cleared-leftovers"_mark);
  absl::Status status = (*file)->Truncate(0);
  if (status.ok()) status = (*file)->Sync();
  if (!status.ok()) return status;
  return file;
}

// A checkpoint: checksum 8 | generation 8 | length 8 | snapshot.
Bytes EncodeCheckpoint(uint64_t generation, std::string_view snapshot) {
  Bytes bytes;
  bytes.reserve(3 * kWordBytes + snapshot.size());
  AppendWord(bytes, 0);
  AppendWord(bytes, generation);
  AppendString(bytes, snapshot);
  const std::string_view covered = std::string_view(bytes).substr(kWordBytes);
  StoreWord(Checksum(0, covered), bytes.data());
  return bytes;
}

absl::Status DecodeCheckpoint(std::string_view bytes, SavedState& state) {
  Decoder decoder(bytes);
  const uint64_t checksum = decoder.Word();
  state.generation = decoder.Word();
  state.snapshot = decoder.String();
  if (!decoder.IsOk() || !decoder.IsAtEnd() || state.generation == 0 ||
      Checksum(0, bytes.substr(kWordBytes)) != checksum) {
    return absl::DataLossError("the checkpoint is damaged");
  }
  return absl::OkStatus();
}

// Without a checkpoint there can be no more than the empty log of the first
// one, which was not finished.
absl::Status ExpectNoLogs(Disk& disk) {
  const absl::StatusOr<std::vector<std::string>> names =
      ReadPatiently([&] { return disk.List(); });
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    if (!name.starts_with(kLogPrefix)) continue;
    const absl::StatusOr<Bytes> log = ReadFile(disk, name);
    if (!log.ok()) return log.status();
    if (log->empty()) {
      Reached("kv.checkpoint.never-finished"_mark);
      continue;
    }
    return absl::DataLossError(
        absl::StrCat("there is no checkpoint for ", name));
  }
  return absl::OkStatus();
}

absl::Status WriteWhole(Disk& disk, std::string_view name,
                        std::string_view content) {
  const absl::StatusOr<std::unique_ptr<File>> file = OpenEmpty(disk, name);
  if (!file.ok()) return file.status();
  const absl::Status status = (*file)->Append(content);
  return status.ok() ? (*file)->Sync() : status;
}

// Crashes may have brought logs back that had been removed. What cannot be
// removed stays until the next checkpoint.
void RemoveEarlierLogs(Disk& disk, uint64_t generation) {
  const absl::StatusOr<std::vector<std::string>> names = disk.List();
  if (!names.ok()) return;
  // Without a checkpoint, its logs are what shows that it is lost.
  const auto checkpoint =
      std::find(names->begin(), names->end(), kCheckpointName);
  if (checkpoint == names->end()) return;
  for (const std::string& name : *names) {
    const std::optional<uint64_t> found = GenerationOfLog(name);
    if (found.has_value() && *found < generation) (void)disk.Remove(name);
  }
}

}  // namespace

std::string LogName(uint64_t generation) {
  return absl::StrCat(absl::string_view(kLogPrefix.data(), kLogPrefix.size()),
                      generation);
}

absl::StatusOr<SavedState> LoadState(Disk& disk) {
  SavedState state;
  const absl::StatusOr<Bytes> checkpoint = ReadFile(disk, kCheckpointName);
  if (absl::IsNotFound(checkpoint.status())) {
    const absl::Status status = ExpectNoLogs(disk);
    if (!status.ok()) return status;
    return state;
  }
  if (!checkpoint.ok()) return checkpoint.status();
  const absl::Status status = DecodeCheckpoint(*checkpoint, state);
  if (!status.ok()) return status;
  absl::StatusOr<Bytes> log = ReadFile(disk, LogName(state.generation));
  if (absl::IsNotFound(log.status())) {
    return absl::DataLossError("the checkpoint's log is missing");
  }
  if (!log.ok()) return log.status();
  state.log = *std::move(log);
  return state;
}

absl::StatusOr<uint64_t> LatestGeneration(Disk& disk) {
  const absl::StatusOr<std::vector<std::string>> names =
      ReadPatiently([&] { return disk.List(); });
  if (!names.ok()) return names.status();
  uint64_t latest = 0;
  for (const std::string& name : *names) {
    latest = std::max(latest, GenerationOfLog(name).value_or(0));
  }
  SavedState state;
  const absl::StatusOr<Bytes> checkpoint = ReadFile(disk, kCheckpointName);
  if (checkpoint.ok() && DecodeCheckpoint(*checkpoint, state).ok()) {
    latest = std::max(latest, state.generation);
  }
  return latest;
}

absl::StatusOr<std::unique_ptr<File>> SaveCheckpoint(
    Disk& disk, uint64_t generation, std::string_view snapshot) {
  absl::StatusOr<std::unique_ptr<File>> log =
      OpenEmpty(disk, LogName(generation));
  if (!log.ok()) return log;
  absl::Status status = WriteWhole(disk, kNewCheckpointName,
                                   EncodeCheckpoint(generation, snapshot));
  RemoveEarlierLogs(disk, generation - 1);
  // A directory does not keep the order of its changes through a crash.
  if (status.ok()) status = disk.SyncDirectory();
  if (status.ok()) status = disk.Rename(kNewCheckpointName, kCheckpointName);
  if (status.ok()) status = disk.SyncDirectory();
  if (!status.ok()) return status;
  if (generation > 1) (void)disk.Remove(LogName(generation - 1));
  return log;
}

}  // namespace reprise::kv
