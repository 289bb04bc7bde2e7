// The end of another process.
//
//   if (!EndsWithin(id, kEndMilliseconds)) kill(id, SIGKILL);

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_END_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_END_H_

#include <sys/types.h>

namespace reprise {

// How long a process may take to end once it says nothing any more.
inline constexpr int kEndMilliseconds = 1000;

// Waits for the end of a process, which need not be a child of this one, but
// leaves it to be waited for. True where the system does not tell.
bool EndsWithin(pid_t id, int milliseconds);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_END_H_
