// InterruptGuard: lets a long command end early and still print its results.
//
// While a guard lives, the first SIGINT (Ctrl-C) is only noted; a second one
// ends the process as usual. One guard at a time.
//
//   InterruptGuard guard;
//   while (!InterruptGuard::WasInterrupted() && More()) { ... }

#ifndef REPRISE_SIM_EXPLORE_CLI_INTERRUPT_H_
#define REPRISE_SIM_EXPLORE_CLI_INTERRUPT_H_

#include <csignal>

namespace reprise::cli {

class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  // Whether SIGINT came since the last guard was made. From any thread.
  static bool WasInterrupted();

 private:
  struct sigaction previous_;
};

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_INTERRUPT_H_
