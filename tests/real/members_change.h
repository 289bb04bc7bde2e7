// The drill `members-change`: under load, a server joins a replicated store,
// the leader is removed or, killed, replaced by the one that joined, and
// leadership moves; again and again, by the commands of an operator.
//
//   Finding finding = RunMembersChange({.program = kv, .folder = folder,
//                                       .rounds = 6});

#ifndef TESTS_REAL_MEMBERS_CHANGE_H_
#define TESTS_REAL_MEMBERS_CHANGE_H_

#include "tests/real/drill.h"
#include "tests/real/finding.h"

namespace reprise {

// Property "membership": a command of an operator does not do what it should.
// Requires a storage that outlives the servers.
Finding RunMembersChange(const DrillOptions& options);

}  // namespace reprise

#endif  // TESTS_REAL_MEMBERS_CHANGE_H_
