// FaultDriver: begins and ends the outages of a world, tick by tick.
//
// Partitions, clogged and flapping links, resets of connections, slow methods,
// crashes and pauses of nodes and of zones, slow nodes, outages of disks, and
// what befalls clocks, are drawn each tick through Decisions. The length of an
// outage is the answer of the decision that begins it, so removing that
// decision removes the outage as a whole.
//
// Guarantees: the driver keeps no world running. When all tasks have ended or
// are at rest, or when nothing but its own ticks would ever happen again, it
// stops as soon as the outages that it began are over. A mix without outages
// costs nothing.

#ifndef REPRISE_SIM_WORLD_FAULT_DRIVER_H_
#define REPRISE_SIM_WORLD_FAULT_DRIVER_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/disk_outages.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/node_set.h"
#include "reprise/sim/world/outages.h"
#include "reprise/sim/world/partition.h"

namespace reprise {

class FaultDriver final : private Event {
 public:
  // The driver leaves alone what `script` has begun. Both must outlive it.
  FaultDriver(Outages& outages, const FaultScript& script);
  ~FaultDriver();

  // Begins ticking, if the mix has outages and it is not ticking already.
  void Start();
  // Ends the outages of `core` now and begins no more: restarts what crashed,
  // resumes what is paused, heals what is parted. What befell other nodes stays
  // as it is.
  void EndFaults(const NodeSet& core);

  // Whether chance may strike the node now with a crash.
  bool MayCrash(const Node& node);
  // Crashes it for so long. Requires MayCrash.
  void Crash(Node& node, Duration length);

 private:
  // One outage of one node, link or partition, on or off.
  struct DrawnOutage {
    DecisionStream stream;
    VirtualTime end;       // While it is on.
    Duration length;       // Of the one that is on, or was last.
    VirtualTime rest_end;  // It begins again no earlier.
    bool is_on = false;
  };
  // The next crash of a node that has just restarted.
  struct CrashInRecovery final : Event {
    void Fire() override { driver->CrashInTheMidst(*this); }

    FaultDriver* driver = nullptr;
    Node* node = nullptr;
    Duration length;
  };
  // What may befall one node.
  struct DrawnOutages {
    DrawnOutage crash;
    DecisionStream crash_together;
    DecisionStream crash_again;
    std::unique_ptr<CrashInRecovery> next_crash;
    DecisionStream restart_empty;
    DrawnOutage pause;
    DrawnOutage slow;
    DecisionStream jump;
    DecisionStream jump_size;
    DecisionStream leap;
    DrawnOutage stop;
  };
  // What may befall the nodes of one zone.
  struct DrawnZone {
    std::string_view name;
    std::vector<NodeId> nodes;
    DrawnOutage crash;
    DrawnOutage pause;
  };

  void Fire() override;
  bool HasOutages() const;
  bool HasClogs() const;
  bool HasResets() const;
  bool HasFlaps() const;
  // Whether nothing would happen if it were not for the driver.
  bool IsLastEvent() const;
  void Meet(Node& node);
  DrawnZone& ZoneNamed(std::string_view name);
  void MeetAll();
  // How many times likelier `node` crashes at this tick.
  int64_t CrashFactor(const Node& node) const;
  // How many times likelier its outages begin by what is aimed at it.
  int64_t AimFactor(const Node& node) const;
  // Whether the script keeps it from running.
  bool IsScripted(const Node& node) const;
  // Begins or ends `outage` as is due; calls begin() or end(). It begins
  // factor() times likelier than `options` say.
  template <typename Factor, typename Begin, typename End>
  void Tick(DrawnOutage& outage, const OutageOptions& options, Factor factor,
            Begin begin, End end);
  void TickNode(Node& node, DrawnOutages& drawn);
  void TickRunning(Node& node, DrawnOutages& drawn);
  void Restart(Node& node, DrawnOutages& drawn);
  void TickClock(Node& node, DrawnOutages& drawn);
  void LeapClock(Node& node, DrawnOutages& drawn);
  void TickZone(DrawnZone& zone);
  // Crashes or pauses those nodes of the zone that chance may strike now.
  void CrashZone(DrawnZone& zone);
  void PauseZone(DrawnZone& zone);
  bool MayPause(const Node& node) const;
  void BeginCrash(Node& node, Duration length);
  // Of others, together with one that has just crashed.
  void CrashWith(const Node& first);
  // Of a node that has just restarted.
  void DrawNextCrash(DrawnOutages& drawn);
  void CrashInTheMidst(CrashInRecovery& next);
  void TickLinks();
  void TickConnections();
  void TickFlaps();
  void TickMethods();
  bool IsOver(VirtualTime end, const OutageOptions& options) const;
  void TickPartition();
  void BeginPartition();
  void EndPartition();

  Outages& outages_;
  const FaultScript& script_;
  const FaultMix& mix_;
  uint64_t tick_ = 0;
  bool has_ended_ = false;
  DrawnOutage partition_outage_;
  DecisionStream partition_shape_;
  std::unique_ptr<Partition> partition_;
  std::vector<DrawnOutages> nodes_;      // By node.
  std::vector<DrawnZone> zones_;         // In the order of their first nodes.
  std::vector<DecisionStream> methods_;  // By number.
  DiskOutages disks_;
  size_t outages_on_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FAULT_DRIVER_H_
