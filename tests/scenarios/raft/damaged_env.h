// DamagedEnv: the Env of a node whose checkpoint was damaged while it was down:
// the first time that it reads the file, one byte of it is another one.
//
//   DamagedEnv damaged(env);
//   absl::Status status = kv::ReplicatedServer(damaged, options).Run();

#ifndef TESTS_SCENARIOS_RAFT_DAMAGED_ENV_H_
#define TESTS_SCENARIOS_RAFT_DAMAGED_ENV_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {

class DamagedFile final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    absl::StatusOr<std::string> bytes = ForwardingFile::Read(offset, length);
    if (bytes.ok() && !bytes->empty()) (*bytes)[bytes->size() / 2] ^= 1;
    return bytes;
  }
};

class DamagedDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

 protected:
  std::unique_ptr<File> Change(std::string_view name,
                               std::unique_ptr<File> file) override {
    if (name != kv::kCheckpointName || was_read_) return file;
    was_read_ = true;
    return std::make_unique<DamagedFile>(std::move(file));
  }

 private:
  bool was_read_ = false;
};

using DamagedEnv = WithDisk<DamagedDisk>;

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_DAMAGED_ENV_H_
