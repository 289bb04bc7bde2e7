#include "tests/real/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/file_descriptor.h"
#include "tests/real/real_time.h"

namespace reprise {
namespace {

// As a shell has it.
constexpr int kNotStarted = 127;
constexpr int kSignalled = 128;

// What the new process does; it calls nothing that allocates.
[[noreturn]] void Become(std::vector<char*>& arguments, pid_t parent,
                         int output, int errors) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(kNotStarted);  // It died before.
  dup2(output, STDOUT_FILENO);
  if (errors >= 0) dup2(errors, STDERR_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(kNotStarted);
}

int StatusOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status)
                           : kSignalled + WTERMSIG(status);
}

}  // namespace

absl::StatusOr<ChildProcess> ChildProcess::Start(
    const ProcessOptions& options) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) {
    return absl::InternalError(absl::StrCat("no pipe: ", strerror(errno)));
  }
  FileDescriptor read_end(pipe_ends[0]);
  const FileDescriptor write_end(pipe_ends[1]);
  FileDescriptor errors;
  if (!options.errors.empty()) {
    errors =
        FileDescriptor(open(options.errors.c_str(),
                            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  }
  std::vector<std::string> command = options.command;
  std::vector<char*> arguments;
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t id = fork();
  if (id < 0) {
    return absl::InternalError(absl::StrCat("no process: ", strerror(errno)));
  }
  if (id == 0) Become(arguments, parent, write_end.get(), errors.get());
  return ChildProcess(id, std::move(read_end));
}

ChildProcess::ChildProcess(pid_t id, FileDescriptor output)
    : id_(id), output_(std::move(output)) {}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, 0)),
      output_(std::move(other.output_)),
      read_(std::move(other.read_)),
      status_(other.status_) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  End();
  id_ = std::exchange(other.id_, 0);
  output_ = std::move(other.output_);
  read_ = std::move(other.read_);
  status_ = other.status_;
  return *this;
}

ChildProcess::~ChildProcess() { End(); }

void ChildProcess::End() {
  if (id_ == 0 || status_) return;
  kill(id_, SIGKILL);
  int status = 0;
  waitpid(id_, &status, 0);
  status_ = StatusOf(status);
}

absl::StatusOr<std::string> ChildProcess::ReadLine(Duration patience) {
  const RealTime time;
  const VirtualTime end = time.Now() + patience;
  while (true) {
    const size_t length = read_.find('\n');
    if (length != std::string::npos) {
      std::string line = read_.substr(0, length);
      read_.erase(0, length + 1);
      return line;
    }
    const int64_t left =
        std::max<int64_t>((end - time.Now()).nanoseconds() / 1'000'000, 0);
    pollfd awaited = {.fd = output_.get(), .events = POLLIN, .revents = 0};
    if (poll(&awaited, 1, static_cast<int>(left)) <= 0) {
      return absl::DeadlineExceededError("it has not said anything");
    }
    char bytes[4096];
    const ssize_t count = read(output_.get(), bytes, sizeof(bytes));
    if (count <= 0) return absl::OutOfRangeError("it says nothing more");
    read_.append(bytes, static_cast<size_t>(count));
  }
}

void ChildProcess::Signal(int signal) {
  if (!Status()) kill(id_, signal);
}

absl::StatusOr<int> ChildProcess::Wait(Duration patience) {
  const RealTime time;
  while (!Status()) {
    if (time.Now().since_start() > patience) {
      return absl::DeadlineExceededError("it goes on");
    }
    time.Sleep(Milliseconds(1));
  }
  return *status_;
}

std::optional<int> ChildProcess::Status() {
  int status = 0;
  if (!status_ && waitpid(id_, &status, WNOHANG) == id_) {
    status_ = StatusOf(status);
  }
  return status_;
}

}  // namespace reprise
