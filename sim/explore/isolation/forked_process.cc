#include "reprise/sim/explore/isolation/forked_process.h"

#include <pthread.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <utility>

namespace reprise {
namespace {

// A handler of fork() can reach nothing else.
std::function<void()>* on_leave = nullptr;
// tidy: allow(global) as above
pid_t forking_process = 0;

// In the process that was forked.
void Leave() {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != forking_process) _exit(EXIT_FAILURE);
  forking_process = getpid();
  (*on_leave)();
}

}  // namespace

void TieForkedProcesses(std::function<void()> leave) {
  const bool is_first = on_leave == nullptr;
  // Never freed: a process may be forked while this one ends.
  on_leave = new std::function<void()>(std::move(leave));
  forking_process = getpid();
  if (is_first) pthread_atfork(nullptr, nullptr, Leave);
}

}  // namespace reprise
