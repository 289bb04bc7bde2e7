// What may go wrong in a world: one options struct for each source of faults.
//
// Every value is an integer, a ratio or a duration, so that a mix means the
// same everywhere. The defaults are calm: nothing goes wrong. See presets.h for
// mixes with names, fault_fields.h for what each field may hold.
//
//   FaultMix faults = fault::Harsh();
//   faults.partitions.outage = {.start = {1, 100}, .mean = Milliseconds(500)};
//   World world({.seed = Seed(7), .faults = faults});

#ifndef REPRISE_SIM_WORLD_FAULTS_H_
#define REPRISE_SIM_WORLD_FAULTS_H_

#include <cstdint>
#include <string>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/delay_options.h"
#include "reprise/sim/world/disk_options.h"
#include "reprise/sim/world/network_options.h"
#include "reprise/sim/world/node_fault_options.h"
#include "reprise/sim/world/outage_options.h"

namespace reprise {

// The network falls into parts. The shape is drawn among those that are on.
struct PartitionOptions {
  OutageOptions outage = {};
  bool halves = true;
  bool isolate_one = true;
  bool random_groups = true;
  bool bridge = true;              // Two halves and a node that sees both.
  bool ring_of_majorities = true;  // Each sees a majority, no two the same.
  // Where the nodes stand in two zones or more (NodeOptions::zone): some zones
  // do not see the others. A node of no zone is on either side.
  bool zones = true;
  // How likely a partition stops packets in one direction only.
  Probability one_way = {};
  // Otherwise only nodes with a program (Node::OnBoot) are parted.
  bool parts_clients = false;
};

// Of each site that the code under test names (sim/core/fault_site.h). As in
// FoundationDB's BUGGIFY, a site is active in some runs only, and there it
// fires now and then.
struct SiteOptions {
  Probability active = {};  // Of each site, once for the whole run.
  Probability fires = {};   // Of an active site, each time it is passed.
};

// Of each task on a node, each time that it becomes ready to run and its turn
// has come. Where one of them is not 0, no task is handed over to directly: all
// wait for their turns.
struct TaskOptions {
  // It lets some of the others that are ready at the same instant run first:
  // U{1..pass_max} of them, or all where there are fewer.
  Probability pass = {};
  int64_t pass_max = 4;  // At most TaskTurns::kMostOthers.
  // It is forgotten for a while, though it could run: a duration with the
  // exponential distribution.
  Probability forget = {};
  Duration forget_mean = Milliseconds(10);
};

struct FaultMix {
  NetworkOptions network = {};
  PartitionOptions partitions = {};
  NodeFaultOptions nodes = {};
  AimOptions aim = {};
  ClockOptions clocks = {};
  DiskOptions disks = {};
  SiteOptions sites = {};
  TaskOptions tasks = {};
  // How often outages are drawn for.
  Duration tick = Milliseconds(10);
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FAULTS_H_
