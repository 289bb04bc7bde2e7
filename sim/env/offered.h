// Offered: a value of a node that a scenario may look at while the node runs,
// such as the state of a server.
//
// Guarantees: the value can be read for as long as this lives, also at the
// instant of a crash, before the tasks of the node unwind. It draws nothing,
// enters no trace and allocates nothing. Where nothing is simulated, nobody
// reads it.
//
// Requires: `state` and `name` outlive this. Whoever reads the value changes
// nothing.
//
//   class Server {
//     RaftState state_;
//     Offered<RaftState> offered_{env_, "raft", state_};
//   };
//   // In the scenario:
//   const RaftState* state = trial.Read<RaftState>(server.id(), "raft");

#ifndef REPRISE_SIM_ENV_OFFERED_H_
#define REPRISE_SIM_ENV_OFFERED_H_

#include <string_view>
#include <typeinfo>

#include "reprise/sim/core/offers.h"
#include "reprise/sim/env/env.h"

namespace reprise {

template <typename State>
class Offered {
 public:
  Offered(Env& env, std::string_view name, const State& state)
      : value_(env.id(), name, &state, typeid(State)) {}

 private:
  OfferedValue value_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_OFFERED_H_
