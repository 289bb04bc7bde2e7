// DecisionLog: is told of decisions while a world records them.
//
//   class Printer final : public DecisionLog {
//     void OnDecision(const Decision& decision) override { ... }
//   };

#ifndef REPRISE_SIM_WORLD_DECISION_LOG_H_
#define REPRISE_SIM_WORLD_DECISION_LOG_H_

#include "reprise/sim/world/edits.h"

namespace reprise {

class DecisionLog {
 public:
  // Is told of each answer that is recorded, when it is given.
  virtual void OnDecision(const Decision& decision) = 0;

 protected:
  ~DecisionLog() = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DECISION_LOG_H_
