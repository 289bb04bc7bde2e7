// All that a program needs to run nodes on a real machine: RealWorld, in place
// of World. The code of the nodes includes reprise/env.h and stays as it is.
//
// Requires: C++20, and a dependency on @reprise//:real or reprise::real.
//
//   #include "reprise/real.h"
//
//   reprise::RealWorld world;
//   auto server = world.AddNode(
//       {.name = "server",
//        .listen = *reprise::ParseAddress("127.0.0.1:7000")});
//   if (!server.ok()) ...
//   (*server)->OnBoot([](reprise::Env& env) { Serve(env); });
//   world.StopOnSignals();
//   absl::Status status = world.Run();

#ifndef REPRISE_REAL_H_
#define REPRISE_REAL_H_

#include "reprise/env.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/limits.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_member.h"
#include "reprise/sim/real/real_node.h"
#include "reprise/sim/real/real_world.h"

#endif  // REPRISE_REAL_H_
