// Disks of servers that go wrong with their logs and checkpoints
// (kv/storage/checkpoint.h), for planted bugs of several servers.
//
//   .replica_env = MakeEnv<WithDisk<DiskOfLogs<LateSyncs>>>

#ifndef TESTS_SCENARIOS_BUGS_DISKS_H_
#define TESTS_SCENARIOS_BUGS_DISKS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/sim/env/disk.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {

// Logs are each a Changed.
template <typename Changed>
class DiskOfLogs final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

 protected:
  std::unique_ptr<File> Change(std::string_view name,
                               std::unique_ptr<File> file) override {
    if (!name.starts_with(kv::kLogPrefix)) return file;
    return std::make_unique<Changed>(std::move(file));
  }
};

// Of the log of this name; none: it is no log.
inline std::optional<uint64_t> GenerationOfLog(std::string_view name) {
  uint64_t generation = 0;
  if (!name.starts_with(kv::kLogPrefix)) return std::nullopt;
  name.remove_prefix(kv::kLogPrefix.size());
  if (!absl::SimpleAtoi(absl::string_view(name.data(), name.size()),
                        &generation)) {
    return std::nullopt;
  }
  return generation;
}

// Logs are each a Changed, which knows its generation.
template <typename Changed>
class DiskOfGenerations final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

 protected:
  std::unique_ptr<File> Change(std::string_view name,
                               std::unique_ptr<File> file) override {
    const std::optional<uint64_t> generation = GenerationOfLog(name);
    if (!generation.has_value()) return file;
    return std::make_unique<Changed>(std::move(file), *generation);
  }
};

// What is synced is so only before the next write.
class LateSyncs final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;

  absl::Status Append(std::string_view bytes) override {
    const absl::Status status = ForwardingFile::Sync();
    return status.ok() ? ForwardingFile::Append(bytes) : status;
  }
  absl::Status Sync() override { return absl::OkStatus(); }
};

// Logs are not removed.
class HoardingDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  absl::Status Remove(std::string_view name) override {
    if (name.starts_with(kv::kLogPrefix)) return absl::OkStatus();
    return ForwardingDisk::Remove(name);
  }
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_DISKS_H_
