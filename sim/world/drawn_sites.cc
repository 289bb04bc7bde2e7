#include "reprise/sim/world/drawn_sites.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/fault_table.h"

namespace reprise {

DrawnSites::DrawnSites(WorldState& world)
    : world_(world),
      is_on_(!world.faults.sites.active.IsZero() &&
             !world.faults.sites.fires.IsZero()) {}

bool DrawnSites::Fires(std::string_view name) {
  const Task* task = CurrentContext().task;
  if (!is_on_ || task == nullptr || task->IsUnwinding()) return false;
  const FrameworkMemoryScope scope;
  Site& site = Find(name);
  Passage& passage = PassageOf(site, name, task->group().name());
  if (!world_.decisions.DecideFault(passage.stream, site.fires)) return false;
  ++world_.fault_counts[Fault::kFaultSite];
  world_.trace.RecordContent({.time = world_.now(),
                              .kind = EventKind::kSiteFired,
                              .node = passage.node},
                             name);
  return true;
}

DrawnSites::Site& DrawnSites::Find(std::string_view name) {
  const auto found = sites_.find(name);
  if (found != sites_.end()) return found->second;
  const SiteOptions& options = world_.faults.sites;
  RandomStream draw(StreamKey(world_.seed, name, "site-active"));
  Site site;
  if (draw.Chance(options.active)) site.fires = options.fires;
  return sites_.emplace(name, std::move(site)).first->second;
}

DrawnSites::Passage& DrawnSites::PassageOf(Site& site, std::string_view name,
                                           std::string_view node) {
  const auto found = site.by_node.find(node);
  if (found != site.by_node.end()) return found->second;
  Passage passage;
  const auto id = world_.nodes_by_name.find(node);
  if (id != world_.nodes_by_name.end()) passage.node = id->second;
  passage.stream = world_.decisions.OpenSite(node, name);
  return site.by_node.emplace(node, passage).first->second;
}

}  // namespace reprise
