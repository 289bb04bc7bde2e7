// LabCatalog: everything that tools/reprise and the tests can run.
//
//   return cli::Main(argc, argv, LabCatalog());

#ifndef TESTS_SCENARIOS_CATALOG_H_
#define TESTS_SCENARIOS_CATALOG_H_

#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

Catalog LabCatalog();

}  // namespace reprise

#endif  // TESTS_SCENARIOS_CATALOG_H_
