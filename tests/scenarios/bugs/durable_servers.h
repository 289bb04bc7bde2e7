// Planted bugs in what the durable server writes to its disk.

#ifndef TESTS_SCENARIOS_BUGS_DURABLE_SERVERS_H_
#define TESTS_SCENARIOS_BUGS_DURABLE_SERVERS_H_

#include "absl/status/status.h"
#include "reprise/kv/journal.h"
#include "reprise/sim/env/env.h"

namespace reprise {

// Short, so that the server writes checkpoints all the time.
inline constexpr kv::JournalOptions kShortLog = {.log_bytes_max = 2000};

// The program of a server without a bug. Each answers as
// kv::DurableServer::Run.
absl::Status RightDurableServer(Env& env);

absl::Status ReplyBeforeSync(Env& env);
absl::Status DuplicateTableNotPersisted(Env& env);
absl::Status TornRecordAccepted(Env& env);
absl::Status LogNeverTruncated(Env& env);
absl::Status CheckpointNotAtomic(Env& env);
absl::Status LeftoverBlocksCheckpoint(Env& env);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_DURABLE_SERVERS_H_
