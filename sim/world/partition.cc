#include "reprise/sim/world/partition.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise {
namespace {

// The zones that are named, each once, in the order of their first nodes.
std::vector<std::string_view> NamedZones(
    const std::vector<std::string_view>& zones) {
  std::vector<std::string_view> named;
  for (const std::string_view zone : zones) {
    if (zone.empty()) continue;
    if (std::find(named.begin(), named.end(), zone) == named.end()) {
      named.push_back(zone);
    }
  }
  return named;
}

}  // namespace

Partition::Partition(const std::vector<NodeId>& nodes)
    : count_(nodes.size()), cuts_(nodes.size() * nodes.size()) {
  for (size_t place = 0; place < nodes.size(); ++place) {
    const size_t node = nodes[place].value();
    if (member_.size() <= node) member_.resize(node + 1);
    member_[node] = static_cast<uint32_t>(place + 1);
  }
}

// Cuts the places begin..middle off from middle..end.
void Partition::CutBetween(size_t begin, size_t middle, size_t end,
                           Direction direction) {
  for (size_t a = begin; a < middle; ++a) {
    for (size_t b = middle; b < end; ++b) {
      Cut(a, b);
      if (direction == Direction::kBothWays) Cut(b, a);
    }
  }
}

Partition Partition::Split(const std::vector<NodeId>& first,
                           const std::vector<NodeId>& second,
                           Direction direction) {
  std::vector<NodeId> nodes = first;
  nodes.insert(nodes.end(), second.begin(), second.end());
  Partition partition(nodes);
  partition.CutBetween(0, first.size(), nodes.size(), direction);
  return partition;
}

