// DrawnSites: the fault sites of one world.
//
// Whether a site is active is drawn from the seed and its name; that an active
// site fires is a decision, so that each firing can be replayed and removed.
//
// Invariant: a site is known from its first passage on.

#ifndef REPRISE_SIM_WORLD_DRAWN_SITES_H_
#define REPRISE_SIM_WORLD_DRAWN_SITES_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "reprise/sim/core/fault_site.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/world_state.h"

namespace reprise {

class DrawnSites final : public FaultSites {
 public:
  explicit DrawnSites(WorldState& world);

  // Whether any site may fire.
  bool IsOn() const { return is_on_; }
  // From now on none fires.
  void EndFaults() { is_on_ = false; }

  bool Fires(std::string_view site) override;

 private:
  // How one node passes a site.
  struct Passage {
    NodeId node;
    DecisionStream stream;
  };
  struct Site {
    Probability fires;
    std::map<std::string, Passage, std::less<>> by_node;
  };

  Site& Find(std::string_view name);
  Passage& PassageOf(Site& site, std::string_view name, std::string_view node);

  WorldState& world_;
  bool is_on_;
  std::map<std::string, Site, std::less<>> sites_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DRAWN_SITES_H_
