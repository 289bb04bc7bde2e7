#include "reprise/sim/explore/isolation/process_end.h"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace reprise {

bool EndsWithin(pid_t id, int milliseconds) {
  const auto process = static_cast<int>(syscall(SYS_pidfd_open, id, 0));
  if (process < 0) return true;
  pollfd end = {.fd = process, .events = POLLIN, .revents = 0};
  int ready = 0;
  do {
    ready = poll(&end, 1, milliseconds);
  } while (ready < 0 && errno == EINTR);
  close(process);
  return ready > 0;
}

int WaitForEnd(pid_t id) {
  if (!EndsWithin(id, kEndMilliseconds)) kill(id, SIGKILL);
  int status = 0;
  while (waitpid(id, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace reprise
