// The catalog that docs/TUTORIAL.md builds.

#ifndef TESTS_TUTORIAL_COUNTING_H_
#define TESTS_TUTORIAL_COUNTING_H_

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

Catalog CountingCatalog();

}  // namespace reprise

#endif  // TESTS_TUTORIAL_COUNTING_H_
