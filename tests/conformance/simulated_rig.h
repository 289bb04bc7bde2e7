// SimulatedRig: nodes of a World, for the conformance suite.
//
//   SimulatedRig rig(fault::Harsh());

#ifndef TESTS_CONFORMANCE_SIMULATED_RIG_H_
#define TESTS_CONFORMANCE_SIMULATED_RIG_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/offers.h"
#include "reprise/sim/env/testing/env_rig.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/world.h"

namespace reprise {

class SimulatedRig final : public EnvRig {
 public:
  explicit SimulatedRig(const FaultMix& faults);
  ~SimulatedRig() override;

  bool Has(RigTrait trait) const override;
  NodeId AddNode(std::string_view name, Program program) override;
  absl::Status Run(Program main) override;
  void Crash(NodeId node) override;
  void Restart(NodeId node) override;
  std::vector<std::string> LoggedLines() const override;
  const Offers* offers() const override { return &offers_; }

 private:
  class LogSink;

  World world_;
  std::unique_ptr<LogSink> log_;
  Offers offers_;
};

// Nothing goes wrong. Who calls a node that has crashed is told, as by a reset
// of its connection.
FaultMix KindFaults();
// Loses, doubles, delays and reorders packets; a crash loses all that was not
// synced.
FaultMix UnkindFaults();

}  // namespace reprise

#endif  // TESTS_CONFORMANCE_SIMULATED_RIG_H_
