#include "reprise/sim/explore/shrink/shrink_units.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/shrink/decision_kind.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

Decision Edit(std::string entity, Purpose purpose, uint64_t index,
              uint64_t value) {
  return {.entity = std::move(entity),
          .purpose = std::string(RowOf(purpose).name),
          .index = index,
          .value = value};
}

std::string ClientEntity(int client) { return absl::StrCat("client ", client); }

Decision LeftOut(int client, int64_t index) {
  return Edit(ClientEntity(client), Purpose::kOperationLeftOut,
              static_cast<uint64_t>(index), 1);
}

Decision StartEdit(int client, int64_t index, VirtualTime start) {
  return Edit(ClientEntity(client), Purpose::kOperationStart,
              static_cast<uint64_t>(index),
              static_cast<uint64_t>(start.nanoseconds()));
}

// The client's loop ends after so many.
Decision CountEdit(int client, int64_t count) {
  return Edit(ClientEntity(client), Purpose::kOperations, 0,
              static_cast<uint64_t>(count));
}

bool IsOf(const Decision& decision, Purpose purpose) {
  return decision.purpose == RowOf(purpose).name;
}

// Whether it leaves something out where it stands in a schedule.
bool IsLeavingOut(const Decision& decision) {
  return IsOf(decision, Purpose::kOperationLeftOut) ||
         IsOf(decision, Purpose::kClientLeftOut) ||
         IsOf(decision, Purpose::kNodeLeftOut);
}

// Whether it says what is left of clients and their operations.
bool IsOfClients(const Decision& decision) {
  return IsOfWorkload(decision) && !IsOf(decision, Purpose::kNodeLeftOut);
}

}  // namespace

Units ClientUnits(const ShrinkState& state) {
  std::set<int> clients;
  for (const BegunOperation& operation : state.trial.operations) {
    clients.insert(operation.client);
  }
  Units units;
  for (const int client : clients) {
    units.push_back(Edit(ClientEntity(client), Purpose::kClientLeftOut, 0, 1));
  }
  return units;
}

Units NodeUnits(const ShrinkState& state) {
  std::set<std::string> nodes;
  std::set<std::string> left_out;
  for (const Decision& decision : state.timeline.edits.schedule) {
    const size_t arrow = decision.entity.find("->");
    if (IsOf(decision, Purpose::kNodeLeftOut)) {
      left_out.insert(decision.entity);
    } else if (arrow != std::string::npos) {
      nodes.insert(decision.entity.substr(0, arrow));
      nodes.insert(decision.entity.substr(arrow + 2));
    }
  }
  Units units;
  for (const std::string& node : nodes) {
    if (left_out.contains(node)) continue;
    units.push_back(Edit(node, Purpose::kNodeLeftOut, 0, 1));
  }
  return units;
}

Units OperationUnits(const ShrinkState& state) {
  Units units;
  for (const BegunOperation& operation : state.trial.operations) {
    units.push_back(LeftOut(operation.client, operation.index));
  }
  return units;
}

Units DecisionUnits(const ShrinkState& state) {
  Units units;
  for (const Decision& decision : state.timeline.edits.schedule) {
    if (!IsOfWorkload(decision)) units.push_back(decision);
  }
  return units;
}

Units StartUnits(const ShrinkState& state) {
  Units units;
  for (const Decision& decision : state.timeline.edits.schedule) {
    if (IsOf(decision, Purpose::kOperationStart)) units.push_back(decision);
  }
  return units;
}

UnitGroups GroupsOf(const Units& units, std::string Decision::*member) {
  std::map<std::string, Units> groups;
  for (const Decision& decision : units) {
    groups[decision.*member].push_back(decision);
  }
  UnitGroups list;
  for (auto& [name, group] : groups) list.push_back(std::move(group));
  return list;
}

Units WithoutPlaces(Units units, size_t one, size_t other) {
  units.erase(units.begin() + static_cast<ptrdiff_t>(std::max(one, other)));
  if (one != other) {
    units.erase(units.begin() + static_cast<ptrdiff_t>(std::min(one, other)));
  }
  return units;
}

UnitGroups PairsOf(const Units& units) {
  UnitGroups pairs;
  for (size_t i = 0; i < units.size(); ++i) {
    for (size_t j = i + 1; j < units.size(); ++j) {
      pairs.push_back({units[i], units[j]});
    }
  }
  return pairs;
}

