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

Decision ClientUnit(int client) {
  return Edit(ClientEntity(client), Purpose::kClientLeftOut, 0, 1);
}

Decision LeftOut(int client, int64_t index) {
  return Edit(ClientEntity(client), Purpose::kOperationLeftOut,
              static_cast<uint64_t>(index), 1);
}

Decision StartEdit(int client, int64_t index, VirtualTime start) {
  return Edit(ClientEntity(client), Purpose::kOperationStart,
              static_cast<uint64_t>(index),
              static_cast<uint64_t>(start.nanoseconds()));
}

// A loop of a client: the client, and the index of its first operation.
using Loop = std::pair<int, int64_t>;

Loop LoopOf(const BegunOperation& operation) {
  return {operation.client, operation.loop};
}

// The loop ends with the operation of that index.
Decision EndEdit(const Loop& loop, int64_t last) {
  const auto& [client, first] = loop;
  return Edit(ClientEntity(client), Purpose::kOperations,
              static_cast<uint64_t>(first),
              static_cast<uint64_t>(last - first + 1));
}

// The last operation of each loop.
using Lasts = std::map<Loop, int64_t>;

Lasts LastsOf(const std::vector<BegunOperation>& operations) {
  Lasts lasts;
  for (const BegunOperation& each : operations) {
    int64_t& last = lasts[LoopOf(each)];
    last = std::max(last, each.index);
  }
  return lasts;
}

void AppendEnds(const Lasts& lasts, Schedule& schedule) {
  for (const auto& [loop, last] : lasts) {
    schedule.push_back(EndEdit(loop, last));
  }
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
    units.push_back(ClientUnit(client));
  }
  return units;
}

Units NodeUnits(const ShrinkState& state) {
  const std::vector<std::string>& servers = state.trial.result.servers;
  std::set<std::string> nodes(servers.begin(), servers.end());
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
  std::set<int> clients;
  std::map<std::pair<int, int64_t>, VirtualTime> starts;
  for (const BegunOperation& each : operations) {
    clients.insert(each.client);
    starts[{each.client, each.index}] = each.began;
  }
  for (const auto& [place, start] : starts) {
    if (start == VirtualTime()) continue;
    schedule.push_back(StartEdit(place.first, place.second, start));
  }
  Lasts lasts = LastsOf(operations);
  std::set<Decision> left_out;
  for (const BegunOperation& each : known) {
    if (!clients.contains(each.client)) {
      left_out.insert(ClientUnit(each.client));
      continue;
    }
    // A loop of which nothing is left ends with its first operation.
    const auto [last, is_new] = lasts.emplace(LoopOf(each), each.loop);
    if (is_new) left_out.insert(LeftOut(each.client, each.loop));
    if (each.index <= last->second &&
        !starts.contains({each.client, each.index})) {
      left_out.insert(LeftOut(each.client, each.index));
    }
  }
  schedule.insert(schedule.end(), left_out.begin(), left_out.end());
  AppendEnds(lasts, schedule);
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
  for (const BegunOperation& operation : trial.operations) {
    calm.edits.schedule.push_back(
        StartEdit(operation.client, operation.index, operation.began));
  }
  AppendEnds(LastsOf(trial.operations), calm.edits.schedule);
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
