#include "reprise/sim/world/cluster.h"

#include <utility>

#include "reprise/sim/core/memory_account.h"

namespace reprise {

Cluster::Cluster(World& world, TextView role, int count, Program program)
    : world_(world), program_(std::move(program)) {
  for (int number = 0; number < count; ++number) {
    Node& node = world_.AddNode(NodeName(role, number));
    addresses_.push_back(node.id());
    node.OnBoot([this](Env& env) { program_(env, addresses_); });
  }
}

std::vector<NodeId> Cluster::AddClients(TextView role, int count,
                                        const Work& work) {
  const FrameworkMemoryScope scope;
  std::vector<NodeId> clients;
  for (int number = 0; number < count; ++number) {
    Node& node = world_.AddNode(NodeName(role, number));
    clients.push_back(node.id());
    node.Spawn([work, number](Env& env) { work(env, number); });
  }
  return clients;
}

void Cluster::CrashAll() {
  for (size_t server = 0; server < size(); ++server) {
    if (node(server).IsUp()) node(server).Crash();
  }
}

void Cluster::RestartAll() {
  for (size_t server = 0; server < size(); ++server) {
    if (!node(server).IsUp()) node(server).Restart();
  }
}

}  // namespace reprise
