#include "reprise/checker/model/alike.h"

#include <utility>

namespace reprise::checker {

Alike::Alike(std::span<const OrderItem> items, StateSpace& space)
    : items_(items.begin(), items.end()), space_(space) {
  std::set<std::pair<uint32_t, Knowledge>> seen;
  std::vector<size_t> unknown;
  for (const OrderItem& item : items) {
    const bool is_unknown = item.knowledge() == Knowledge::kNothing;
    const uint32_t same = is_unknown ? item.same_unanswered : item.same;
    same_.push_back(same);
    if (!seen.emplace(same, item.knowledge()).second) continue;
    if (is_unknown) {
      if (item.is_always_read_only) continue;
      kind_of_[same] = kinds_.size();
      unknown.push_back(kinds_.size());
    }
    kinds_.push_back(item);
  }
  groups_.push_back(std::move(unknown));
  Renumber();
}

bool Alike::Visit(StateId state) {
  if (!visited_.insert(state).second) return true;
  bool is_split = false;
  const size_t groups = groups_.size();  // New ones agree in this state.
  for (size_t group = 0; group < groups; ++group) {
    is_split |= SplitGroup(group, state);
  }
  if (!is_split) return true;
  visited_.clear();
  has_split_ = true;
  Renumber();
  return false;
}

// Leaves in the group what leads where its first one does, and moves the others
// to groups of their own. Whether there are any.
bool Alike::SplitGroup(size_t group, StateId state) {
  std::vector<std::pair<StateId, std::vector<size_t>>> parts;
  for (const size_t kind : groups_[group]) {
    const StateId next =
        Step(state, kinds_[kind].operation, Knowledge::kNothing);
    bool is_found = false;
    for (auto& [other, part] : parts) {
      if (other != next && !AreAlike(other, next)) continue;
      if (other != next) chosen_[next] = other;
      part.push_back(kind);
      is_found = true;
      break;
    }
    if (!is_found) parts.push_back({next, {kind}});
  }
  if (parts.size() <= 1) return false;
  groups_[group] = std::move(parts[0].second);
  for (size_t i = 1; i < parts.size(); ++i) {
    groups_.push_back(std::move(parts[i].second));
  }
  return true;
}

bool Alike::AreAlike(StateId a, StateId b) {
  constexpr size_t kMostPairs = 16;
  if (a == kImpossible || b == kImpossible) return false;
  const auto known = known_.find({a, b});
  if (known != known_.end()) return known->second;
  std::set<Pair> pairs = {{a, b}};  // taken for alike
  std::vector<Pair> open = {{a, b}};
  bool is_alike = true;
  while (is_alike && !open.empty()) {
    const Pair pair = open.back();
    open.pop_back();
    std::set<Pair> further;
    is_alike = Expand(pair, further);
    for (const Pair& each : further) {
      if (pairs.insert(each).second) open.push_back(each);
    }
    is_alike = is_alike && pairs.size() <= kMostPairs;
  }
  known_[{a, b}] = is_alike;
  return is_alike;
}

// Adds the pairs that have to be alike if `pair` is. False if it is not.
bool Alike::Expand(const Pair& pair, std::set<Pair>& pairs) {
  for (const OrderItem& kind : kinds_) {
    const StateId a = Step(pair.first, kind.operation, kind.knowledge());
    const StateId b = Step(pair.second, kind.operation, kind.knowledge());
    if (a == b) continue;
    if (a == kImpossible || b == kImpossible) return false;
    pairs.emplace(a, b);
  }
  return true;
}

void Alike::Renumber() {
  std::vector<uint32_t> number(kinds_.size());  // of the group, by kind
  for (uint32_t group = 0; group < groups_.size(); ++group) {
    for (const size_t kind : groups_[group]) number[kind] = group;
  }
  for (size_t place = 0; place < items_.size(); ++place) {
    const auto found = kind_of_.find(same_[place]);
    if (found == kind_of_.end() ||
        items_[place].knowledge() == Knowledge::kAnswer) {
      continue;
    }
    items_[place].same_unanswered = number[found->second];
  }
}

}  // namespace reprise::checker
