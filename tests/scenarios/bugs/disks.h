// Disks of servers that go wrong with their logs and checkpoints
// (kv/storage/checkpoint.h), for planted bugs of several servers.
//
//   .replica_env = MakeEnv<WithDisk<DiskOfLogs<LateSyncs>>>

#ifndef TESTS_SCENARIOS_BUGS_DISKS_H_
#define TESTS_SCENARIOS_BUGS_DISKS_H_

#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/sim/env/disk.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {

// Logs are each a Changed.
template <typename Changed>
class DiskOfLogs final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override {
    absl::StatusOr<std::unique_ptr<File>> file =
        ForwardingDisk::Open(name, mode);
    if (!file.ok() || !name.starts_with(kv::kLogPrefix)) return file;
    return std::make_unique<Changed>(*std::move(file));
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
