#include "tests/scenarios/bugs/bugs.h"

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/server.h"
#include "reprise/sim/core/memory_account.h"
#include "tests/scenarios/bugs/clerk_envs.h"
#include "tests/scenarios/bugs/damaged_replicas.h"
#include "tests/scenarios/bugs/durable_servers.h"
#include "tests/scenarios/bugs/handlers.h"
#include "tests/scenarios/bugs/locks.h"
#include "tests/scenarios/bugs/raft_rules.h"
#include "tests/scenarios/bugs/replicas.h"
#include "tests/scenarios/bugs/shipped_replicas.h"
#include "tests/scenarios/bugs/shipped_rules.h"
#include "tests/scenarios/bugs/tables.h"
#include "tests/scenarios/bugs/turns.h"

namespace reprise {
namespace {

std::vector<Bug> ListBugs() {
  std::vector<Bug> all;
  for (const auto& file :
       {TableBugs(), HandlerBugs(), ClerkBugs(), DurableServerBugs(),
        RaftRuleBugs(), ShippedRuleBugs(), ReplicaBugs(), ShippedReplicaBugs(),
        DamagedReplicaBugs(), LockBugs(), TurnBugs()}) {
    all.insert(all.end(), file.begin(), file.end());
  }
  return all;
}

}  // namespace

const std::vector<Bug>& AllBugs() {
  // Each clerk and each boot of a server asks for them.
  static const auto* const kBugs = new std::vector<Bug>(ListBugs());
  return *kBugs;
}

const Bug& BugNamed(std::string_view name) {
  const FrameworkMemoryScope scope;
  static const auto* const kNone = new Bug;
  if (name.empty()) return *kNone;
  for (const Bug& planted : AllBugs()) {
    if (planted.listing.name == name) return planted;
  }
  return *kNone;
}

std::function<void(Env&)> ServerOf(std::string_view bug) {
  const Bug& planted = BugNamed(bug);
  if (planted.server != nullptr) return planted.server;
  return [](Env& env) { kv::Server(env).Run(); };
}

std::function<absl::Status(Env&)> DurableServerOf(std::string_view bug) {
  const Bug& planted = BugNamed(bug);
  if (planted.durable_server != nullptr) return planted.durable_server;
  return RightDurableServer;
}

std::unique_ptr<Env> ClerkEnvOf(std::string_view bug, Env& env) {
  const Bug& planted = BugNamed(bug);
  return planted.clerk_env == nullptr ? nullptr : planted.clerk_env(env);
}

std::unique_ptr<Env> ReplicaClerkEnvOf(std::string_view bug, Env& env) {
  const Bug& planted = BugNamed(bug);
  return planted.replica_clerk_env == nullptr ? nullptr
                                              : planted.replica_clerk_env(env);
}

locks::LockRules LockRulesOf(std::string_view bug, Env& env) {
  locks::LockRules rules;
  const Bug& planted = BugNamed(bug);
  if (planted.lock_rules != nullptr) planted.lock_rules(rules, env);
  return rules;
}

}  // namespace reprise
