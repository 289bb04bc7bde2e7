#include "reprise/sim/explore/isolation/watched_process.h"

#include <execinfo.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>

#include "reprise/sim/core/call_stack.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/fiber_pool.h"
#include "reprise/sim/core/overflow.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"

namespace reprise {
namespace {

constexpr std::array kFatalSignals = {SIGABRT, SIGBUS, SIGFPE, SIGILL,
                                      SIGSEGV, SIGSYS, SIGTRAP};
// The watchdog looks so often before it loses its patience.
constexpr int kLooks = 5;
// So much more patience for code that no task runs.
constexpr int kPatienceOutsideTasks = 20;

// What the watchdog saw when it last looked, and how often it saw the same.
struct Look {
  uint64_t trial = 0;
  uint64_t steps = 0;
  bool has_task = false;
  int times = 0;
};

// Null: nobody watches.
// tidy: allow(global) signal handlers can reach nothing else
SharedWords* shared_words = nullptr;
// tidy: allow(global) as above
Look last_look;

void CopyName(std::string_view name, char* buffer, size_t size) {
  const size_t length = std::min(name.size(), size - 1);
  std::memcpy(buffer, name.data(), length);
  buffer[length] = '\0';
}

// Whose code it is, and when.
void NoteContext() {
  const Context& context = CurrentContext();
  shared_words->is_simulating = context.scheduler != nullptr;
  if (context.scheduler == nullptr) return;
  shared_words->nanoseconds = context.scheduler->now().nanoseconds();
  shared_words->steps = context.scheduler->steps();
  if (context.task == nullptr) return;
  CopyName(context.task->group().name(), shared_words->node,
           sizeof(shared_words->node));
  CopyName(context.task->name(), shared_words->task,
           sizeof(shared_words->task));
  shared_words->has_task = true;
}

// The instruction at which a signal came.
void* PlaceOf(const void* context) {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return reinterpret_cast<void*>(machine.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return reinterpret_cast<void*>(machine.pc);
#else
  return nullptr;
#endif
}

// The calls that led to `place`, or to here if it is not among them.
void NoteStack(void* place) {
  void* all[kFramesMax];
  const int depth = backtrace(all, kFramesMax);
  void** const end = all + depth;
  void** begin = std::find(all, end, place);
  if (begin == end) begin = all;
  std::copy(begin, end, shared_words->frames);
  // FrameName looks at what lies before a return address.
  if (*begin == place) {
    shared_words->frames[0] = static_cast<char*>(place) + 1;
  }
  shared_words->depth = static_cast<int>(end - begin);
}

[[noreturn]] void SayLastWords(SharedWords::End end, void* place) {
  shared_words->end = end;
  NoteContext();
  NoteStack(place);
  _exit(kLastWordsStatus);
}

void HandleFatalSignal(int signal_number, siginfo_t* info, void* context) {
  // Happens again, without this handler.
  if (shared_words == nullptr) return;
  shared_words->signal_number = signal_number;
  const bool is_fault = signal_number == SIGSEGV || signal_number == SIGBUS;
  const size_t overflowed = is_fault ? SizeOfOverflowedStack(info->si_addr) : 0;
  shared_words->stack_bytes = overflowed;
  SayLastWords(
      overflowed > 0 ? SharedWords::End::kOverflow : SharedWords::End::kSignal,
      PlaceOf(context));
}

// Is called on the stack of whoever called exit().
// By whichever thread exit() is called.
void HandleExit() {
  if (shared_words == nullptr) return;
  SayLastWords(SharedWords::End::kExit, nullptr);
}

// Before it comes to handlers, exit() ends what is local to the thread that
// calls it, latest first: among it the stack that it is called on.
struct ExitWitness {
  ~ExitWitness() { HandleExit(); }
};

void WatchThisThread() {
  // tidy: allow(global) only its end matters
  [[maybe_unused]] static thread_local const ExitWitness witness;
}

void HandleNoMemory() {
  if (shared_words != nullptr) shared_words->had_no_memory = true;
  // tidy: allow(throw) what a handler of operator new must do
  throw std::bad_alloc();
}

// Whether the same has been seen too often.
bool IsStuck() {
  const Context& context = CurrentContext();
  const Look look{
      .trial = shared_words->trials_begun,
      .steps = context.scheduler != nullptr ? context.scheduler->steps() : 0,
      .has_task = context.task != nullptr};
  const bool is_same =
      shared_words->is_in_trial && look.trial == last_look.trial &&
      look.steps == last_look.steps && look.has_task == last_look.has_task;
  const int times = is_same ? last_look.times + 1 : 0;
  last_look = look;
  last_look.times = times;
  return times >= (look.has_task ? kLooks : kLooks * kPatienceOutsideTasks);
}

void HandleWatchdog(int, siginfo_t*, void* context) {
  if (shared_words == nullptr) return;
  if (!shared_words->must_end && !IsStuck()) return;
  SayLastWords(SharedWords::End::kStuck, PlaceOf(context));
}

void Handle(int signal_number, void (*handler)(int, siginfo_t*, void*),
            int flags) {
  struct sigaction action = {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | flags;
  sigaction(signal_number, &action, nullptr);
}

// A signal to this thread each time that the process has used `seconds`.
void StartTimer(double seconds) {
  sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = WatchdogSignal();
  event._sigev_un._tid = static_cast<pid_t>(syscall(SYS_gettid));
  timer_t timer;
  if (timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) != 0) return;
  const auto nanoseconds = static_cast<int64_t>(seconds * 1e9);
  const timespec period = {.tv_sec = nanoseconds / 1'000'000'000,
                           .tv_nsec = nanoseconds % 1'000'000'000};
  const itimerspec spec = {.it_interval = period, .it_value = period};
  timer_settime(timer, 0, &spec, nullptr);
}

}  // namespace

void NoteRepeating(bool is_repeating) {
  if (shared_words != nullptr) shared_words->is_repeating = is_repeating;
}

void LeaveSignalsToParent() {
  for (const int signal_number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    std::signal(signal_number, SIG_IGN);
  }
  // Where the parent reads from a pipe that closes, that is not our end.
  std::signal(SIGPIPE, SIG_DFL);
}

void EndWatch() { shared_words = nullptr; }

int WatchdogSignal() { return SIGVTALRM; }

void WatchThisProcess(SharedWords& words, const WatchOptions& options) {
  shared_words = &words;
  last_look = {};
  // Its signal stack and its handler of overflows come before those below.
  CurrentFiberPool();
  // Loads what the walk of a stack needs, which a signal handler must not.
  void* frame = nullptr;
  backtrace(&frame, 1);
  for (const int signal_number : kFatalSignals) {
    Handle(signal_number, HandleFatalSignal, SA_RESETHAND | SA_NODEFER);
  }
  Handle(WatchdogSignal(), HandleWatchdog, SA_RESTART);
  std::atexit(HandleExit);
  std::at_quick_exit(HandleExit);
  WatchThisThread();
  std::set_new_handler(HandleNoMemory);
  if (options.stuck_seconds > 0) StartTimer(options.stuck_seconds / kLooks);
}

}  // namespace reprise
