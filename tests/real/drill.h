// Drill: a server and its clients as processes of this machine, under faults of
// one kind that really happen: processes are killed and paused, links cut, the
// file system is full.
//
// A drill draws its instants from a seed and prints it; what the machine does
// between two instants is its own affair, so that no run is like another.
//
//   Finding finding = RunKills({.program = kv, .folder = folder});

#ifndef TESTS_REAL_DRILL_H_
#define TESTS_REAL_DRILL_H_

#include <filesystem>
#include <optional>
#include <string>

#include "reprise/sim/core/ids.h"
#include "tests/real/finding.h"
#include "tests/real/kv_load.h"
#include "tests/real/kv_replicas.h"
#include "tests/real/kv_server.h"

namespace reprise {

struct DrillOptions {
  std::filesystem::path program;
  std::string bug = "";  // Of a program that has planted bugs.
  // Empty, and the drill's own.
  std::filesystem::path folder;
  Seed seed = Seed(1);
  // How many faults it brings about.
  int rounds = 10;
  Storage storage = Storage::kUnsyncedDisk;
};

// What the server and the clients of a drill have in common; and the clients of
// replicas, which wait for elections.
KvServerOptions ServerFor(const DrillOptions& options);
KvLoadOptions LoadFor(const DrillOptions& options);
KvLoadOptions ReplicaLoadFor(const DrillOptions& options);

// The server serves, or the replicas run, and the load has begun. Otherwise
// what is wrong.
std::optional<Finding> Begin(KvServer& server, KvLoad& load);
std::optional<Finding> Begin(KvReplicas& replicas, KvLoad& load);

// Starts the server, and returns when it serves. Otherwise what is wrong.
std::optional<Finding> StartAgain(KvServer& server);

// What is wrong already, if either has ended by itself.
std::optional<Finding> EndedEarly(KvServer& server, KvLoad& load);
std::optional<Finding> EndedEarly(KvReplicas& replicas, KvLoad& load);

// Returns when a few hundred further operations were answered; or else what is
// wrong, as the load ends where nothing is answered any more.
std::optional<Finding> AwaitAnswers(KvServer& server, KvLoad& load);
// The same with four times as many.
std::optional<Finding> AwaitAnswers(KvReplicas& replicas, KvLoad& load);

// When the last fault is over: waits until the clients have gone on for a
// while, so that what was written is read, ends them and judges what they saw.
Finding FinishAfterwards(KvServer& server, KvLoad& load);
Finding FinishAfterwards(KvReplicas& replicas, KvLoad& load);

// `finding`, but kFailed where it holds though no request had to be sent again:
// then the faults were none.
Finding ExpectRepeated(Finding finding);

}  // namespace reprise

#endif  // TESTS_REAL_DRILL_H_
