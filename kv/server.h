// Server: the key/value server as the program of one node.
//
// Guarantees: as Service, over the node's network.
//
//   node.OnBoot([](Env& env) { kv::Server(env).Run(); });

#ifndef REPRISE_KV_SERVER_H_
#define REPRISE_KV_SERVER_H_

#include <memory>

#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/service.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv {

class Server {
 public:
  explicit Server(Env& env, std::unique_ptr<DuplicateTable> duplicates =
                                std::make_unique<LastRequestTable>());

  // Serves until the node stops. Call once.
  void Run();

 private:
  void Dawdle();

  Env& env_;
  Service service_;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_SERVER_H_
