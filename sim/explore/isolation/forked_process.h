// What becomes of processes that code under test forks.
//
// Guarantees: each of them ends with the process that forked it, and takes no
// part in what that one tells its parent: it does not find the channels of this
// process (process_channel.h), and writes to a copy of the shared page.
//
//   TieForkedProcesses([&] { page.Detach(); });

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_FORKED_PROCESS_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_FORKED_PROCESS_H_

#include <functional>

namespace reprise {

// For the rest of this process's life. `leave` is called in each process that
// is forked from it, by fork(), before that returns. What posix_spawn() and the
// like start is left alone.
void TieForkedProcesses(std::function<void()> leave);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_FORKED_PROCESS_H_
