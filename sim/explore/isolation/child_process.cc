#include "reprise/sim/explore/isolation/child_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/isolation/forked_process.h"
#include "reprise/sim/explore/isolation/process_end.h"

namespace reprise {
namespace {

absl::Status NotStarted() {
  return absl::ResourceExhaustedError(absl::StrCat(
      "no process could be started for trials: ", std::strerror(errno)));
}

// What this process has not written yet would be written by both.
void FlushOutput() {
  std::fflush(nullptr);
  std::cout.flush();
  std::cerr.flush();
}

// Makes the new process one that ends with its parent and leaves signals that
// are meant for the whole command to it.
void BecomeChild(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(EXIT_FAILURE);
  LeaveSignalsToParent();
}

// A file that is open for reading has one position for both processes, and
// each would move it for the other: the one from which names of functions are
// read, for example. Opens each such file anew.
void OwnFilePositions() {
  std::vector<int> descriptors;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/self/fd", error)) {
    int descriptor = 0;
    const std::string name = entry.path().filename();
    if (!absl::SimpleAtoi(name, &descriptor)) continue;
    if (descriptor > STDERR_FILENO) descriptors.push_back(descriptor);
  }
  for (const int descriptor : descriptors) {
    struct stat status;
    const int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0 || (flags & O_ACCMODE) != O_RDONLY) continue;
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) continue;
    const std::string path = absl::StrCat("/proc/self/fd/", descriptor);
    const int own = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (own < 0) continue;
    lseek(own, lseek(descriptor, 0, SEEK_CUR), SEEK_SET);
    const bool ends_at_exec = (fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0;
    dup3(own, descriptor, ends_at_exec ? O_CLOEXEC : 0);
    close(own);
  }
}

}  // namespace

void EndIfClosed(const ChildSide& side) {
  if (!side.channel.WasClosed()) return;
  side.page->end = SharedWords::End::kClosed;
  _exit(kLastWordsStatus);
}

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::Start(
    const WatchOptions& options,
    const std::function<void(const ChildSide&)>& work) {
  std::optional<ChannelPair> pair = ConnectProcesses();
  if (!pair) return NotStarted();
  std::optional<KeptErrors> errors = KeptErrors::Open();
  if (!errors) return NotStarted();
  std::unique_ptr<ChildProcess> child(
      new ChildProcess(std::move(pair->here), *std::move(errors)));
  FlushOutput();
  const pid_t parent = getpid();
  const pid_t id = fork();
  if (id < 0) return NotStarted();
  if (id > 0) {
    child->id_ = id;
    return child;
  }
  BecomeChild(parent);
  OwnFilePositions();
  dup2(child->errors_.descriptor(), STDERR_FILENO);
  WatchThisProcess(*child->page(), options);
  { const ProcessChannel parents_end = std::move(child->channel_); }
  pair->there.Adopt();
  TieForkedProcesses([&] {
    EndWatch();
    child->page().Detach();
  });
  work({pair->there, child->page()});
  FlushOutput();
  _exit(EXIT_SUCCESS);
}

ChildProcess::~ChildProcess() {
  if (id_ != 0) {
    Kill();
    Wait();
  }
}

double ChildProcess::ProcessorSeconds() const {
  clockid_t clock;
  timespec time = {};
  if (id_ == 0 || clock_getcpuclockid(id_, &clock) != 0) return 0;
  // tidy: allow(wall-clock) how much the process has done, for the watchdog
  if (clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) / 1e9;
}

void ChildProcess::AskToEnd() {
  page_->must_end = true;
  if (id_ != 0) kill(id_, WatchdogSignal());
}

void ChildProcess::Kill() {
  if (id_ != 0) kill(id_, SIGKILL);
}

ChildEnd ChildProcess::Wait() {
  if (id_ == 0) return {};
  // It may have closed its end and live on.
  const int status = WaitForEnd(id_);
  id_ = 0;
  // Whoever else holds that end says nothing any more.
  channel_.HangUp();
  if (WIFSIGNALED(status)) return {.signal_number = WTERMSIG(status)};
  return {.status = WEXITSTATUS(status)};
}

}  // namespace reprise
