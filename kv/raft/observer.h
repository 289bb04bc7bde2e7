// Observer: is told what a server does, for tests and metrics.
//
// None of the functions may suspend or call the server back.

#ifndef REPRISE_KV_RAFT_OBSERVER_H_
#define REPRISE_KV_RAFT_OBSERVER_H_

#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv::raft {

class Consensus;

class Observer {
 public:
  virtual ~Observer() = default;

  // It is what it was before a crash, or new.
  virtual void OnStart(const Consensus& /*server*/) {}
  // Its role or its term is another one, or it is not amnesiac any more.
  virtual void OnRole(const Consensus& /*server*/) {}
  // The entry at `index` has come to its log.
  virtual void OnAppend(const Consensus& /*server*/, Index /*index*/) {}
  // The entry at `index` and all behind it are about to go.
  virtual void OnTruncate(const Consensus& /*server*/, Index /*index*/) {}
  // Its log now begins behind a snapshot that was sent to it.
  virtual void OnSnapshot(const Consensus& /*server*/,
                          const Snapshot& /*snapshot*/) {}
  // Its log up to `last` is durable.
  virtual void OnDurable(const Consensus& /*server*/, Position /*last*/) {}
  // commit() has grown.
  virtual void OnCommit(const Consensus& /*server*/) {}
  // The entry at `index` is applied.
  virtual void OnApply(const Consensus& /*server*/, Index /*index*/) {}
  // A read is answered. By lease: nobody was asked.
  virtual void OnRead(const Consensus& /*server*/, bool /*is_by_lease*/) {}
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_OBSERVER_H_
