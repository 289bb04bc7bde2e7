// Planted bugs in how a clerk uses the network.

#ifndef TESTS_SCENARIOS_BUGS_CLERK_ENVS_H_
#define TESTS_SCENARIOS_BUGS_CLERK_ENVS_H_

#include <memory>

#include "reprise/sim/env/env.h"

namespace reprise {

// Each returns an Env for one clerk, in front of `env`.
std::unique_ptr<Env> SequenceReusedAfterTimeout(Env& env);
std::unique_ptr<Env> ReplyMatchedToWrongCall(Env& env);
std::unique_ptr<Env> RequestSentTwice(Env& env);
std::unique_ptr<Env> BreakerNeverCloses(Env& env);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_CLERK_ENVS_H_