Partition Partition::OfPairs(
    const std::vector<std::pair<NodeId, NodeId>>& pairs) {
  std::vector<NodeId> nodes;
  for (const auto& [from, to] : pairs) {
    nodes.push_back(from);
    nodes.push_back(to);
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  Partition partition(nodes);
  for (const auto& [from, to] : pairs) {
    partition.Cut(partition.member_[from.value()] - 1,
                  partition.member_[to.value()] - 1);
  }
  return partition;
}

Partition Partition::Halves(std::vector<NodeId> nodes, RandomStream& random,
                            Direction direction) {
  random.Shuffle(nodes);
  Partition partition(nodes);
  partition.CutBetween(0, nodes.size() / 2, nodes.size(), direction);
  return partition;
}

Partition Partition::IsolateOne(std::vector<NodeId> nodes, RandomStream& random,
                                Direction direction) {
  random.Shuffle(nodes);
  Partition partition(nodes);
  partition.CutBetween(0, std::min<size_t>(1, nodes.size()), nodes.size(),
                       direction);
  return partition;
}

Partition Partition::RandomGroups(std::vector<NodeId> nodes,
                                  RandomStream& random) {
  if (nodes.size() < 2) return Partition(nodes);
  random.Shuffle(nodes);
  const int64_t groups = random.Uniform(2, static_cast<int64_t>(nodes.size()));
  // The first two are never together, so that there is something to part.
  std::vector<int64_t> group_of = {1, 2};
  for (size_t i = 2; i < nodes.size(); ++i) {
    group_of.push_back(random.Uniform(1, groups));
  }
  Partition partition(nodes);
  for (size_t a = 0; a < nodes.size(); ++a) {
    for (size_t b = 0; b < nodes.size(); ++b) {
      if (group_of[a] != group_of[b]) partition.Cut(a, b);
    }
  }
  return partition;
}

Partition Partition::Bridge(std::vector<NodeId> nodes, RandomStream& random) {
  random.Shuffle(nodes);
  Partition partition(nodes);
  if (nodes.size() < 3) return partition;
  // The last place is the bridge.
  partition.CutBetween(0, (nodes.size() - 1) / 2, nodes.size() - 1,
                       Direction::kBothWays);
  return partition;
}

Partition Partition::RingOfMajorities(std::vector<NodeId> nodes,
                                      RandomStream& random) {
  random.Shuffle(nodes);
  Partition partition(nodes);
  const size_t count = nodes.size();
  // Itself and as many on each side as a majority needs.
  const size_t reach = (count / 2 + 1) / 2;
  for (size_t a = 0; a < count; ++a) {
    for (size_t b = 0; b < count; ++b) {
      const size_t distance = a < b ? b - a : a - b;
      if (std::min(distance, count - distance) > reach) partition.Cut(a, b);
    }
  }
  return partition;
}

Partition Partition::Zones(const std::vector<NodeId>& nodes,
                           const std::vector<std::string_view>& zones,
                           RandomStream& random, Direction direction) {
  std::vector<std::string_view> named = NamedZones(zones);
  if (named.size() < 2) return Partition(nodes);
  random.Shuffle(named);
  const int64_t count = random.Uniform(1, std::ssize(named) - 1);
  std::vector<NodeId> sides[2];
  for (size_t i = 0; i < nodes.size(); ++i) {
    const auto zone = std::find(named.begin(), named.end(), zones[i]);
    const bool is_second = zone != named.end() ? zone - named.begin() >= count
                                               : random.Uniform(0, 1) == 1;
    sides[is_second ? 1 : 0].push_back(nodes[i]);
  }
  return Split(sides[0], sides[1], direction);
}

std::vector<NodeId> Partition::Nodes() const {
  std::vector<NodeId> nodes;
  for (uint32_t node = 0; node < member_.size(); ++node) {
    if (member_[node] != 0) nodes.push_back(NodeId(node));
  }
  return nodes;
}

std::vector<uint64_t> Partition::CutPairs() const {
  std::vector<uint64_t> pairs;
  for (const NodeId from : Nodes()) {
    for (const NodeId to : Nodes()) {
      if (!IsCut(from, to)) continue;
      pairs.push_back(uint64_t{from.value()} << 32 | to.value());
    }
  }
  return pairs;
}

bool Partition::IsInside(const NodeSet& nodes) const {
  for (const NodeId from : Nodes()) {
    for (const NodeId to : Nodes()) {
      if (IsCut(from, to) && !(nodes.Has(from) && nodes.Has(to))) return false;
    }
  }
  return true;
}

void Partition::HealInside(const NodeSet& nodes) {
  for (const NodeId from : Nodes()) {
    for (const NodeId to : Nodes()) {
      if (!nodes.Has(from) || !nodes.Has(to)) continue;
      cuts_[(member_[from.value()] - 1) * count_ + member_[to.value()] - 1] =
          false;
    }
  }
}

Partition DrawPartition(const PartitionOptions& options,
                        std::vector<NodeId> nodes, RandomStream& random,
                        const std::vector<std::string_view>& zones) {
  enum class Shape { kHalves, kOne, kGroups, kBridge, kRing, kZones };
  std::vector<Shape> shapes;
  if (options.halves) shapes.push_back(Shape::kHalves);
  if (options.isolate_one) shapes.push_back(Shape::kOne);
  if (options.random_groups) shapes.push_back(Shape::kGroups);
  if (options.bridge) shapes.push_back(Shape::kBridge);
  if (options.ring_of_majorities) shapes.push_back(Shape::kRing);
  if (options.zones && NamedZones(zones).size() > 1) {
    shapes.push_back(Shape::kZones);
  }
  if (shapes.empty()) return Partition::OfPairs({});
  const auto choice = static_cast<size_t>(
      random.Uniform(0, static_cast<int64_t>(shapes.size()) - 1));
  const Direction direction = random.Chance(options.one_way)
                                  ? Direction::kOneWay
                                  : Direction::kBothWays;
  switch (shapes[choice]) {
    case Shape::kHalves:
      return Partition::Halves(std::move(nodes), random, direction);
    case Shape::kOne:
      return Partition::IsolateOne(std::move(nodes), random, direction);
    case Shape::kGroups:
      return Partition::RandomGroups(std::move(nodes), random);
    case Shape::kBridge:
      return Partition::Bridge(std::move(nodes), random);
    case Shape::kRing:
      return Partition::RingOfMajorities(std::move(nodes), random);
    case Shape::kZones:
      return Partition::Zones(nodes, zones, random, direction);
  }
  __builtin_unreachable();
}

}  // namespace reprise
