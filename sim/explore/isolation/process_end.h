// The end of another process.
//
//   const int status = WaitForEnd(id);

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_END_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_END_H_

#include <sys/types.h>

namespace reprise {

// How long a process may take to end once it says nothing any more.
inline constexpr int kEndMilliseconds = 1000;

// Waits for the end of a process, which need not be a child of this one, but
// leaves it to be waited for. True where the system does not tell.
bool EndsWithin(pid_t id, int milliseconds);

// Waits for a child, which is killed if it does not end in time. Returns the
// status of waitpid().
int WaitForEnd(pid_t id);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_END_H_
