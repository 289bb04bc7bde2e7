// KvReplicas: the servers of a replicated store, each a `kv serve --replicas`
// in a process of its own, on this machine.
//
//   KvReplicas replicas({.program = kv, .folder = scratch});
//   absl::Status status = replicas.Start();
//   if (status.ok()) replicas.Kill(*replicas.Leader());

#ifndef TESTS_REAL_KV_REPLICAS_H_
#define TESTS_REAL_KV_REPLICAS_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/real/child_process.h"
#include "tests/real/kv_server.h"

namespace reprise {

struct KvReplicasOptions {
  std::filesystem::path program;
  // Takes what they say on standard error, and their stores.
  std::filesystem::path folder;
  Storage storage = Storage::kUnsyncedDisk;  // One of the two that are durable.
  int count = 3;
  int election_ms = 150;
  int heartbeat_ms = 30;
  uint64_t log_bytes = 20'000;  // Short, for many checkpoints.
};

class KvReplicas {
 public:
  explicit KvReplicas(KvReplicasOptions options);

  // Starts all that do not run.
  absl::Status Start();
  // kill -9. Returns when it is gone.
  void Kill(size_t replica);
  bool IsRunning(size_t replica) const {
    return processes_[replica].has_value();
  }
  // Which of those that run said last that it leads; none: nobody has.
  std::optional<size_t> Leader() const;
  // How one of them ended by itself; none: none did.
  std::optional<std::string> EndedAs();
  // What --replicas is given.
  const std::string& list() const { return list_; }
  size_t size() const { return processes_.size(); }
  // Of the files of one of them.
  uint64_t StoredBytes(size_t replica) const;

 private:
  std::filesystem::path Errors(size_t replica) const;
  std::filesystem::path Store(size_t replica) const;
  absl::Status Start(size_t replica);

  const KvReplicasOptions options_;
  std::string list_;
  std::vector<std::optional<ChildProcess>> processes_;
};

}  // namespace reprise

#endif  // TESTS_REAL_KV_REPLICAS_H_
