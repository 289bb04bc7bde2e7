// SecondProcess: this program, started once more to run trials elsewhere.
//
// The new process has addresses of its own, fills allocated and freed memory
// with other bytes, and has another environment. It runs the same main() with
// the same arguments, up to the place in the code that serves its parent.
//
// Guarantees: messages arrive whole and in order. The process ends when the
// object is destroyed and when its parent ends. Its standard output is
// discarded, and its standard error is kept until it is asked for. Neither that
// nor the connection takes the place of standard input, output or error, even
// where one of these is closed.
//
//   auto process = SecondProcess::Start({.place = "lab-basic"});
//   (*process)->channel().Send("question");
//   std::optional<std::string> answer = (*process)->channel().Receive();
//
// and in the other process, where it is ready to serve:
//
//   if (std::optional<ProcessChannel> parent = ParentChannel("lab-basic")) ...

#ifndef REPRISE_SIM_EXPLORE_REPEAT_SECOND_PROCESS_H_
#define REPRISE_SIM_EXPLORE_REPEAT_SECOND_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/isolation/kept_errors.h"
#include "reprise/sim/explore/isolation/process_channel.h"

namespace reprise {

struct SecondProcessOptions {
  // The place in the program that is to serve; see ParentChannel.
  std::string place = {};
  // The new process gets the arguments of this one, and then these.
  std::vector<std::string> more_arguments = {};
};

class SecondProcess {
 public:
  // Errors: Unavailable if the process could not be started, or ended before it
  // served, with what it printed.
  static absl::StatusOr<std::unique_ptr<SecondProcess>> Start(
      const SecondProcessOptions& options);
  ~SecondProcess();
  SecondProcess(const SecondProcess&) = delete;
  SecondProcess& operator=(const SecondProcess&) = delete;

  ProcessChannel& channel() { return *channel_; }

  // Waits for the end of the process and says how it ended: "ended with status
  // 1", "was stopped by signal 6 (Aborted)".
  std::string DescribeEnd();

  // What it wrote to standard error and was not forgotten.
  std::string TakeErrors() { return errors_.Take(); }
  // Requires that it waits for a message.
  void ForgetErrors() { errors_.Clear(); }

  bool HasEnded() const { return !channel_ || channel_->WaitUntilClosed(0); }

  // In a process that was forked from the one that started this: closes the
  // channel and lets the process be.
  void Leave();
  // In such a process: uses the channel from now on, where nobody else does
  // until that process ends. What this says of an end is then taken from
  // /proc, and the process that started it is the one that waits for it.
  void Borrow() {
    is_borrowed_ = true;
    channel_->Adopt();
  }
  // Ends the process without waiting for it. Returns its id, to be waited for
  // later; 0: it was waited for.
  pid_t Abandon();

 private:
  SecondProcess(pid_t id, ProcessChannel channel, KeptErrors errors)
      : id_(id), channel_(std::move(channel)), errors_(std::move(errors)) {}

  pid_t id_;  // 0 once its end was waited for.
  bool is_borrowed_ = false;
  std::optional<ProcessChannel> channel_;
  KeptErrors errors_;
};

// Whether this process was started by SecondProcess::Start.
bool IsSecondProcess();

// The channel to this process's parent, if the parent asked for `place`; none
// otherwise, and none after the first call that returned one. Tells the parent
// that it is served from now on.
std::optional<ProcessChannel> ParentChannel(std::string_view place);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPEAT_SECOND_PROCESS_H_
