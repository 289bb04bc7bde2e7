// The class of a failure: its property, and the shape of its evidence, which is
// what the evidence says without the figures and names that differ from seed to
// seed.
//
// Guarantees: failures of different properties are of different classes. The
// class depends on the verdict alone, and is the same for the whole run and for
// the shrunk one.
//
// The shape, by property:
// - `no-crash`: what ended the code and the names of the topmost three
//   functions of the stack that are the user's; of an exception its text.
// - `no-deadlock`, `liveness`: what the tasks wait for, each kind once, without
//   what waits only because of them: replies, groups, joined tasks, the end of
//   a node. Where nothing else waits, these.
// - `sandbox`: the call that is forbidden and who made it.
// - every other one: the first line. The sentence of `linearizability` is that
//   of the checker's minimal contradiction: it names how operations contradict
//   each other and what kinds they are of.
// In all of them quoted text becomes "...", and digits become #, with what is
// joined to them: 7 ms and 12 ms, clerk-3 and clerk-0 are alike.
//
//   FailureClass failure = ClassOf(result.verdict);
//   // {"linearizability", "key ...: client # read ... although client # had
//   //  already put ..."}

#ifndef REPRISE_SIM_EXPLORE_SHRINK_FAILURE_CLASS_H_
#define REPRISE_SIM_EXPLORE_SHRINK_FAILURE_CLASS_H_

#include <compare>
#include <string>

#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

struct FailureClass {
  std::string property = {};  // Empty: the trial violated nothing.
  std::string shape = {};

  friend auto operator<=>(const FailureClass&, const FailureClass&) = default;
};

// O(length of the evidence).
FailureClass ClassOf(const Verdict& verdict);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SHRINK_FAILURE_CLASS_H_
