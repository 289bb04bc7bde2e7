// PropertyObserver: tells RaftProperties what the servers of a trial do.
//
// One for all servers of a trial. What it keeps is charged to none of them.
//
//   PropertyObserver observer(properties);
//   kv::ReplicatedServer server(env, {.replica = {.observer = &observer}});

#ifndef TESTS_SCENARIOS_RAFT_PROPERTY_OBSERVER_H_
#define TESTS_SCENARIOS_RAFT_PROPERTY_OBSERVER_H_

#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/observer.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/memory_account.h"
#include "tests/scenarios/raft/properties.h"

namespace reprise {

class PropertyObserver final : public kv::raft::Observer {
 public:
  using Server = kv::raft::Consensus;
  using Index = kv::raft::Index;

  // `properties` must outlive it.
  explicit PropertyObserver(RaftProperties& properties)
      : properties_(properties) {}

  void OnStart(const Server& server) override {
    const FrameworkMemoryScope scope;
    properties_.Start(server.self(), server.log(), server.IsAmnesiac());
    properties_.Enter(server.self(), server.term());
  }
  void OnRole(const Server& server) override {
    const FrameworkMemoryScope scope;
    properties_.Enter(server.self(), server.term());
    properties_.SetAmnesiac(server.self(), server.IsAmnesiac());
    if (Leads(server)) properties_.Lead(server.self(), server.term());
  }
  void OnAppend(const Server& server, Index index) override {
    const FrameworkMemoryScope scope;
    properties_.Append(server.self(), index, server.log().At(index));
  }
  void OnTruncate(const Server& server, Index index) override {
    properties_.Truncate(server.self(), index, Leads(server));
  }
  void OnSnapshot(const Server& server,
                  const kv::raft::Snapshot& snapshot) override {
    const FrameworkMemoryScope scope;
    const Index last = snapshot.last.index;
    properties_.Install(server.self(), snapshot.last,
                        server.log().last_index() > last);
  }
  void OnDurable(const Server& server, kv::raft::Position last) override {
    properties_.MakeDurable(server.self(), last);
  }
  void OnCommit(const Server& server) override {
    const FrameworkMemoryScope scope;
    properties_.Commit(server.self(), server.commit(), server.term(),
                       Leads(server), server.membership());
  }
  void OnApply(const Server& server, Index index) override {
    properties_.Apply(server.self(), index);
    properties_.HoldLog(server.self(), server.log().bytes());
  }
  void OnRead(const Server& server, bool is_by_lease) override {
    if (is_by_lease) properties_.ReadByLease(server.self(), server.term());
  }

 private:
  static bool Leads(const Server& server) {
    return server.role() == kv::raft::Role::kLeader;
  }

  RaftProperties& properties_;
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_PROPERTY_OBSERVER_H_
