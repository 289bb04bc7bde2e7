// The watched side of a process: what it does so that its watcher learns how
// it ended.
//
// Guarantees: after WatchThisProcess(), a fatal signal, a call of exit() and a
// task that does not suspend end the process with its last words in the page,
// and a lack of memory is noted there.
//
// The watchdog counts processor time, so that a busy machine does not make it
// bark. It looks at code of tasks, and with twenty times the patience at a
// scenario's own code, such as a checker's search.
//
//   WatchThisProcess(page, {.stuck_seconds = 5});

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_WATCHED_PROCESS_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_WATCHED_PROCESS_H_

#include "reprise/sim/explore/isolation/shared_page.h"

namespace reprise {

// The status of a process that has said its last words.
inline constexpr int kLastWordsStatus = 86;

struct WatchOptions {
  // How many seconds of processor time a task may take from one suspension to
  // the next; 0: any.
  double stuck_seconds = 5;
};

// For the rest of this process's life. Requires that it was forked for it.
void WatchThisProcess(SharedWords& words, const WatchOptions& options);

// Whether the trial is over here, and what repeats it elsewhere is waited for.
// In a process that is not watched it says nothing.
void NoteRepeating(bool is_repeating);

// Signals that are meant for the whole command are the parent's.
void LeaveSignalsToParent();

// In a process that was forked from it: says and notes nothing any more.
void EndWatch();

// The signal by which the watcher asks the process to look at
// SharedWords::must_end.
int WatchdogSignal();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_WATCHED_PROCESS_H_
