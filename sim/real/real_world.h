// RealWorld: nodes on a real machine, as World is nodes in a simulation. It is
// one thread; a program has as many as it wants threads.
//
// Guarantees: the tasks of its nodes run one at a time, on the same fibers and
// with the same synchronisation as in a simulation. Code that takes all from
// its Env runs unchanged: what a World tests, a RealWorld runs.
//
// Requires that one thread makes it, adds its nodes, runs it and destroys it:
// its tasks take their stacks from that thread. Stop() alone is for any thread.
//
//   RealWorld world;
//   absl::StatusOr<RealNode*> server = world.AddNode(
//       {.name = "server", .listen = *ParseAddress("127.0.0.1:7000")});
//   if (!server.ok()) ...
//   (*server)->OnBoot([](Env& env) { kv::Server(env).Run(); });
//   world.StopOnSignals();
//   absl::Status status = world.Run();

#ifndef REPRISE_SIM_REAL_REAL_WORLD_H_
#define REPRISE_SIM_REAL_REAL_WORLD_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/real_node.h"

namespace reprise {

struct RealWorldOptions {
  // How long requests in progress may go on once the world is to stop.
  Duration grace = Seconds(5);
};

class RealWorld {
 public:
  explicit RealWorld(const RealWorldOptions& options = {});
  ~RealWorld();
  RealWorld(const RealWorld&) = delete;
  RealWorld& operator=(const RealWorld&) = delete;

  // A node that lives as long as the world. Errors: as RealNode::Open.
  absl::StatusOr<RealNode*> AddNode(const RealNodeOptions& options);

  // Runs until every node is done (its tasks have ended and it serves nothing)
  // or the world is to stop. Then the nodes' tasks unwind, newest first. Call
  // once.
  // Errors: Internal for an exception of a task, of which the message tells.
  absl::Status Run();

  // Ends Run in good order: no connection and no request is taken any more;
  // requests in progress are answered, for as long as the options say; what was
  // written leaves. A second call ends it at once. May be called by any thread.
  void Stop();
  // From now on SIGTERM and SIGINT do what Stop does. One world of a program
  // may.
  void StopOnSignals();
  // Whether it is to stop; for code of its own thread.
  bool IsStopping() const { return stop_at_.has_value(); }

  EventLoop& loop() { return loop_; }

 private:
  class Alarm;
  struct Signals;

  bool IsDone() const;
  void BeginToStop();
  void EndNodes();

  const RealWorldOptions options_;
  EventLoop loop_;
  std::unique_ptr<Signals> signals_;  // Null: they are left alone.
  std::vector<std::unique_ptr<RealNode>> nodes_;
  // When it ends at the latest; none: it is not to stop.
  std::optional<VirtualTime> stop_at_;
  std::unique_ptr<Alarm> alarm_;  // Goes off then.
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_WORLD_H_
