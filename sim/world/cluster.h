// Cluster: servers with one program that know one another, and their clients.
//
// Requires: it outlives the tasks of its nodes, as what a scenario owns does.
//
//   Cluster servers(world, "server", 5,
//                   [](Env& env, const std::vector<NodeId>& servers) {
//                     RaftServer(env, servers).Run();
//                   });
//   servers.AddClients("client", 3, [&](Env& env, int number) {
//     Client client(env, servers.addresses(), number);
//     ...
//   });
//   servers.CrashAll();
//   servers.RestartAll();

#ifndef REPRISE_SIM_WORLD_CLUSTER_H_
#define REPRISE_SIM_WORLD_CLUSTER_H_

#include <cstddef>
#include <functional>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"
#include "reprise/text/text_view.h"

namespace reprise {

class Cluster {
 public:
  // What each server runs at its start and at each restart. `servers` are the
  // addresses of all of them, its own included.
  using Program =
      std::function<void(Env& env, const std::vector<NodeId>& servers)>;
  // What each client does once; they are numbered from 0.
  using Work = std::function<void(Env& env, int number)>;

  // Adds the nodes ROLE-0, ROLE-1 ... to `world`, which must outlive this.
  Cluster(World& world, TextView role, int count, Program program);
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  const std::vector<NodeId>& addresses() const { return addresses_; }
  size_t size() const { return addresses_.size(); }
  Node& node(size_t server) { return world_.node(addresses_[server]); }

  // Adds nodes ROLE-0 ... that do `work`, and returns their addresses.
  std::vector<NodeId> AddClients(TextView role, int count, const Work& work);

  // Crashes those that are up, and runs those that are down again.
  void CrashAll();
  void RestartAll();

 private:
  World& world_;
  const Program program_;
  std::vector<NodeId> addresses_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_CLUSTER_H_
