// PointCrashes: draws crashes at points: in the middle of a disk operation, at
// its end before its task goes on, and right after a node has sent a packet.
//
// Each is a decision of the node, numbered by its disk operations or by the
// packets that it has sent, and answers how long the node is down. Only nodes
// with a program crash, and the fault driver restarts them.
//
// Guarantees: nobody is struck whom the driver would leave alone now, such as a
// node that has just restarted.
//
//   PointCrashes points(outages, driver);
//   transport.SetCrashPoints(&points);

#ifndef REPRISE_SIM_WORLD_POINT_CRASHES_H_
#define REPRISE_SIM_WORLD_POINT_CRASHES_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/crash_points.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_driver.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/outages.h"

namespace reprise {

class PointCrashes final : public CrashPoints {
 public:
  // Both must outlive it.
  PointCrashes(Outages& outages, FaultDriver& driver);
  ~PointCrashes();

  void OnDiskOperation(NodeId node, Duration takes) override;
  void OnSend(NodeId node) override;

 private:
  // The points of one kind that one node passes.
  struct Points {
    DecisionStream stream;
    uint64_t passed = 0;
  };
  // Of one node.
  struct NextCrash final : Event {
    void Fire() override { owner->Crash(*this); }

    PointCrashes* owner = nullptr;
    Node* node = nullptr;
    Points during_disk;
    Points after_disk;
    Points after_send;
    Duration length;  // Of the crash that is about to come.
  };

  NextCrash& Of(NodeId node);
  // One more point, which lies so far ahead.
  void Pass(NextCrash& next, Points& points, Probability probability,
            Duration ahead);
  void Crash(NextCrash& next);

  Outages& outages_;
  FaultDriver& driver_;
  const NodeFaultOptions& options_;
  std::vector<std::unique_ptr<NextCrash>> nodes_;  // By node.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_POINT_CRASHES_H_
