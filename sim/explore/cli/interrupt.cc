#include "reprise/sim/explore/cli/interrupt.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <semaphore>
#include <thread>
#include <utility>

#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/isolation/wall_clock.h"

namespace reprise::cli {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};
// Signals that come so close to the first are the same wish: `timeout` sends
// its signal to the process and to its group, a terminal's shell does likewise.
constexpr double kOneWishSeconds = 0.3;
constexpr std::chrono::milliseconds kAskInterval(10);

const Stopwatch process_clock;
// tidy: allow(global) a signal handler can reach nothing else
std::atomic<bool> was_interrupted = false;
// tidy: allow(global) a signal handler can reach nothing else
std::atomic<double> interrupted_at = 0;  // seconds of `process_clock`
static_assert(std::atomic<bool>::is_always_lock_free);
static_assert(std::atomic<double>::is_always_lock_free);

void NoteInterrupt(int signal_number) {
  const double now = process_clock.Seconds();
  if (!was_interrupted.exchange(true)) {
    interrupted_at = now;
    return;
  }
  if (now - interrupted_at < kOneWishSeconds) return;
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);  // Comes when this handler has returned.
}

}  // namespace

InterruptGuard::InterruptGuard() {
  was_interrupted = false;
  struct sigaction action = {};
  action.sa_handler = NoteInterrupt;
  action.sa_flags = SA_RESTART;
  for (size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &previous_[i]);
    // A shell ignores SIGINT for what a script starts in the background, but
    // whoever sends it to that means it.
    const bool stays_ignored =
        kSignals[i] == SIGHUP && previous_[i].sa_handler == SIG_IGN;
    if (!stays_ignored) sigaction(kSignals[i], &action, nullptr);
  }
}

InterruptGuard::~InterruptGuard() {
  for (size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &previous_[i], nullptr);
  }
}

bool InterruptGuard::WasInterrupted() {
  return was_interrupted.load(std::memory_order_relaxed);
}

WorkEnd RunInterruptibly(std::function<void()> work, const Waiting& waiting) {
  // Left behind together with the thread.
  auto* const is_done = new std::binary_semaphore(0);
  std::thread thread([is_done, work = std::move(work)] {
    work();
    is_done->release();
  });
  std::optional<Stopwatch> since_interrupt;
  while (!is_done->try_acquire_for(kAskInterval)) {
    if (waiting.look) waiting.look();
    if (!InterruptGuard::WasInterrupted()) continue;
    if (!since_interrupt) {
      since_interrupt.emplace();
      if (waiting.stop) waiting.stop();
    }
    if (since_interrupt->Seconds() < waiting.grace_seconds) continue;
    thread.detach();
    return WorkEnd::kLeftRunning;
  }
  thread.join();
  delete is_done;
  return WorkEnd::kDone;
}

bool SharedResults::TakeForEver() {
  return mutex_.try_lock_for(std::chrono::milliseconds(200));
}

void LeaveAtOnce(Console& console, int status) {
  const bool is_written = FlushResults(console).ok();
  console.err.flush();
  std::_Exit(is_written ? status : kExitUsage);
}

}  // namespace reprise::cli
