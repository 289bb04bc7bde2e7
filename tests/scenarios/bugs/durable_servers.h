// Planted bugs in what the durable server writes to its disk.

#ifndef TESTS_SCENARIOS_BUGS_DURABLE_SERVERS_H_
#define TESTS_SCENARIOS_BUGS_DURABLE_SERVERS_H_

#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/storage/journal.h"
#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/bug.h"

namespace reprise {

// Short, so that the server writes checkpoints all the time.
inline constexpr kv::JournalOptions kShortLog = {.log_bytes_max = 2000};

// The program of a server without a bug. It returns what kv::DurableServer::Run
// does.
absl::Status RightDurableServer(Env& env);

std::vector<Bug> DurableServerBugs();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_DURABLE_SERVERS_H_
