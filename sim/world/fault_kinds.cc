#include "reprise/sim/world/fault_kinds.h"

#include <vector>

namespace reprise {
namespace {

std::vector<FaultKind> LinkFaults() {
  return {
      {"delay",
       "packets take a constant, uniform or exponential time, and so overtake "
       "one another",
       "network.request.delay"},
      {"late", "some packets take much longer, from a second hump",
       "network.request.delay.late"},
      {"loss", "packets are lost, silently or known at once",
       "network.request.loss"},
      {"duplicate",
       "packets arrive once more; duplicates may be duplicated too",
       "network.request.duplicate"},
      {"corruption",
       "a bit flips on the way, caught by a checksum or delivered",
       "network.request.corruption"},
      {"bandwidth", "large packets take longer, and those behind them wait",
       "network.bytes_per_second"},
      {"overflow", "a link that is full drops what comes next",
       "network.packets_max"},
      {"clog", "a link holds its packets back for a while and loses none",
       "network.clog"},
      {"link-differs", "one link or one node has faults of its own",
       "network.links"},
  };
}

std::vector<FaultKind> PartitionFaults() {
  return {
      {"partition-halves", "two halves do not see each other, or one way only",
       "partitions.halves"},
      {"partition-one", "one node is cut off", "partitions.isolate_one"},
      {"partition-groups", "each node sees only its random group",
       "partitions.random_groups"},
      {"partition-bridge", "two halves and one node that sees both",
       "partitions.bridge"},
      {"partition-ring", "each node sees a majority, no two the same",
       "partitions.ring_of_majorities"},
      {"clients-cut-off", "partitions take clients in as well",
       "partitions.parts_clients"},
  };
}

std::vector<FaultKind> OtherFaults() {
  return {
      {"crash", "a node loses its tasks and memory, and restarts later",
       "nodes.crash"},
      {"restart-empty", "a node that crashed restarts with an empty disk",
       "nodes.restart_empty"},
      {"pause", "a node stands still while time goes on", "nodes.pause"},
      {"slow", "what is sent to a node arrives later", "nodes.slow"},
      {"clock-skew", "a node's time of day is wrong", "clocks.skew_max"},
      {"clock-drift", "a node's clocks run too fast or too slow",
       "clocks.drift_ppm_max"},
      {"clock-jump", "a node's time of day jumps, forth or back",
       "clocks.jump"},
      {"disk-latency", "reads, writes and syncs take long", "disks.read"},
      {"disk-error", "reads, writes or syncs fail, now and then",
       "disks.write_error"},
      {"disk-full", "a disk holds only so many bytes", "disks.capacity_bytes"},
      {"bit-rot", "a stored bit flips for good", "disks.bit_rot"},
      {"torn-write",
       "a crash loses, tears or garbles sectors that were not synced",
       "disks.sector_torn"},
      {"lost-size", "a crash loses a file's growth that was not synced",
       "disks.size_lost"},
      {"lost-name", "a crash undoes renames that were not synced",
       "disks.name_lost"},
      {"fault-site", "code under test misbehaves where it names a site",
       "sites.active"},
  };
}

}  // namespace

std::vector<FaultKind> FaultKinds() {
  std::vector<FaultKind> kinds = LinkFaults();
  for (const auto& more : {PartitionFaults(), OtherFaults()}) {
    kinds.insert(kinds.end(), more.begin(), more.end());
  }
  return kinds;
}

}  // namespace reprise
