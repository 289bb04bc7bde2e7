#include "reprise/sim/world/world_state.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

// Names the scenario also where this thread runs none.
[[noreturn]] void Stop(const WorldState& world, std::string_view what,
                       std::string_view advice) {
  Context context = CurrentContext();
  if (context.scenario.empty()) context.scenario = world.scenario;
  const ScopedContext scope(context);
  Misuse(what, advice);
}

}  // namespace

void WorldState::RefuseUse(std::string_view function) const {
  Stop(*this,
       absl::StrCat(ToAbsl(function), " was called after the end of the world"),
       "what changes the world comes before trial.Run() or trial.End(), which "
       "end it; trial.RunUntilIdle() runs it and lets it live");
}

void WorldState::RefuseOutsideTask(std::string_view node,
                                   std::string_view function) const {
  if (phase == Phase::kEnded) RefuseUse(function);
  Stop(*this,
       absl::StrCat(ToAbsl(function), " of node \"", ToAbsl(node),
                    "\" was called outside the tasks of the world"),
       "only a task can wait, call and spawn through an Env: put the code into "
       "node.Spawn() or node.OnBoot(); a thread of one's own is no task");
}

}  // namespace reprise
