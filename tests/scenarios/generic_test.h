// The lab's GenericTest: clients append and read for three iterations of one
// second, with fresh clerks in each.
//
// Private keys: client c alone writes key c and checks each answer against its
// own model. Random keys: every client uses every key, with Puts among it, and
// only the history is judged. After each iteration the server's memory is
// bounded by what is alive: property "memory-bound".
//
//   RunGenericTest(trial, {.faults = fault::Lab{.reliable = false}});

#ifndef TESTS_SCENARIOS_GENERIC_TEST_H_
#define TESTS_SCENARIOS_GENERIC_TEST_H_

#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/faults.h"

namespace reprise {

enum class Keys { kPrivate, kRandom };

struct GenericTest {
  FaultMix faults = {};
  int clients = 5;
  Keys keys = Keys::kPrivate;
};

// Options: clients, iterations, milliseconds (of an iteration), operations (at
// most, of a client in an iteration).
void RunGenericTest(Trial& trial, const GenericTest& test);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_GENERIC_TEST_H_
