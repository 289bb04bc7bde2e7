// DistrustedEnv: the Env of a server whose disk may lose what was synced, under
// an operator who does not trust a disk again that has failed.
//
// No protocol survives a server that forgets its vote, or what it acknowledged
// last, and takes part; and a log that has lost its end looks as if a crash had
// torn it. So the log of a disk that has failed cannot be read, unless it is so
// damaged that the server has to notice: then it reads what is there.
//
//   DistrustedEnv distrusted(env, [&] { return world.HasLostSyncedData(id); });

#ifndef TESTS_SCENARIOS_RAFT_DISTRUSTED_ENV_H_
#define TESTS_SCENARIOS_RAFT_DISTRUSTED_ENV_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/log.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/disks.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {

using HasFailed = std::function<bool()>;

class LogOfFailedDisk final : public ForwardingFile {
 public:
  LogOfFailedDisk(std::unique_ptr<File> file, uint64_t generation,
                  const HasFailed& has_failed)
      : ForwardingFile(std::move(file)),
        generation_(generation),
        has_failed_(has_failed) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    absl::StatusOr<std::string> log = ForwardingFile::Read(offset, length);
    // Nothing was ever written to one that is empty.
    if (!log.ok() || log->empty() || !has_failed_()) return log;
    const bool is_noticed = !kv::ReadRecords(generation_, *log).ok();
    Sometimes(is_noticed, "raft-scenario.damage-noticed"_mark);
    Sometimes(!is_noticed, "raft-scenario.disk-not-trusted"_mark);
    if (is_noticed) return log;
    return absl::DataLossError("the disk has failed before");
  }

 private:
  const uint64_t generation_;
  const HasFailed& has_failed_;
};

class DistrustedDisk final : public ForwardingDisk {
 public:
  DistrustedDisk(Disk& disk, HasFailed has_failed)
      : ForwardingDisk(disk), has_failed_(std::move(has_failed)) {}

 protected:
  std::unique_ptr<File> Change(std::string_view name,
                               std::unique_ptr<File> file) override {
    const std::optional<uint64_t> generation = GenerationOfLog(name);
    if (!generation.has_value()) return file;
    return std::make_unique<LogOfFailedDisk>(std::move(file), *generation,
                                             has_failed_);
  }

 private:
  const HasFailed has_failed_;
};

class DistrustedEnv final : public ForwardingEnv {
 public:
  DistrustedEnv(Env& env, HasFailed has_failed)
      : ForwardingEnv(env), disk_(env.disk(), std::move(has_failed)) {}

  Disk& disk() override { return disk_; }

 private:
  DistrustedDisk disk_;
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_DISTRUSTED_ENV_H_
