// ProcessChannel: one end of a connection between two processes of this
// machine, over which they send each other whole messages.
//
//   std::optional<ChannelPair> pair = ConnectProcesses();
//   pair->here.Send("what?");
//   std::optional<std::string> answer = pair->here.Receive();

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_CHANNEL_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_CHANNEL_H_

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace reprise {

// For one thread at a time, of the process that made it or adopted it last: a
// process that code under test forks finds the other one gone.
class ProcessChannel {
 public:
  explicit ProcessChannel(int descriptor);
  ProcessChannel(ProcessChannel&& other) noexcept;
  ProcessChannel& operator=(ProcessChannel&&) = delete;
  ~ProcessChannel();

  // `message` is at most 4 GiB long. False: the other process is gone.
  bool Send(std::string_view message);
  // Waits for the next message. None: the other process is gone.
  std::optional<std::string> Receive();
  // In a forked process: this is its channel from now on.
  void Adopt();
  bool IsOwn() const;
  // Whether somebody closed this end behind its back, as code does that closes
  // all descriptors there may be.
  bool WasClosed() const;
  // Waits at most so many milliseconds for the other process to be gone; true
  // if it is. Another thread may use the channel meanwhile.
  bool WaitUntilClosed(int milliseconds) const;
  // Lets the other process see this one as gone, whoever else, such as a forked
  // process, holds this end.
  void HangUp();

  // For poll(2): readable when a message comes or the other process is gone.
  int descriptor() const { return descriptor_; }

 private:
  bool ReceiveBytes(char* bytes, size_t size);

  int descriptor_;
  pid_t owner_;
};

struct ChannelPair {
  ProcessChannel here;
  ProcessChannel there;
};

// Moves a descriptor that a new program does not inherit to where it takes the
// place of no standard stream, which may be closed, and returns its new number.
// -1, with errno set, where the system refuses or `descriptor` is negative.
int MoveAboveStreams(int descriptor);

// Two connected ends that a new program does not inherit, unless they are
// handed to it. None, with errno set, where the system refuses.
std::optional<ChannelPair> ConnectProcesses();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_PROCESS_CHANNEL_H_
