#include "reprise/checker/model/online_order.h"

#include <algorithm>
#include <utility>

namespace reprise::checker {

OnlineOrder::OnlineOrder(StateSpace& space) : space_(space) {
  configurations_.insert({space_.Initial(), {}});
}

void OnlineOrder::Invoke(uint32_t operation) {
  if (has_given_up_) return;
  open_.push_back({operation, {}});
  for (const Configuration& each : configurations_) {
    open_.back().seen.insert(each.state);
  }
}

bool OnlineOrder::Return(uint32_t operation) {
  if (has_given_up_ || !is_legal_) return is_legal_;
  std::set<Configuration> next;
  LeadOn(operation, next);
  if (!has_given_up_ && ChangedNothing(operation)) {
    AddWithout(operation, next);
  }
  Close(operation);
  return Keep(std::move(next));
}

// Whether the answer says that the operation left some state since its call as
// it was, although it would have changed it with another answer. Gives up where
// the answer led anywhere else.
bool OnlineOrder::ChangedNothing(uint32_t operation) {
  const auto open = std::find_if(
      open_.begin(), open_.end(),
      [&](const Open& each) { return each.operation == operation; });
  bool changed_nothing = false;
  for (const StateId state : open->seen) {
    const StateId answered = space_.Step(state, operation, Knowledge::kAnswer);
    if (answered == kImpossible ||
        answered == space_.Step(state, operation, Knowledge::kNothing)) {
      continue;
    }
    if (answered != state) {
      GiveUp();
      return false;
    }
    changed_nothing = true;
  }
  return changed_nothing;
}

void OnlineOrder::See(StateId state) {
  for (Open& each : open_) {
    each.seen.insert(state);
    if (each.seen.size() > kMost) return GiveUp();
  }
}

bool OnlineOrder::Fail(uint32_t operation) {
  if (has_given_up_ || !is_legal_) return is_legal_;
  std::set<Configuration> next;
  AddWithout(operation, next);
  Close(operation);
  return Keep(std::move(next));
}

// Adds to `next` the configurations in which `operation` has not taken effect.
void OnlineOrder::AddWithout(uint32_t operation,
                             std::set<Configuration>& next) const {
  for (const Configuration& each : configurations_) {
    const bool took_effect = std::any_of(
        each.effects.begin(), each.effects.end(),
        [&](const Effect& effect) { return effect.operation == operation; });
    if (!took_effect) next.insert(each);
  }
}

// Adds to `next` what the configurations become where `operation` takes effect
// with its answer, or has done so.
void OnlineOrder::LeadOn(uint32_t operation, std::set<Configuration>& next) {
  std::set<Configuration> reached = configurations_;
  std::vector<Configuration> waiting(reached.begin(), reached.end());
  while (!waiting.empty() && !has_given_up_) {
    const Configuration from = std::move(waiting.back());
    waiting.pop_back();
    const auto effect_of = [&](uint32_t open) {
      return std::lower_bound(from.effects.begin(), from.effects.end(), open,
                              [](const Effect& effect, uint32_t wanted) {
                                return effect.operation < wanted;
                              });
    };
    const auto own = effect_of(operation);
    if (own != from.effects.end() && own->operation == operation) {
      const StateId after =
          space_.Step(own->before, operation, Knowledge::kAnswer);
      if (after == kImpossible) continue;
      // Where the answer leads elsewhere, ChangedNothing() has its say.
      if (after != own->after) continue;
      Configuration done = from;
      done.effects.erase(done.effects.begin() + (own - from.effects.begin()));
      next.insert(std::move(done));
      continue;
    }
    const StateId answered =
        space_.Step(from.state, operation, Knowledge::kAnswer);
    if (answered != kImpossible) {
      See(answered);
      next.insert({answered, from.effects});
    }
    for (size_t i = 0; i < open_.size(); ++i) {
      const uint32_t open = open_[i].operation;
      const auto place = effect_of(open);
      const bool is_taken =
          place != from.effects.end() && place->operation == open;
      if (is_taken || open == operation) continue;
      const StateId after = space_.Step(from.state, open, Knowledge::kNothing);
      if (after == kImpossible) continue;
      Configuration to = from;
      to.state = after;
      to.effects.insert(to.effects.begin() + (place - from.effects.begin()),
                        {open, from.state, after});
      if (!reached.insert(to).second) continue;
      See(after);
      waiting.push_back(std::move(to));
    }
    if (reached.size() + next.size() > kMost) return GiveUp();
  }
}

bool OnlineOrder::Keep(std::set<Configuration> next) {
  if (has_given_up_) return true;
  configurations_ = std::move(next);
  is_legal_ = !configurations_.empty();
  return is_legal_;
}

void OnlineOrder::GiveUp() {
  has_given_up_ = true;
  configurations_.clear();
  open_.clear();
}

void OnlineOrder::Close(uint32_t operation) {
  std::erase_if(open_,
                [&](const Open& each) { return each.operation == operation; });
}

}  // namespace reprise::checker
