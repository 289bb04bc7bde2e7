// Ending a long command early, with its results so far.
//
// While an InterruptGuard lives, the first SIGINT (Ctrl-C), SIGTERM or SIGHUP
// is only noted; another one more than a moment later ends the process as
// usual. A SIGHUP that was ignored (nohup) stays so. One guard at a time.
//
//   InterruptGuard guard;
//   while (!InterruptGuard::WasInterrupted() && More()) { ... }
//
// What cannot look for interrupts itself, such as the search of a checker, runs
// on a thread of its own, which may be left behind. (A trial runs in a process
// of its own, which is ended; see sim/explore/isolation.)
//
//   if (RunInterruptibly([&] { Search(); }) == WorkEnd::kLeftRunning) {
//     Print(SoFar());
//     LeaveAtOnce(console, kExitInterrupted);
//   }

#ifndef REPRISE_SIM_EXPLORE_CLI_INTERRUPT_H_
#define REPRISE_SIM_EXPLORE_CLI_INTERRUPT_H_

#include <array>
#include <csignal>
#include <functional>
#include <mutex>

#include "reprise/sim/explore/cli/console.h"

namespace reprise::cli {

class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  // Whether a signal came since the last guard was made. From any thread.
  static bool WasInterrupted();

 private:
  std::array<struct sigaction, 3> previous_;
};

enum class WorkEnd { kDone, kLeftRunning };

// How long work may take to end by itself, once it was interrupted.
inline constexpr double kGraceSeconds = 0.4;

// What the thread does that waits for the work.
struct Waiting {
  // How long work may still take to end by itself, once it was interrupted.
  double grace_seconds = kGraceSeconds;
  // Called about a hundred times a second; may be null.
  std::function<void()> look = {};
  // Called once, at an interrupt: tells the work to end; may be null.
  std::function<void()> stop = {};
};

// Runs `work` on another thread and waits for its end, or for an interrupt and
// the time of grace. Requires an InterruptGuard. After kLeftRunning whatever
// `work` uses must stay as it is: print what there is and LeaveAtOnce().
WorkEnd RunInterruptibly(std::function<void()> work,
                         const Waiting& waiting = {});

// Guards the results that `work` shares with the thread that waits for it.
// After kLeftRunning that thread takes them for ever and prints them, and
// `work` can change and print nothing any more.
class SharedResults {
 public:
  // For `work`.
  std::unique_lock<std::timed_mutex> Lock() { return std::unique_lock(mutex_); }
  // For the thread that waits. False: `work` is stuck in the middle of a
  // change.
  bool TakeForEver();

 private:
  std::timed_mutex mutex_;
};

// Ends the process without a look at what still runs. The status is kExitUsage
// where what was printed could not be written.
[[noreturn]] void LeaveAtOnce(Console& console, int status);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_INTERRUPT_H_
