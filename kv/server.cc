#include "reprise/kv/server.h"

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/fault_site.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv {

Server::Server(Env& env, std::unique_ptr<DuplicateTable> duplicates)
    : env_(env), service_(std::move(duplicates)) {}

void Server::Run() {
  env_.network().Serve(kMethod, [this](NodeId, const Bytes& request) {
    if (FaultSite("kv.request-late")) Dawdle();
    absl::StatusOr<Bytes> reply = service_.Handle(request);
    if (FaultSite("kv.reply-late")) Dawdle();
    return reply;
  });
  env_.tasks().WaitUntilStopped();
}

// As long as a server under load may take, and longer than clerks are patient.
void Server::Dawdle() {
  Reached("kv.server.dawdled"_mark);
  env_.clock().SleepFor(Milliseconds(env_.random().Uniform(1, 200)));
}

}  // namespace reprise::kv
