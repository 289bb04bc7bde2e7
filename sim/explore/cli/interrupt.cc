#include "reprise/sim/explore/cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace reprise::cli {
namespace {

// tidy: allow(global) a signal handler can reach nothing else
std::atomic<bool> was_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void NoteInterrupt(int) {
  was_interrupted.store(true, std::memory_order_relaxed);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  was_interrupted = false;
  struct sigaction action = {};
  action.sa_handler = NoteInterrupt;
  action.sa_flags = SA_RESETHAND | SA_RESTART;
  sigaction(SIGINT, &action, &previous_);
}

InterruptGuard::~InterruptGuard() { sigaction(SIGINT, &previous_, nullptr); }

bool InterruptGuard::WasInterrupted() {
  return was_interrupted.load(std::memory_order_relaxed);
}

}  // namespace reprise::cli
