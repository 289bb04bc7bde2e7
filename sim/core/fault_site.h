// Named fault sites: places in code under test that misbehave, rarely and by
// the seed, in ways that are allowed but hard to provoke from outside.
//
// Guarantees: outside a simulation, and in worlds without fault sites, a site
// never fires and costs one load. In a world each site is active in some runs
// only (SiteOptions in sim/world/faults.h), decided by seed and name; each
// firing is a decision of (node, "site-NAME", how often the node passed it
// before), recorded and replayed like any other fault.
//
// The idea is FoundationDB's BUGGIFY.
//
//   if (FaultSite("kv.reply-late")) env.clock().SleepFor(Milliseconds(20));

#ifndef REPRISE_SIM_CORE_FAULT_SITE_H_
#define REPRISE_SIM_CORE_FAULT_SITE_H_

#include <string_view>

#include "reprise/sim/core/context.h"

namespace reprise {

// Who decides; a world puts one into the thread's context while it runs.
class FaultSites {
 public:
  // Whether the site fires at this passage by the running task.
  virtual bool Fires(std::string_view site) = 0;

 protected:
  ~FaultSites() = default;
};

// Whether the site fires this time. `name`: letters, digits, dots and hyphens,
// the same in every run.
inline bool FaultSite(std::string_view name) {
  FaultSites* sites = CurrentContext().fault_sites;
  return sites != nullptr && sites->Fires(name);
}

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_FAULT_SITE_H_
