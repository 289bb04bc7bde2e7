// ChildProcess: a program that a test runs, speaks to by signals, and never
// leaves behind.
//
// Guarantees: the process is killed and waited for when the object goes, and
// killed by the system should the test die first.
//
//   absl::StatusOr<ChildProcess> server =
//       ChildProcess::Start({.command = {"/usr/bin/server", "--port=0"}});
//   absl::StatusOr<std::string> line = server->ReadLine(Seconds(10));
//   server->Signal(SIGTERM);
//   absl::StatusOr<int> status = server->Wait(Seconds(10));

#ifndef TESTS_REAL_CHILD_PROCESS_H_
#define TESTS_REAL_CHILD_PROCESS_H_

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/file_descriptor.h"

namespace reprise {

struct ProcessOptions {
  // The program, which is looked for in PATH, and its arguments.
  std::vector<std::string> command;
  // Where its standard error is appended to; empty: this process's own.
  std::filesystem::path errors = {};
};

class ChildProcess {
 public:
  // Errors: Internal where no process can be made. A program that cannot be
  // started ends with status 127.
  static absl::StatusOr<ChildProcess> Start(const ProcessOptions& options);
  ~ChildProcess();
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;

  pid_t id() const { return id_; }
  // The next line of its standard output, without its end. Errors:
  // DeadlineExceeded; OutOfRange where there will be none.
  absl::StatusOr<std::string> ReadLine(Duration patience);
  // Does nothing once the process was waited for.
  void Signal(int signal);
  // Its exit status, or 128 and the number of the signal that ended it. Errors:
  // DeadlineExceeded.
  absl::StatusOr<int> Wait(Duration patience);
  // The same at once; none: it runs.
  std::optional<int> Status();

 private:
  ChildProcess(pid_t id, FileDescriptor output);
  // Kills it and waits for it.
  void End();

  pid_t id_;  // 0: moved from.
  FileDescriptor output_;
  std::string read_;  // Of its standard output, and not yet returned.
  std::optional<int> status_;
};

}  // namespace reprise

#endif  // TESTS_REAL_CHILD_PROCESS_H_
