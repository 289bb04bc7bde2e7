// Runs the conformance suite on every kind of Env.

#include <memory>
#include <vector>

#include "tests/conformance/conformance.h"
#include "tests/conformance/real_rig.h"
#include "tests/conformance/simulated_rig.h"

namespace reprise {

std::vector<RigKind> RigKinds() {
  return {
      {"Simulated",
       [] { return std::make_unique<SimulatedRig>(KindFaults()); }},
      {"UnkindSimulated",
       [] { return std::make_unique<SimulatedRig>(UnkindFaults()); }},
      {"Real", [] { return std::make_unique<RealRig>(); }},
      {"RealForgetful",
       [] {
         return std::make_unique<RealRig>(
             RealRigOptions{.forgets_unsynced = true});
       }},
  };
}

}  // namespace reprise
