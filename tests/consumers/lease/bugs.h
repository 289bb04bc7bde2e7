// The planted bugs of the lease service: each replaces one of its rules.
//
//   const std::unique_ptr<const Rules> rules = RulesWith(trial.bug());

#ifndef LEASE_BUGS_H_
#define LEASE_BUGS_H_

#include <memory>
#include <string_view>
#include <vector>

#include "lease/rules.h"
#include "reprise/reprise.h"

namespace lease {

// For the catalog.
std::vector<reprise::PlantedBug> Bugs();

// The rules with the bug of this name; "": as they should be. Requires that
// there is such a bug.
std::unique_ptr<const Rules> RulesWith(std::string_view bug);

}  // namespace lease

#endif  // LEASE_BUGS_H_
