// The scenario of the counting server, and its planted bug.

#ifndef COUNTING_SCENARIO_H_
#define COUNTING_SCENARIO_H_

#include "reprise/reprise.h"

namespace counting {

reprise::Catalog CountingCatalog();

}  // namespace counting

#endif  // COUNTING_SCENARIO_H_
