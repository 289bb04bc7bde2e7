// Three clients share a lease that three servers grant, and a store that it
// guards.
//
// What must hold: never do two clients hold the lease (mutual-exclusion); the
// tokens that are granted, extended and accepted are those of fenced leases
// (linearizability, reprise/checker/models/fenced_lease.h); once the faults
// have ended, everybody gets the lease and is done (liveness).

#ifndef LEASE_SCENARIO_H_
#define LEASE_SCENARIO_H_

#include "reprise/reprise.h"

namespace lease {

void LeaseClocks(reprise::Trial& trial);
void LeaseRestarts(reprise::Trial& trial);

}  // namespace lease

#endif  // LEASE_SCENARIO_H_
