// Safety: the properties of figure 3 of Ongaro and Ousterhout, 2014, checked
// while servers run, by one who sees all of them.
//
//   Safety safety;
//   Consensus server(..., &safety);
//   EXPECT_EQ(safety.violation(), "");
//
// Holds: at most one leader a term; a leader's log only grows; logs that have
// an entry of the same index and term have the same before it; a leader has all
// that was committed; no two servers apply different entries at an index; what
// is committed stays in the log; each entry is applied in its turn, once; a
// snapshot is the state of what it stands for; a read sees all that was
// committed when it began.

#ifndef REPRISE_KV_RAFT_TESTING_SAFETY_H_
#define REPRISE_KV_RAFT_TESTING_SAFETY_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/observer.h"
#include "reprise/kv/raft/testing/fake_host.h"
#include "reprise/kv/raft/types.h"

namespace reprise::kv::raft {

class Safety final : public Observer {
 public:
  void OnStart(const Consensus& server) override;
  void OnRole(const Consensus& server) override;
  void OnAppend(const Consensus& server, Index index) override;
  void OnTruncate(const Consensus& server, Index index) override;
  void OnSnapshot(const Consensus& server, const Snapshot& snapshot) override;
  void OnCommit(const Consensus& server) override;
  void OnApply(const Consensus& server, Index index) override;

  void OnReadDone(const Consensus& server, Index committed_before);
  // For a property that is checked elsewhere.
  void Require(bool holds, const Consensus& server, std::string_view property);

  // The greatest index that was committed anywhere.
  Index committed() const { return committed_.size(); }
  // The first violation, or "".
  const std::string& violation() const { return violation_; }

  uint64_t elections = 0;

 private:
  struct Known {
    Term previous_term;
    uint64_t hash;  // Of kind and data.
  };

  std::map<Term, NodeId> leaders_;
  std::map<NodeId, Index> applied_;
  std::map<std::pair<Index, Term>, Known> entries_;
  // By index, from 1: the term of what was committed, and the state after it.
  std::vector<Term> committed_;
  std::vector<ChainState> states_;
  std::string violation_;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_TESTING_SAFETY_H_
