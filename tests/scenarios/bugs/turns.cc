#include "tests/scenarios/bugs/turns.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/kv/service.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"

namespace reprise {
namespace {

using Reply = absl::StatusOr<Bytes>;

// The answer to a request of which nothing is known yet.
Reply EmptyAnswer(const Bytes& message) {
  const absl::StatusOr<kv::Request> request = kv::DecodeRequest(message);
  if (!request.ok()) return request.status();
  return kv::EncodeReply(
      {.kind = request->kind, .sequence = request->sequence, .value = ""});
}

// A request is handled by a task of its own. The handler gives up its turn once
// and answers with what that task has left.
void TurnTakenForCompletion(Env& env) {
  kv::Service service;
  std::map<uint64_t, Reply> replies;
  uint64_t requests = 0;
  env.network().Serve(kv::kMethod, [&](NodeId, const Bytes& message) -> Reply {
    const uint64_t number = ++requests;
    env.tasks().Spawn("apply", [&service, &replies, number, message] {
      replies.emplace(number, service.Handle(message));
    });
    env.tasks().Yield();
    auto reply = replies.extract(number);
    return reply.empty() ? EmptyAnswer(message) : std::move(reply.mapped());
  });
  env.tasks().WaitUntilStopped();
}

}  // namespace

std::vector<Bug> TurnBugs() {
  return {
      {.listing = {.name = "turn-taken-for-completion",
                   .about = "a handler gives up its turn once and takes the "
                            "task that it started for finished",
                   .scenario = "swarm-random-keys",
                   .property = "linearizability",
                   .blamed = {"* PASSED", "* FORGOTTEN"}},
       .server = TurnTakenForCompletion},
  };
}

}  // namespace reprise
