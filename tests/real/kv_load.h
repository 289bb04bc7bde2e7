// KvLoad: `kv load` in a process of its own: clients of a KvServer, and the
// verdict on what they saw.
//
//   KvLoad load({.program = kv, .folder = scratch});
//   absl::Status status = load.Start(server.address());
//   ...
//   Finding finding = load.Finish();

#ifndef TESTS_REAL_KV_LOAD_H_
#define TESTS_REAL_KV_LOAD_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "reprise/sim/core/time.h"
#include "tests/real/child_process.h"
#include "tests/real/finding.h"

namespace reprise {

struct KvLoadOptions {
  std::filesystem::path program;
  std::string bug = "";  // Of a program that has planted bugs.
  // Takes the history, and what is said on standard error.
  std::filesystem::path folder;
  // The server is a list of replicas.
  bool are_replicas = false;
  // Few keys, so that each is read soon after it was written.
  int clients = 12;
  int keys = 3;
  // Of all clients, by the second: history enough, and soon judged.
  int rate = 1'500;
  // How long an attempt may take before it is sent again.
  Duration deadline = Milliseconds(250);
  // Without an answer for so long, the server makes no progress.
  Duration give_up = Seconds(6);
};

class KvLoad {
 public:
  explicit KvLoad(KvLoadOptions options);

  // The clients begin, and go on until Finish().
  absl::Status Start(const std::string& server);
  // How it ended by itself, as a finding; none: it goes on.
  std::optional<Finding> EndedAs();
  // How long the history is by now; it is written by the block.
  uint64_t HistoryBytes() const;
  // Ends it, and judges what it has written.
  Finding Finish();

 private:
  // Whether the history is linearizable.
  Finding Judge() const;

  const KvLoadOptions options_;
  const std::filesystem::path history_;
  std::optional<ChildProcess> process_;
};

}  // namespace reprise

#endif  // TESTS_REAL_KV_LOAD_H_
