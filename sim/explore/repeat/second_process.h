// SecondProcess: this program, started once more to run trials elsewhere.
//
// The new process has other addresses (those of its own start), another fill of
// allocated and freed memory, and another environment. It runs the same main()
// with the same arguments, up to the place that serves its parent.
//
// Guarantees: messages arrive whole and in order; the process ends when the
// object does or when its parent dies. Its standard output goes nowhere; its
// standard error is this process's.
//
//   auto process = SecondProcess::Start({.place = "lab-basic"});
//   (*process)->channel().Send("question");
//   std::optional<std::string> answer = (*process)->channel().Receive();
//
// and in the other process, where it is ready to serve:
//
//   if (std::optional<Channel> parent = ParentChannel("lab-basic")) ...

#ifndef REPRISE_SIM_EXPLORE_REPEAT_SECOND_PROCESS_H_
#define REPRISE_SIM_EXPLORE_REPEAT_SECOND_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace reprise {

// One end of a connection between two processes. For one thread at a time.
class Channel {
 public:
  explicit Channel(int descriptor) : descriptor_(descriptor) {}
  Channel(Channel&& other) noexcept;
  Channel& operator=(Channel&&) = delete;
  ~Channel();

  // Of at most 4 GiB. False: the other process is gone.
  bool Send(std::string_view message);
  // Nothing: the other process is gone.
  std::optional<std::string> Receive();

 private:
  bool ReceiveBytes(char* bytes, size_t size);

  int descriptor_;
};

struct SecondProcessOptions {
  // Which place in the program is to serve.
  std::string place = {};
  // Behind the arguments that this process was started with.
  std::vector<std::string> more_arguments = {};
};

class SecondProcess {
 public:
  // Unavailable where it could not be started or ended before it served.
  static absl::StatusOr<std::unique_ptr<SecondProcess>> Start(
      const SecondProcessOptions& options);
  ~SecondProcess();
  SecondProcess(const SecondProcess&) = delete;
  SecondProcess& operator=(const SecondProcess&) = delete;

  Channel& channel() { return *channel_; }

  // After it is gone: "ended with status 1", "was stopped by signal 6
  // (Aborted)". Waits for its end.
  std::string DescribeEnd();

 private:
  SecondProcess(pid_t id, int descriptor) : id_(id), channel_(descriptor) {}

  pid_t id_;  // 0: nobody to wait for any more.
  std::optional<Channel> channel_;
};

// Whether this process was started by SecondProcess::Start.
bool IsSecondProcess();

// The way to this process's parent, once, where it asked for `place`. Tells the
// parent that it is served from now on.
std::optional<Channel> ParentChannel(std::string_view place);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPEAT_SECOND_PROCESS_H_
