// CrashPoints: is told of the instants at which a crash of a node says most.
//
// A disk and the network tell; PointCrashes (point_crashes.h) draws whether the
// node crashes there.

#ifndef REPRISE_SIM_WORLD_CRASH_POINTS_H_
#define REPRISE_SIM_WORLD_CRASH_POINTS_H_

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise {

class CrashPoints {
 public:
  // An operation of the node's disk begins, and will take so long. Its task
  // waits from now on.
  virtual void OnDiskOperation(NodeId node, Duration takes) = 0;
  // The node sends a packet.
  virtual void OnSend(NodeId node) = 0;

 protected:
  ~CrashPoints() = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_CRASH_POINTS_H_
