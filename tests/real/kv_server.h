// KvServer: `kv serve` in a process of its own, which is killed, paused, ended
// and started again on the port that it got first, with what its folder keeps.
//
//   KvServer server({.program = kv, .folder = scratch});
//   absl::Status status = server.Start();
//   if (status.ok()) status = server.AwaitServing();
//   server.Kill();
//   status = server.Start();

#ifndef TESTS_REAL_KV_SERVER_H_
#define TESTS_REAL_KV_SERVER_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"
#include "tests/real/child_process.h"

namespace reprise {

enum class Storage {
  kMemory,        // The server's end loses everything.
  kDisk,          // --durable
  kUnsyncedDisk,  // --durable --forget-unsynced
};

struct KvServerOptions {
  std::filesystem::path program;
  // A command that runs the program, such as nsenter with its arguments.
  std::vector<std::string> prefix = {};
  std::string bug = "";  // Of a program that has planted bugs.
  std::string host = "127.0.0.1";
  Storage storage = Storage::kDisk;
  // Takes what it says on standard error, and its store unless `store` is
  // given.
  std::filesystem::path folder;
  std::filesystem::path store = {};
  uint64_t log_bytes = 2'000;  // Short, for many checkpoints.
};

class KvServer {
 public:
  explicit KvServer(KvServerOptions options);

  // Starts it; it need not serve yet. Requires that it does not run.
  absl::Status Start();
  // Returns when it says that it serves. Where somebody else has its port just
  // then, such as a client that calls from it, it is started again. Errors: how
  // it ended, or DeadlineExceeded.
  absl::Status AwaitServing();
  // "HOST:PORT", once it has served.
  const std::string& address() const { return address_; }

  // kill -9. Returns when it is gone.
  void Kill();
  void Pause();
  void Continue();
  // SIGTERM. Returns its exit status. Errors: DeadlineExceeded.
  absl::StatusOr<int> Terminate(Duration patience);
  // How it ended by itself, with its last line on standard error; none: it
  // runs.
  std::optional<std::string> EndedAs();
  // Of its files.
  uint64_t StoredBytes() const;

 private:
  std::string LastError() const;

  const KvServerOptions options_;
  const std::filesystem::path store_;
  const std::filesystem::path errors_;
  std::string address_;
  std::optional<ChildProcess> process_;
};

}  // namespace reprise

#endif  // TESTS_REAL_KV_SERVER_H_
