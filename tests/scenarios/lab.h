// The lab's scenarios, and the same on the preset `harsh`.
//
//   Scenario{.name = "lab-basic", .about = "one client", .run = LabBasic};

#ifndef TESTS_SCENARIOS_LAB_H_
#define TESTS_SCENARIOS_LAB_H_

#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

void LabBasic(Trial& trial);
void LabConcurrent(Trial& trial);
void LabUnreliable(Trial& trial);
void LabUnreliableOneKey(Trial& trial);
void LabRandomKeys(Trial& trial);

void HarshUnreliable(Trial& trial);
void HarshUnreliableOneKey(Trial& trial);
void HarshRandomKeys(Trial& trial);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_LAB_H_
