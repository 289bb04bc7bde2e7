// Bug: a planted bug, with the code that replaces the right one.
//
// A file of bugs has their code and, below it, one row for each in the list
// that it offers.
//
//   {.listing = {.name = "get-creates-entry", ...}, .server = RunWith<...>}

#ifndef TESTS_SCENARIOS_BUGS_BUG_H_
#define TESTS_SCENARIOS_BUGS_BUG_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/lock_service/lock_rules.h"

namespace reprise {

struct Bug {
  PlantedBug listing = {};
  // The program of the server; null: the right one.
  std::function<void(Env&)> server = {};
  // The program of the server that keeps its state on its disk; null: the right
  // one. It returns what kv::DurableServer::Run does.
  std::function<absl::Status(Env&)> durable_server = {};
  // What a clerk gets instead of its Env; null: the Env itself.
  std::function<std::unique_ptr<Env>(Env&)> clerk_env = {};
  // Changes how a server of the replicated store is made; null: not at all.
  std::function<void(kv::ReplicatedServerOptions&)> replica = {};
  // What such a server gets instead of its Env; null: the Env itself.
  std::function<std::unique_ptr<Env>(Env&)> replica_env = {};
  // And what a clerk of the replicated store gets.
  std::function<std::unique_ptr<Env>(Env&)> replica_clerk_env = {};
  // Replaces rules of the lock service on a node; null: none.
  std::function<void(locks::LockRules&, Env&)> lock_rules = {};
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_BUG_H_
