#include "tests/replicated/cluster.h"

#include <cstddef>
#include <functional>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace reprise {

void StoreCluster::AddServers(int count) {
  for (int i = 0; i < count; ++i) {
    first_members_.push_back(NodeId(static_cast<uint32_t>(i)));
  }
  for (int i = 0; i < count; ++i) Add(/*is_member=*/true);
}

NodeId StoreCluster::AddSpare() { return Add(/*is_member=*/false); }

NodeId StoreCluster::Add(bool is_member) {
  const size_t i = servers_.size();
  Node& node = world_.AddNode(absl::StrCat("server-", i));
  servers_.push_back(node.id());
  up_.push_back(nullptr);
  versions.emplace_back();
  node.OnBoot([this, i, is_member](Env& env) {
    kv::ReplicatedServerOptions own = options;
    if (is_member) own.replica.first_members = first_members_;
    if (versions[i].has_value()) own.replica.version = *versions[i];
    kv::ReplicatedServer server(env, own);
    const absl::Cleanup down = [this, i] { up_[i] = nullptr; };
    up_[i] = &server;
    failures_.push_back(server.Run());
  });
  return node.id();
}

bool StoreCluster::Run(std::function<void(Env&)> client, Duration time_max) {
  bool is_done = false;
  world_.AddNode("client").Spawn([&](Env& env) {
    client(env);
    is_done = true;
    world_.scheduler().Stop();
  });
  (void)world_.RunUntil(VirtualTime() + time_max);
  world_.End();
  return is_done;
}

const kv::raft::Consensus* StoreCluster::consensus(size_t i) {
  return up_[i] == nullptr || !up_[i]->IsServing()
             ? nullptr
             : &up_[i]->replica().consensus();
}

size_t StoreCluster::AwaitLeader(Env& env) {
  while (true) {
    std::optional<size_t> leads;
    for (size_t i = 0; i < servers_.size(); ++i) {
      const kv::raft::Consensus* const server = consensus(i);
      if (server == nullptr || server->role() != kv::raft::Role::kLeader) {
        continue;
      }
      if (!leads.has_value() || server->term() > consensus(*leads)->term()) {
        leads = i;
      }
    }
    if (leads.has_value()) return *leads;
    env.clock().SleepFor(Milliseconds(5));
  }
}

}  // namespace reprise
