// Env: the one door through which code under test meets the world.
//
// Each node has one. Code that takes all its time, chance, communication,
// storage and concurrency from an Env cannot tell whether it is simulated, and
// its runs can be repeated exactly. Waiting between tasks of one node is done
// with sim/core's Mutex, Condition, Channel, Future and WaitGroup.
//
//   void Run(Env& env) {
//     env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
//     env.tasks().WaitUntilStopped();
//   }

#ifndef REPRISE_SIM_ENV_ENV_H_
#define REPRISE_SIM_ENV_ENV_H_

#include <string_view>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/clock.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/env/random.h"
#include "reprise/sim/env/tasks.h"
#include "reprise/text/text_view.h"

namespace reprise {

class Env {
 public:
  virtual ~Env() = default;

  virtual NodeId id() const = 0;
  virtual std::string_view name() const = 0;

  virtual Clock& clock() = 0;
  virtual Network& network() = 0;
  virtual Random& random() = 0;
  virtual Tasks& tasks() = 0;
  // Outlives a crash of the node; sim/env/disk.h states what a crash leaves.
  virtual Disk& disk() = 0;

  // Says what the node is now, "leader", and that it is that no more; a node
  // that starts is nothing yet. The code sees no difference. A simulation may
  // aim its faults at a label (AimOptions, sim/world/faults.h).
  virtual void Label(TextView /*label*/) {}
  virtual void Unlabel(TextView /*label*/) {}

  // A line for people (sim/env/log.h). Where nobody listens it costs a branch;
  // it changes nothing, whoever listens.
  void Log(LogLevel level, TextView text, LogFields fields = {}) {
    if (IsLogged(level)) [[unlikely]] {
      WriteLog(level, text, fields);
    }
  }
  // Whether somebody listens, where it costs something to build the fields.
  virtual bool IsLogged(LogLevel /*level*/) const { return false; }
  // For Log().
  virtual void WriteLog(LogLevel /*level*/, std::string_view /*text*/,
                        LogFields /*fields*/) {}
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_ENV_H_
