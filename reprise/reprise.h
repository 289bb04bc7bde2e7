// All that an author of scenarios needs: worlds and their faults, trials,
// recorders, models, and the command line.
//
// Guarantees: macros of its own begin with REPRISE_, names are in the namespace
// reprise, paths below reprise/.
//
// Requires: C++20, and a dependency on @reprise//:reprise or reprise::reprise.
// Sweeps under GoogleTest are in reprise/sim/explore/testing/seed_sweep.h.
//
//   #include "reprise/reprise.h"
//
//   void Idle(reprise::Trial& trial) {
//     trial.NewWorld(reprise::fault::Calm{}).AddNode("server");
//     trial.Run();
//   }
//   int main(int argc, char** argv) {
//     return reprise::cli::Main(argc, argv, {.scenarios = {{"idle", ...}}});
//   }

#ifndef REPRISE_REPRISE_H_
#define REPRISE_REPRISE_H_

#if __cplusplus < 202002L
#error Reprise needs C++20. Bazel: add "build --cxxopt=-std=c++20" to \
.bazelrc, or import reprise/tools/bazel/dependents.bazelrc. CMake: link \
reprise::reprise.
#else

#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/model/named.h"
#include "reprise/checker/models/catalog.h"
#include "reprise/checker/models/counter.h"
#include "reprise/checker/models/fenced_lease.h"
#include "reprise/checker/models/growing_set.h"
#include "reprise/checker/models/log.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/register.h"
#include "reprise/checker/models/set.h"
#include "reprise/checker/models/stack.h"
#include "reprise/checker/models/unique_ids.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/env.h"
#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/memory_properties.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/cluster.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/partition.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

#endif  // C++20

#endif  // REPRISE_REPRISE_H_
