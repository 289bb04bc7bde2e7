// RunServer: one of the servers that grant the lease, and RunStore: what it
// guards.
//
//   acquire TOKEN  grants the lease, if it is free and the token is greater
//                  than all before; answers the token of the last grant
//   extend TOKEN   the lease of TOKEN lasts another kLease; "yes" or "no"
//   release TOKEN  ends it
//   use TOKEN      to the store: "yes", or "no" where a greater token was used
//
// Guarantees: a request that is repeated does no harm.

#ifndef LEASE_SERVER_H_
#define LEASE_SERVER_H_

#include "lease/rules.h"
#include "reprise/env.h"

namespace lease {

// The program of a server, to be run at each start of its node.
void RunServer(reprise::Env& env, const Rules& rules);

// The program of the store.
void RunStore(reprise::Env& env, const Rules& rules);

}  // namespace lease

#endif  // LEASE_SERVER_H_
