// The scenario that README.md shows.

#ifndef TESTS_README_SHARED_KEYS_H_
#define TESTS_README_SHARED_KEYS_H_

#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

void SharedKeys(Trial& trial);

}  // namespace reprise

#endif  // TESTS_README_SHARED_KEYS_H_
