#include "kv/server.h"

#include <string>

namespace kv {

void Server::Run() {
  env_.network().Serve("number", [this](reprise::NodeId, reprise::Bytes) {
    return std::to_string(++requests_);
  });
  env_.tasks().WaitUntilStopped();
}

}  // namespace kv
