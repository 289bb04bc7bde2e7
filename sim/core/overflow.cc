#include "reprise/sim/core/overflow.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "reprise/sim/core/context.h"
#include "reprise/sim/core/stack_arena.h"
#include "reprise/sim/core/task.h"

namespace reprise {
namespace {

// Who handled the signals before; written once, before the handler can run.
struct sigaction previous_segv;
struct sigaction previous_bus;
// tidy: allow(global) signal handlers belong to the process
std::atomic_flag is_installed = ATOMIC_FLAG_INIT;

void Write(const char* text) {
  [[maybe_unused]] const ssize_t written =
      write(STDERR_FILENO, text, std::strlen(text));
}

void HandleFault(int signal_number, siginfo_t* info, void* context) {
  if (const size_t size = SizeOfOverflowedStack(info->si_addr); size > 0) {
    char where[256];
    DescribeContext(where, sizeof(where));
    char text[96];
    std::snprintf(text, sizeof(text),
                  "a task overflowed its stack of %zu KiB\n", size / 1024);
    Write(text);
    Write(where);
    std::abort();
  }
  const struct sigaction& previous =
      signal_number == SIGSEGV ? previous_segv : previous_bus;
  if ((previous.sa_flags & SA_SIGINFO) != 0) {
    previous.sa_sigaction(signal_number, info, context);
    return;
  }
  // The fault happens again when the handler returns, and ends the program.
  sigaction(signal_number, &previous, nullptr);
}

}  // namespace

size_t SizeOfOverflowedStack(const void* address) {
  const Task* task = CurrentContext().task;
  const Stack* stack = task != nullptr ? task->stack() : nullptr;
  if (stack == nullptr) return 0;
  return StackArena::IsInGuard(*stack, address) ? stack->size : 0;
}

void InstallOverflowHandler() {
  if (is_installed.test_and_set()) return;
  struct sigaction action = {};
  action.sa_sigaction = HandleFault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigaction(SIGSEGV, &action, &previous_segv);
  sigaction(SIGBUS, &action, &previous_bus);
}

}  // namespace reprise
