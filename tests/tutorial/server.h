// A server that counts for its clients, and what they call.

#ifndef COUNTING_SERVER_H_
#define COUNTING_SERVER_H_

#include "reprise/env.h"

namespace counting {

// The server's program. `forgets` is a planted bug.
void RunServer(reprise::Env& env, bool forgets);

// Adds one, once for each ticket; returns the new total.
int64_t Add(reprise::Env& env, reprise::NodeId server,
            const std::string& ticket);

}  // namespace counting

#endif  // COUNTING_SERVER_H_
