// EnvRig: nodes on one kind of Env, for tests that hold every kind of Env to
// the same promises.
//
// Guarantees: nothing hangs: a run that waits for ever, or for too long, ends
// with an error. When Run has returned, all tasks have unwound. Programs of
// different nodes may run in parallel, so what they share is atomic, or read
// when Run or Crash has returned.
//
//   NodeId server = rig.AddNode("server", [](Env& env) {
//     env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
//     env.tasks().WaitUntilStopped();
//   });
//   absl::Status status = rig.Run([&](Env& env) {
//     EXPECT_EQ(*env.network().Call(server, "echo", "x"), "x");
//   });

#ifndef REPRISE_SIM_ENV_TESTING_ENV_RIG_H_
#define REPRISE_SIM_ENV_TESTING_ENV_RIG_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/offers.h"
#include "reprise/sim/env/env.h"

namespace reprise {

// What some kinds of Env can show and others cannot.
enum class RigTrait {
  kDeliversAll,        // Nothing is lost, doubled or late on the network.
  kTellsOfLosses,      // A call that cannot be answered any more fails at once.
  kKeepsUnsynced,      // A crash keeps what was written and not synced.
  kForgetsUnsynced,    // A crash loses what was written and not synced.
  kDiskOutlivesCrash,  // What was opened before a crash can be used after it.
  kOneThread,          // The tasks of all nodes run one at a time.
};

class EnvRig {
 public:
  using Program = std::function<void(Env&)>;

  virtual ~EnvRig() = default;

  virtual bool Has(RigTrait trait) const = 0;

  // A node that runs `program` when Run begins and at each restart. Ids count
  // from 0. Requires that Run has not begun, and that the program waits until
  // its node stops.
  virtual NodeId AddNode(std::string_view name, Program program) = 0;

  // Runs the nodes, and one more of the name "main" that runs `main`, until it
  // has returned; then unwinds the tasks of all. Call once. Errors: what a task
  // threw, who waits for ever, or that it took too long.
  virtual absl::Status Run(Program main) = 0;

  // What tasks of "main" may do to other nodes: crash one, so that its tasks
  // have unwound on return, and run the program of one that crashed again, with
  // the disk that it had.
  virtual void Crash(NodeId node) = 0;
  virtual void Restart(NodeId node) = 0;

  // What the nodes have logged at LogLevel::kInfo and above, a line each. Call
  // it after Run.
  virtual std::vector<std::string> LoggedLines() const = 0;

  // What nodes offer, for main to look at; null: nobody can.
  virtual const Offers* offers() const { return nullptr; }
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_TESTING_ENV_RIG_H_
