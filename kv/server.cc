#include "kv/server.h"

#include <memory>
#include <utility>

#include "kv/wire.h"

namespace reprise::kv {

Server::Server(Env& env, std::unique_ptr<DuplicateTable> duplicates)
    : env_(env), service_(std::move(duplicates)) {}

void Server::Run() {
  env_.network().Serve(kMethod, [this](NodeId, Bytes request) {
    return service_.Handle(request);
  });
  env_.tasks().WaitUntilStopped();
}

}  // namespace reprise::kv
