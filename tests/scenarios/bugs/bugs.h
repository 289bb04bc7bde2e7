// The planted bugs: wrong servers and clerks, each made from the right one by
// replacing its duplicate table or a rule of Raft, by wrapping its handler, or
// by getting between a clerk or a server and its Env. Each must be found; that
// shows that the properties can fail.
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
#include "tests/lock_service/lock_rules.h"
#include "tests/scenarios/bugs/bug.h"

namespace reprise {

// Made once, at the first call.
const std::vector<Bug>& AllBugs();

// One that changes nothing where `name` is that of no bug.
const Bug& BugNamed(std::string_view name);

// The server's program with this bug; the right one where the bug is not the
// server's or is "".
std::function<void(Env&)> ServerOf(std::string_view bug);
std::function<absl::Status(Env&)> DurableServerOf(std::string_view bug);

// What a clerk with this bug uses instead of `env`; null: `env` itself.
std::unique_ptr<Env> ClerkEnvOf(std::string_view bug, Env& env);
// And a clerk of the replicated store.
std::unique_ptr<Env> ReplicaClerkEnvOf(std::string_view bug, Env& env);

// The rules of the lock service on the node of `env`, with this bug.
locks::LockRules LockRulesOf(std::string_view bug, Env& env);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_BUGS_H_
