// Partition: which nodes cannot reach which, for as long as it lasts.
//
// The shapes are those that consensus protocols are known to stumble over;
// bridge and ring of majorities as in Jepsen's nemesis (jepsen.nemesis).
//
//   const Partition partition = Partition::Split({a, b}, {c});
//   partition.IsCut(a, c);  // true
//   partition.IsCut(c, d);  // false: a node it does not name reaches all

#ifndef REPRISE_SIM_WORLD_PARTITION_H_
#define REPRISE_SIM_WORLD_PARTITION_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node_set.h"

namespace reprise {

enum class Direction {
  kBothWays,
  kOneWay,  // Packets of the first side to the second are stopped.
};

class Partition {
 public:
  // Two sides; nodes on neither reach everyone.
  static Partition Split(const std::vector<NodeId>& first,
                         const std::vector<NodeId>& second,
                         Direction direction = Direction::kBothWays);
  // Packets of the first node of each pair to the second are stopped.
  static Partition OfPairs(const std::vector<std::pair<NodeId, NodeId>>& pairs);
  // Two random halves; of an odd number one is larger.
  static Partition Halves(std::vector<NodeId> nodes, RandomStream& random,
                          Direction direction);
  static Partition IsolateOne(std::vector<NodeId> nodes, RandomStream& random,
                              Direction direction);
  // Each node in one of 2..n groups, at least two of which are not empty.
  static Partition RandomGroups(std::vector<NodeId> nodes,
                                RandomStream& random);
  // Two random halves and one node that both see.
  static Partition Bridge(std::vector<NodeId> nodes, RandomStream& random);
  // Every node sees the nearest majority of a random ring.
  static Partition RingOfMajorities(std::vector<NodeId> nodes,
                                    RandomStream& random);

  // Some of the zones do not see the others; `zones` has that of each node, and
  // a node of no zone, "", is on either side.
  static Partition Zones(const std::vector<NodeId>& nodes,
                         const std::vector<std::string_view>& zones,
                         RandomStream& random, Direction direction);

  // From now on `nodes` see one another.
  void HealInside(const NodeSet& nodes);
  // Whether both ends of every pair that is cut are among `nodes`.
  bool IsInside(const NodeSet& nodes) const;

  // The nodes that it names, in the order of their ids.
  std::vector<NodeId> Nodes() const;
  // The pairs that are cut, in an order of its own; for traces.
  std::vector<uint64_t> CutPairs() const;

  bool IsCut(NodeId from, NodeId to) const {
    if (from.value() >= member_.size() || to.value() >= member_.size()) {
      return false;
    }
    const uint32_t a = member_[from.value()];
    const uint32_t b = member_[to.value()];
    return a != 0 && b != 0 && cuts_[(a - 1) * count_ + b - 1];
  }

 private:
  explicit Partition(const std::vector<NodeId>& nodes);
  void Cut(size_t from, size_t to) { cuts_[from * count_ + to] = true; }
  void CutBetween(size_t begin, size_t middle, size_t end, Direction direction);

  size_t count_;
  std::vector<uint32_t> member_;  // By node: its place from 1; 0 for none.
  std::vector<bool> cuts_;        // By place and place.
};

// A partition of one of the shapes that `options` allow, where `zones` has the
// zone of each node, or nothing. Where no shape is possible, nothing is cut.
Partition DrawPartition(const PartitionOptions& options,
                        std::vector<NodeId> nodes, RandomStream& random,
                        const std::vector<std::string_view>& zones = {});

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PARTITION_H_
