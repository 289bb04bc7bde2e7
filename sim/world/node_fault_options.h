// What may befall nodes and their clocks, and whom faults are aimed at.
//
//   faults.nodes.crash = {.start = {1, 100}, .mean = Milliseconds(500)};
//   faults.clocks.skew_max = Seconds(1);

#ifndef REPRISE_SIM_WORLD_NODE_FAULT_OPTIONS_H_
#define REPRISE_SIM_WORLD_NODE_FAULT_OPTIONS_H_

#include <cstdint>
#include <string>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/outage_options.h"

namespace reprise {

// Of each node with a program.
struct NodeFaultOptions {
  OutageOptions crash = {};  // Down for its length, then restarted.
  // How many times likelier, up to certain, a crash is at a tick at which the
  // node's disk holds what is not synced: at least 1.
  int64_t crash_factor_unsynced = 1;
  // Crashes at the instants that matter, as long as those of `crash`, whose
  // `start` may be 0. Of each operation of the node's disk: while it is under
  // way; when it is over, before its task goes on. Of each packet that the node
  // sends: right after.
  Probability crash_during_disk = {};
  Probability crash_after_disk = {};
  Probability crash_after_send = {};
  // Of each restart after such a crash: the node's disk is a new, empty one.
  Probability restart_empty = {};
  // Of each crash that was drawn of a node alone, of each other node with a
  // program: it crashes, too, for a length of its own, as long as those of
  // `crash`. At most once a tick.
  Probability crash_together = {};
  // Of each restart after a crash that was drawn: the node crashes again
  // U{1 ns..crash_again_within} later, in the midst of its recovery, and is
  // down for as long as it was; `crash.rest` does not save it.
  Probability crash_again = {};
  Duration crash_again_within = Milliseconds(20);
  OutageOptions pause = {};  // Tasks stand still, time does not.
  OutageOptions slow = {};   // What arrives waits `slow_delay`.
  Duration slow_delay = Milliseconds(20);
  // Of each zone in which nodes stand (NodeOptions::zone): its nodes with a
  // program that are up crash together, or pause together, and go on together.
  // Whoever has just restarted, or paused, is left out.
  OutageOptions zone_crash = {};
  OutageOptions zone_pause = {};
};

// Faults that follow a label of the code under test (Env::Label). Whoever has
// it is struck more often: a leader, and above all one that has just become it.
struct AimOptions {
  std::string label = {};  // "": none.
  // For so long after a node took the label.
  Duration window = Duration::Infinite();
  // How many times likelier, up to certain, crashes, pauses and slowness of the
  // node begin at a tick, and partitions: at least 1.
  int64_t factor = 1;
  // Of each partition that begins then: instead of its shape, it cuts the node
  // off from the others with a program, and from no client.
  Probability cut_off = {};
};

// Of each node. A clock's error is drawn once, its jumps as the world runs.
struct ClockOptions {
  Duration skew_max = {};     // Of wall time: U{-skew_max..skew_max}.
  int64_t drift_ppm_max = 0;  // Of both: U{-drift..drift} microseconds a s.
  Probability jump = {};      // Of wall time, each tick.
  Duration jump_max = {};     // U{-jump_max..jump_max}.
  // Of wall time, each tick: it leaps far away, to U{-leap_max..leap_max} from
  // where it would be without leaps. `leap_max` may be years, at most 100.
  Probability leap = {};
  Duration leap_max = {};
  // Wall time stands still; afterwards it is what it would have been.
  OutageOptions stop = {};
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NODE_FAULT_OPTIONS_H_
