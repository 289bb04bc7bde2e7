// Catalog: what there is to simulate of the server.

#ifndef KV_CATALOG_H_
#define KV_CATALOG_H_

#include "kv/server.h"
#include "reprise/reprise.h"

namespace kv {

inline void Number(reprise::Trial& trial) {
  reprise::World& world = trial.NewWorld(reprise::fault::Lab{});
  reprise::Node& server = world.AddNode("server");
  server.OnBoot([](reprise::Env& env) { Server(env).Run(); });
  reprise::Bytes answer;
  world.AddNode("client").Spawn([&](reprise::Env& env) {
    answer = env.network().Call(server.id(), "number", "", {}).value();
  });
  trial.Run();
  trial.Expect(answer == "1", "numbered", "the first answer is not 1");
}

inline reprise::Catalog Catalog() {
  return {.scenarios = {{.name = "number",
                         .about = "one client asks for a number",
                         .run = Number,
                         .sweep_seeds = 20}},
          .program = "clash"};
}

}  // namespace kv

#endif  // KV_CATALOG_H_
