// PartitionShape: whom a partition that chance begins cuts off from whom, drawn
// from a word or said in words (parse_cuts.h).
//
// Guarantees: which nodes are parted depends on the mix, the nodes and the word
// or the words alone. Nodes that are left out are not parted.
//
//   PartitionShape shape(outages);
//   decisions.DecideInWords(stream, shape);
//   partition = shape.Take();

#ifndef REPRISE_SIM_WORLD_PARTITION_SHAPE_H_
#define REPRISE_SIM_WORLD_PARTITION_SHAPE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/world/drawn_in_words.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/outages.h"
#include "reprise/sim/world/partition.h"

namespace reprise {

class PartitionShape final : public DrawnInWords {
 public:
  // `outages` must outlive this.
  explicit PartitionShape(Outages& outages) : outages_(outages) {}

  void Draw(uint64_t word) override;
  void BeCalm() override;
  std::optional<Misfit> Read(std::string_view words) override;
  std::string Describe() const override;

  // Requires that one of the first three was called.
  std::unique_ptr<Partition> Take() { return std::move(partition_); }

 private:
  // Cuts off a node that faults are aimed at. False: there is none, or nobody
  // to cut it off from.
  bool CutOffTarget(uint64_t word);
  // Those that may be parted.
  std::vector<NodeId> Nodes() const;
  std::optional<NodeId> Find(std::string_view name) const;
  std::string DescribeNodes() const;

  Outages& outages_;
  std::unique_ptr<Partition> partition_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PARTITION_SHAPE_H_
