// ChildProcess: work in a process of its own, forked from this one.
//
// Guarantees: the child does `work` and nothing else; it ends when its parent
// does, and signals from the terminal are left to the parent. However it ends,
// the parent learns how. Its standard output is this process's. What it writes
// to standard error is kept, for the parent to hand on or to quote.
//
// Requires that no other thread of this process holds a lock that `work` needs.
//
//   auto child = ChildProcess::Start({}, [](ChildSide& side) {
//     side.channel.Send("done");
//   });
//   std::optional<std::string> answer = (*child)->channel().Receive();
//   ChildEnd end = (*child)->Wait();

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_CHILD_PROCESS_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_CHILD_PROCESS_H_

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/isolation/kept_errors.h"
#include "reprise/sim/explore/isolation/process_channel.h"
#include "reprise/sim/explore/isolation/shared_page.h"
#include "reprise/sim/explore/isolation/watched_process.h"

namespace reprise {

// What `work` is given.
struct ChildSide {
  ProcessChannel& channel;
  SharedPage& page;
};

// For `work`, after each trial: ends the process if the trial closed the
// channel, of which the parent learns as of a death.
void EndIfClosed(const ChildSide& side);

// How a process ended. `work` that returned ends with status 0.
struct ChildEnd {
  int status = 0;         // Its exit status; meaningless after a signal.
  int signal_number = 0;  // 0: it was not ended by a signal.
};

class ChildProcess {
 public:
  // Errors: ResourceExhausted if the system makes no process.
  static absl::StatusOr<std::unique_ptr<ChildProcess>> Start(
      const WatchOptions& options,
      const std::function<void(const ChildSide&)>& work);
  // Kills the process if it has not ended.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  ProcessChannel& channel() { return channel_; }
  SharedPage& page() { return page_; }

  // What it has written to standard error and has not been taken yet.
  std::string TakeErrors() { return errors_.Take(); }
  // Seconds of processor time that it has used; 0 once it has ended.
  double ProcessorSeconds() const;
  // Asks it to say where it is and to end, by SharedWords::must_end.
  void AskToEnd();
  void Kill();
  ChildEnd Wait();

 private:
  ChildProcess(ProcessChannel channel, KeptErrors errors)
      : channel_(std::move(channel)), errors_(std::move(errors)) {}

  ProcessChannel channel_;
  SharedPage page_;
  KeptErrors errors_;
  pid_t id_ = 0;  // 0 once its end was waited for.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_CHILD_PROCESS_H_
