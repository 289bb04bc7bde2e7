// LossLimit: which nodes of one world may lose what their disks have made
// durable, and which have.
//
// Faults that lose synced data (DiskOptions: bit_rot, rot_at_rest, write_lost,
// write_misdirected; NodeFaultOptions::restart_empty) ask it before they
// strike. Who is not struck already is struck only while at most a minority of
// each group that he belongs to is; so the first nodes struck are the minority.
//
//   LossLimit limit;
//   limit.KeepMajority({a, b, c});
//   if (limit.Allows(a)) limit.NoteLoss(a);
//   limit.Allows(b);  // false

#ifndef REPRISE_SIM_WORLD_LOSS_LIMIT_H_
#define REPRISE_SIM_WORLD_LOSS_LIMIT_H_

#include <vector>

#include "reprise/sim/core/ids.h"

namespace reprise {

class LossLimit {
 public:
  // At most (n - 1) / 2 of these n nodes lose synced data from now on.
  void KeepMajority(std::vector<NodeId> nodes);

  // Whether `node` may lose synced data. O(nodes of all groups); O(1) where
  // there are none.
  bool Allows(NodeId node) const { return groups_.empty() || IsSpare(node); }
  void NoteLoss(NodeId node);
  // Whether it has lost some.
  bool HasLost(NodeId node) const;

 private:
  bool IsSpare(NodeId node) const;

  std::vector<std::vector<NodeId>> groups_;
  std::vector<NodeId> lost_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_LOSS_LIMIT_H_
