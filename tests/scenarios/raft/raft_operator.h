// RaftOperator: changes who belongs to a replicated store and who leads it,
// while the servers run through faults.
//
//   RaftOperator op(trial, env, setup, servers.addresses());
//   op.Run();

#ifndef TESTS_SCENARIOS_RAFT_RAFT_OPERATOR_H_
#define TESTS_SCENARIOS_RAFT_RAFT_OPERATOR_H_

#include <string>
#include <vector>

#include "reprise/kv/raft/membership.h"
#include "reprise/kv/replicated_operator.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/offered.h"
#include "reprise/sim/explore/trial/trial.h"
#include "tests/scenarios/raft/setup.h"

namespace reprise {

class RaftOperator {
 public:
  // Its node offers what it does, a std::string that is empty while it rests:
  // "asks for voters 0 1 3".
  static constexpr char kOfferedAction[] = "operator";

  // `number`: that of its operations among those of clients.
  RaftOperator(Trial& trial, Env& env, const RaftSetup& setup,
               const std::vector<NodeId>& servers, int number);

  // Does its actions one after the other; none takes more than a second or so.
  void Run();

 private:
  void Act(RandomStream draws);
  void Transfer(RandomStream& draws);
  void ChangeOne(RandomStream& draws);
  void ChangeMany(RandomStream& draws);
  void Guide(RandomStream& draws);
  // First as learners those that are new, then as wanted.
  void GoTo(std::vector<NodeId> voters);

  Trial& trial_;
  Env& env_;
  const RaftSetup& setup_;
  const std::vector<NodeId>& servers_;
  const int number_;
  kv::ReplicatedOperator operator_;
  std::vector<NodeId> voters_;  // That it has wanted last; sorted.
  std::string action_;
  Offered<std::string> offered_{env_, kOfferedAction, action_};
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_RAFT_OPERATOR_H_
