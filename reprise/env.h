// All that code under test may use: clock, network, disk, chance and tasks of
// its node, and what tasks need to wait for one another. Includes nothing of
// the simulator's worlds and trials.
//
// Guarantees: what is reached through an Env is a function of the seed.
//
// Requires: C++20, and a dependency on @reprise//:env or reprise::env.
//
//   #include "reprise/env.h"
//
//   void Serve(reprise::Env& env) {
//     env.network().Serve("echo", [](reprise::NodeId, reprise::Bytes request) {
//       return request;
//     });
//     env.tasks().WaitUntilStopped();
//   }

#ifndef REPRISE_ENV_H_
#define REPRISE_ENV_H_

#if __cplusplus < 202002L
#error Reprise needs C++20. Bazel: add "build --cxxopt=-std=c++20" to \
.bazelrc, or import reprise/tools/bazel/dependents.bazelrc. CMake: link \
reprise::env.
#else

#include "reprise/sim/core/channel.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/chrono.h"
#include "reprise/sim/core/fault_site.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/task_handle.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/core/wait_group.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/clock.h"
#include "reprise/sim/env/combine.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/env/offered.h"
#include "reprise/sim/env/quorum_call.h"
#include "reprise/sim/env/random.h"
#include "reprise/sim/env/tasks.h"
#include "reprise/sim/env/thread.h"
#include "reprise/sim/env/timer.h"

#endif  // C++20

#endif  // REPRISE_ENV_H_
