// The planted bugs: wrong servers and clerks, each made from the right one by
// replacing its duplicate table, by wrapping its handler, or by getting between
// a clerk or a server and its Env. Each must be found; that shows that the
// properties can fail.
//
//   server.OnBoot(ServerOf(trial.bug()));

#ifndef TESTS_SCENARIOS_BUGS_BUGS_H_
#define TESTS_SCENARIOS_BUGS_BUGS_H_

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

struct Bug {
  PlantedBug listing;
  // The program of the server; null: the right one.
  std::function<void(Env&)> server = {};
  // The program of the server that keeps its state on its disk; null: the right
  // one. It answers as kv::DurableServer::Run.
  std::function<absl::Status(Env&)> durable_server = {};
  // What a clerk gets instead of its Env; null: the Env itself.
  std::function<std::unique_ptr<Env>(Env&)> clerk_env = {};
};

std::vector<Bug> AllBugs();

// The server's program with this bug; the right one where the bug is not the
// server's or is "".
std::function<void(Env&)> ServerOf(std::string_view bug);
std::function<absl::Status(Env&)> DurableServerOf(std::string_view bug);

// What a clerk with this bug uses instead of `env`; null: `env` itself.
std::unique_ptr<Env> ClerkEnvOf(std::string_view bug, Env& env);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_BUGS_H_
