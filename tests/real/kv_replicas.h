// KvReplicas: the servers of a replicated store, each a `kv serve --replicas`
// in a process of its own, on this machine.
//
//   KvReplicas replicas({.program = kv, .folder = scratch});
//   absl::Status status = replicas.Start();
//   if (status.ok()) replicas.Kill({*replicas.Leader()});

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
#include "tests/real/loopback_hosts.h"

namespace reprise {

struct KvReplicasOptions {
  std::filesystem::path program;
  std::string bug = "";  // Of a program that has planted bugs.
  // Takes what they say on standard error, and their stores.
  std::filesystem::path folder;
  Storage storage = Storage::kUnsyncedDisk;  // One of the two that are durable.
  int count = 3;                             // With which the store begins.
  int spares = 0;  // That may join later, by the operator.
  int election_ms = 150;
  int heartbeat_ms = 30;
  uint64_t log_bytes = 20'000;  // Short, for many checkpoints.
};

class KvReplicas {
 public:
  explicit KvReplicas(KvReplicasOptions options);

  // Starts all with which the store begins that do not run; or one that does
  // not.
  absl::Status Start();
  absl::Status Start(size_t replica);
  // kill -9 of these at once. Returns when they are gone.
  void Kill(const std::vector<size_t>& replicas);
  bool IsRunning(size_t replica) const {
    return processes_[replica].has_value();
  }
  // Which of those that run said last that it leads; none: nobody has.
  std::optional<size_t> Leader() const;
  // How one of them ended by itself; none: none did.
  std::optional<std::string> EndedAs();
  // What --replicas is given.
  const std::string& list() const { return list_; }
  // Those with which it begins; the spares are behind them.
  size_t size() const { return static_cast<size_t>(options_.count); }
  static std::string name(size_t replica);
  // None: there is none of that name.
  std::optional<size_t> Find(const std::string& name) const;
  // Of the files of one of them.
  uint64_t StoredBytes(size_t replica) const;

 private:
  std::string FirstMembers() const;
  std::filesystem::path Errors(size_t replica) const;
  std::filesystem::path Store(size_t replica) const;

  const KvReplicasOptions options_;
  const LoopbackHosts hosts_;
  std::string list_;
  std::vector<std::optional<ChildProcess>> processes_;
};

}  // namespace reprise

#endif  // TESTS_REAL_KV_REPLICAS_H_
