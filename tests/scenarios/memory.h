// The lab's memory tests, and the same on the preset `harsh`.

#ifndef TESTS_SCENARIOS_MEMORY_H_
#define TESTS_SCENARIOS_MEMORY_H_

#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

void LabMemGet(Trial& trial);
void LabMemPut(Trial& trial);
void LabMemAppend(Trial& trial);
void LabMemPutManyClients(Trial& trial);
void LabMemGetManyClients(Trial& trial);
void LabMemManyAppends(Trial& trial);

void HarshMemGet(Trial& trial);
void HarshMemPut(Trial& trial);
void HarshMemAppend(Trial& trial);
void HarshMemPutManyClients(Trial& trial);
void HarshMemGetManyClients(Trial& trial);
void HarshMemManyAppends(Trial& trial);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_MEMORY_H_
