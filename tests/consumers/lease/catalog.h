// The scenarios of the lease service and its planted bugs.

#ifndef LEASE_CATALOG_H_
#define LEASE_CATALOG_H_

#include <vector>

#include "reprise/reprise.h"

namespace lease {

reprise::Catalog LeaseCatalog();
std::vector<reprise::PlantedBug> Bugs();

}  // namespace lease

#endif  // LEASE_CATALOG_H_
