// The scenarios of the lease service and its planted bugs.

#ifndef LEASE_CATALOG_H_
#define LEASE_CATALOG_H_

#include "reprise/reprise.h"

namespace lease {

reprise::Catalog LeaseCatalog();

}  // namespace lease

#endif  // LEASE_CATALOG_H_
