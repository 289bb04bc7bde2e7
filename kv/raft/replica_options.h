// What may be set of a Replica (replica.h).

#ifndef REPRISE_KV_RAFT_REPLICA_OPTIONS_H_
#define REPRISE_KV_RAFT_REPLICA_OPTIONS_H_

#include <vector>

#include "reprise/kv/raft/archive.h"
#include "reprise/kv/raft/observer.h"
#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/kv/storage/journal.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv::raft {

// What the node of a server that leads is labelled (Env::Label).
inline constexpr char kLeaderLabel[] = "leader";

struct ReplicaOptions {
  // The voters that the cluster began with, the same on all of them. A server
  // that is to be added later begins with none.
  std::vector<NodeId> first_members = {};
  Options raft = {};
  JournalOptions journal = {};
  Rules rules = {};
  Observer* observer = nullptr;
  bool rejoins = true;
  // The last version of messages and files that this server knows (archive.h):
  // it reads this one and those before it. It writes messages of it to servers
  // that know it as well, and files of it once all members do. So a server may
  // go back to an earlier version as long as one member was never started with
  // the later one.
  Version version = kLastVersion;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_REPLICA_OPTIONS_H_
