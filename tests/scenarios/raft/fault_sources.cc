#include "tests/scenarios/raft/fault_sources.h"

#include <cstdint>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"
#include "tests/scenarios/raft/setup.h"

namespace reprise {

void AddNetwork(const SetupDraws& draws, RaftSetup& setup) {
  setup.faults.network.request = DrawPackets(draws);
  setup.faults.network.reply = setup.faults.network.request;
}

void AddCrashes(const SetupDraws& draws, RaftSetup& setup) {
  NodeFaultOptions& nodes = setup.faults.nodes;
  nodes.crash = DrawCrashes(draws);
  nodes.crash_factor_unsynced = draws.Uniform("unsynced", 1, 10);
  if (!draws.Chance("crash-points", {1, 2})) return;
  nodes.crash_during_disk = draws.Ratio("crash-during-disk", 2);
  nodes.crash_after_disk = draws.Ratio("crash-after-disk", 2);
  nodes.crash_after_send = draws.Ratio("crash-after-send", 1);
}

void AddSlowSync(const SetupDraws& draws, RaftSetup& setup) {
  DelayOptions& sync = setup.faults.disks.sync;
  sync.mean = draws.Time("sync-mean", Milliseconds(5), Milliseconds(60));
  sync.maximum = sync.mean * 5;
}

OutageOptions DrawPauses(const SetupDraws& draws) {
  return {.start = {static_cast<uint32_t>(draws.Uniform("pause", 1, 15)), 1000},
          .minimum = Milliseconds(1),
          .mean = draws.Time("pause-mean", Milliseconds(10), Milliseconds(400)),
          .rest = Milliseconds(50)};
}

void AddZones(const SetupDraws& draws, RaftSetup& setup) {
  setup.zones = 3;
  NodeFaultOptions& nodes = setup.faults.nodes;
  if (draws.Chance("zone-crashes", {1, 2})) {
    nodes.zone_crash = DrawCrashes(draws);
  }
  if (draws.Chance("zone-pauses", {1, 2})) nodes.zone_pause = DrawPauses(draws);
}

void AddMoreCrashes(const SetupDraws& draws, RaftSetup& setup) {
  NodeFaultOptions& nodes = setup.faults.nodes;
  nodes.crash_together = draws.Ratio("crash-together", 30);
  nodes.crash_again = draws.Ratio("crash-again", 30);
  nodes.crash_again_within =
      draws.Time("crash-again-within", Milliseconds(1), Milliseconds(50));
}

void AddWildClocks(const SetupDraws& draws, RaftSetup& setup) {
  ClockOptions& clocks = setup.faults.clocks;
  clocks.leap = draws.Ratio("clock-leap", 1);
  clocks.leap_max =
      draws.Time("clock-leap-max", Seconds(3600), Seconds(1'000'000'000));
  clocks.stop = {
      .start = draws.Ratio("clock-stop", 2),
      .mean = draws.Time("clock-stop-mean", Milliseconds(10), Seconds(1))};
}

void AddDamage(const SetupDraws& draws, Probability chance, RaftSetup& setup) {
  setup.is_damaged =
      draws.Chance("damaged", chance) && setup.first_members >= 3;
  if (setup.is_damaged) setup.voters_min = 3;
}

}  // namespace reprise