UnitGroups SetsOf(const Units& units) {
  UnitGroups sets;
  for (uint64_t bits = 0; bits < uint64_t{1} << units.size(); ++bits) {
    if (std::popcount(bits) < 2) continue;
    Units& set = sets.emplace_back();
    for (size_t i = 0; i < units.size(); ++i) {
      if ((bits >> i & 1) != 0) set.push_back(units[i]);
    }
  }
  std::stable_sort(sets.begin(), sets.end(),
                   [](const auto& one, const auto& other) {
                     return one.size() > other.size();
                   });
  return sets;
}

Timeline Without(Timeline timeline, const Units& units) {
  Schedule& schedule = timeline.edits.schedule;
  std::set<Decision> erased;
  for (const Decision& unit : units) {
    if (IsLeavingOut(unit)) {
      schedule.push_back(unit);
    } else {
      erased.insert(unit);
    }
  }
  std::erase_if(schedule, [&](const Decision& decision) {
    return erased.contains(decision);
  });
  return timeline;
}

Timeline StartLater(Timeline timeline, const BegunOperation& operation,
                    Duration later) {
  const Decision edit =
      StartEdit(operation.client, operation.index, operation.began + later);
  Schedule& schedule = timeline.edits.schedule;
  std::erase_if(schedule, [&](const Decision& decision) {
    return decision.entity == edit.entity && decision.purpose == edit.purpose &&
           decision.index == edit.index;
  });
  schedule.push_back(edit);
  return timeline;
}

Timeline OnlyOperations(Timeline timeline,
                        const std::vector<BegunOperation>& known,
                        const std::vector<BegunOperation>& operations) {
  Schedule& schedule = timeline.edits.schedule;
  std::erase_if(schedule, IsOfClients);
  std::map<std::pair<int, int64_t>, VirtualTime> starts;
  for (const BegunOperation& each : operations) {
    starts[{each.client, each.index}] = each.began;
  }
  std::map<int, int64_t> counts;  // Of each client's loop.
  for (const auto& [place, start] : starts) {
    const auto& [client, index] = place;
    counts[client] = index + 1;
    if (start > VirtualTime()) {
      schedule.push_back(StartEdit(client, index, start));
    }
  }
  std::set<int> left_out;
  for (const BegunOperation& each : known) {
    if (!counts.contains(each.client)) {
      left_out.insert(each.client);
    } else if (each.index < counts[each.client] &&
               !starts.contains({each.client, each.index})) {
      schedule.push_back(LeftOut(each.client, each.index));
    }
  }
  for (const int client : left_out) {
    schedule.push_back(
        Edit(ClientEntity(client), Purpose::kClientLeftOut, 0, 1));
  }
  for (const auto& [client, count] : counts) {
    schedule.push_back(CountEdit(client, count));
  }
  return timeline;
}

Timeline WithoutDecisions(Timeline timeline) {
  timeline.edits.base = Base::kCalm;
  timeline.edits.reseeds.clear();
  std::erase_if(timeline.edits.schedule, [](const Decision& decision) {
    return !IsOfWorkload(decision);
  });
  return timeline;
}

Timeline CalmTimeline(const ShrinkState& state) {
  const RecordedTrial& trial = state.trial;
  Timeline calm = state.timeline;
  calm.options = trial.options;
  calm.edits.base = Base::kCalm;
  calm.edits.schedule = trial.schedule;
  std::map<int, int64_t> last;
  for (const BegunOperation& operation : trial.operations) {
    calm.edits.schedule.push_back(
        StartEdit(operation.client, operation.index, operation.began));
    int64_t& index = last[operation.client];
    index = std::max(index, operation.index);
  }
  for (const auto& [client, index] : last) {
    calm.edits.schedule.push_back(CountEdit(client, index + 1));
  }
  return calm;
}

Timeline TidyTimeline(const ShrinkState& state) {
  std::set<std::string> clients;
  for (const BegunOperation& operation : state.trial.operations) {
    clients.insert(ClientEntity(operation.client));
  }
  Timeline timeline = state.timeline;
  Schedule schedule;
  std::set<std::string> left_out;
  for (const Decision& decision : timeline.edits.schedule) {
    const bool is_left_out = IsOf(decision, Purpose::kClientLeftOut) ||
                             IsOf(decision, Purpose::kOperationLeftOut);
    if (is_left_out && !clients.contains(decision.entity)) {
      left_out.insert(decision.entity);
    } else if (!IsOf(decision, Purpose::kOperations)) {
      schedule.push_back(decision);
    }
  }
  for (const std::string& client : left_out) {
    schedule.push_back(Edit(client, Purpose::kClientLeftOut, 0, 1));
  }
  timeline.edits.schedule = std::move(schedule);
  return timeline;
}

}  // namespace reprise
