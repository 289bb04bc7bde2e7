#include "reprise/sim/world/partition_shape.h"

#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/trace/parse_cuts.h"
#include "reprise/sim/trace/partition_text.h"
#include "reprise/sim/world/aim.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"

namespace reprise {

void PartitionShape::Draw(uint64_t word) {
  const AimOptions& aim = outages_.faults().aim;
  if (ChanceOfWord(MixBits(word), aim.cut_off) && CutOffTarget(word)) return;
  RandomStream random(word);
  const std::vector<NodeId> nodes = Nodes();
  std::vector<std::string_view> zones;
  for (const NodeId node : nodes) zones.push_back(outages_.node(node).zone());
  partition_ = std::make_unique<Partition>(
      DrawPartition(outages_.faults().partitions, nodes, random, zones));
}

bool PartitionShape::CutOffTarget(uint64_t word) {
  const std::vector<NodeId> targets = Targets(outages_);
  if (targets.empty()) return false;
  RandomStream random(MixBits(word));
  const NodeId target = targets[random.Uniform(0, std::ssize(targets) - 1)];
  const bool is_one_way = random.Chance(outages_.faults().partitions.one_way);
  const bool is_deaf = random.Uniform(0, 1) == 0;  // Where it is one way.
  std::vector<std::pair<NodeId, NodeId>> pairs;
  for (const NodeId other : Nodes()) {
    if (other == target || !outages_.node(other).HasProgram()) continue;
    if (!is_one_way || is_deaf) pairs.emplace_back(other, target);
    if (!is_one_way || !is_deaf) pairs.emplace_back(target, other);
  }
  if (pairs.empty()) return false;
  partition_ = std::make_unique<Partition>(Partition::OfPairs(pairs));
  return true;
}

void PartitionShape::BeCalm() {
  partition_ = std::make_unique<Partition>(Partition::OfPairs({}));
}

std::optional<Misfit> PartitionShape::Read(std::string_view words) {
  const absl::StatusOr<std::vector<CutPair>> cuts = ParseCuts(words);
  REPRISE_CHECK(cuts.ok(), "a partition's words: ", cuts.status().message());
  std::vector<std::pair<NodeId, NodeId>> pairs;
  std::optional<Misfit> misfit;
  for (const CutPair& cut : *cuts) {
    for (const std::string& name : {cut.from, cut.to}) {
      if (misfit || Find(name)) continue;
      misfit = {
          absl::StrCat("names \"", name,
                       "\", expected nodes of the run: ", DescribeNodes()),
          /*is_unknown=*/true};
    }
    const std::optional<NodeId> from = Find(cut.from);
    const std::optional<NodeId> to = Find(cut.to);
    if (!from || outages_.node(*from).IsLeftOut()) continue;
    if (!to || outages_.node(*to).IsLeftOut()) continue;
    pairs.emplace_back(*from, *to);
  }
  if (!misfit && pairs.empty() && !cuts->empty()) {
    misfit = {"cuts nothing, because its nodes are left out"};
  }
  partition_ = std::make_unique<Partition>(Partition::OfPairs(pairs));
  return misfit;
}

std::string PartitionShape::Describe() const {
  const std::string pairs = outages_.DescribePairs(*partition_);
  std::string words =
      pairs.empty() ? std::string(kNothingCut) : DescribeCuts(pairs);
  // Names of some nodes cannot stand among words.
  const absl::StatusOr<std::vector<CutPair>> cuts = ParseCuts(words);
  if (!cuts.ok()) return "";
  for (const CutPair& cut : *cuts) {
    const std::optional<NodeId> from = Find(cut.from);
    const std::optional<NodeId> to = Find(cut.to);
    if (!from || !to || !partition_->IsCut(*from, *to)) return "";
  }
  return cuts->size() == partition_->CutPairs().size() ? words : "";
}

std::vector<NodeId> PartitionShape::Nodes() const {
  const bool parts_clients = outages_.faults().partitions.parts_clients;
  std::vector<NodeId> nodes;
  for (uint32_t i = 0; i < outages_.node_count(); ++i) {
    const Node& node = outages_.node(NodeId(i));
    if (node.IsLeftOut()) continue;
    if (node.HasProgram() || parts_clients) nodes.push_back(node.id());
  }
  return nodes;
}

std::optional<NodeId> PartitionShape::Find(std::string_view name) const {
  for (uint32_t i = 0; i < outages_.node_count(); ++i) {
    if (outages_.node(NodeId(i)).name() == name) return NodeId(i);
  }
  return std::nullopt;
}

std::string PartitionShape::DescribeNodes() const {
  std::vector<std::string_view> names;
  for (uint32_t i = 0; i < outages_.node_count(); ++i) {
    names.push_back(outages_.node(NodeId(i)).name());
  }
  return absl::StrJoin(names, ", ",
                       [](std::string* out, std::string_view name) {
                         absl::StrAppend(out, ToAbsl(name));
                       });
}

}  // namespace reprise
