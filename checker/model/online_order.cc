#include "reprise/checker/model/online_order.h"

#include <algorithm>
#include <utility>

namespace reprise::checker {

OnlineOrder::OnlineOrder(StateSpace& space, size_t most)
    : space_(space), most_(most) {
  configurations_.Insert({.state = space_.Initial()});
}

OnlineOrder::OnlineOrder(StateSpace& space, size_t most,
                         std::span<const Start> starts,
                         std::span<const uint32_t> lost)
    : space_(space), most_(most) {
  for (const Start& start : starts) {
    configurations_.Insert({.state = start.state, .lost = start.taken});
  }
  for (const uint32_t operation : lost) InvokeLost(operation);
}

void OnlineOrder::Invoke(uint32_t operation) {
  if (has_given_up_) return;
  open_.push_back({.operation = operation});
  for (const Configuration& each : configurations_.All()) {
    open_.back().seen.insert(each.state);
  }
}

void OnlineOrder::InvokeAnswered(const Answered& answered) {
  if (has_given_up_) return;
  open_.push_back({.operation = answered.operation,
                   .answer = Answer::kKnown,
                   .is_read_only = answered.is_read_only,
                   .after = answered.after});
  if (answered.is_read_only) SettleAll(configurations_);
}

void OnlineOrder::InvokeLost(uint32_t operation,
                             std::optional<uint32_t> after) {
  if (has_given_up_) return;
  open_.push_back(
      {.operation = operation, .answer = Answer::kNever, .after = after});
}

bool OnlineOrder::Return(uint32_t operation) {
  if (has_given_up_ || !is_legal_) return is_legal_;
  Configurations next;
  LeadOn(operation, next);
  if (!has_given_up_ && OpenOf(operation).answer == Answer::kLater &&
      ChangedNothing(operation)) {
    AddWithout(operation, next);
  }
  Close(operation);
  return Keep(std::move(next));
}

std::vector<OnlineOrder::Start> OnlineOrder::Possible() const {
  std::vector<Start> starts;
  for (Configuration& each : configurations_.All()) {
    starts.push_back({each.state, std::move(each.lost)});
  }
  return starts;
}

// Whether the answer says that the operation left some state since its call as
// it was, although it would have changed it with another answer. Gives up where
// the answer led anywhere else.
bool OnlineOrder::ChangedNothing(uint32_t operation) {
  bool changed_nothing = false;
  for (const StateId state : OpenOf(operation).seen) {
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

const OnlineOrder::Open& OnlineOrder::OpenOf(uint32_t operation) const {
  return *std::find_if(open_.begin(), open_.end(), [&](const Open& each) {
    return each.operation == operation;
  });
}

bool OnlineOrder::IsOpen(uint32_t operation) const {
  return std::any_of(open_.begin(), open_.end(), [&](const Open& each) {
    return each.operation == operation;
  });
}

void OnlineOrder::See(StateId state) {
  for (Open& each : open_) {
    if (each.answer != Answer::kLater) continue;
    each.seen.insert(state);
    if (each.seen.size() > most_) return GiveUp();
  }
}

bool OnlineOrder::Fail(uint32_t operation) {
  if (has_given_up_ || !is_legal_) return is_legal_;
  Configurations next;
  AddWithout(operation, next);
  Close(operation);
  return Keep(std::move(next));
}

// Adds to `next` the configurations in which `operation` has not taken effect.
void OnlineOrder::AddWithout(uint32_t operation, Configurations& next) const {
  for (const Configuration& each : configurations_.All()) {
    if (!each.HasTaken(operation)) next.Insert(each);
  }
}

// Adds to `next` what the configurations become where `operation` takes effect
// with its answer, or has done so.
void OnlineOrder::LeadOn(uint32_t operation, Configurations& next) {
  const Open returned = OpenOf(operation);
  Configurations reached = configurations_;
  std::vector<Configuration> waiting = reached.All();
  while (!waiting.empty() && !has_given_up_) {
    const Configuration from = std::move(waiting.back());
    waiting.pop_back();
    if (Confirm(returned, from, next)) continue;
    for (size_t i = 0; i < open_.size(); ++i) {
      if (open_[i].operation == operation) continue;
      std::optional<Configuration> to = Take(open_[i], from);
      if (!to || !reached.Insert(*to)) continue;
      See(to->state);
      if (has_given_up_) return;
      waiting.push_back(*std::move(to));
    }
    if (reached.size() + next.size() > most_) return GiveUp();
  }
}

// Adds to `next` what `from` becomes where the operation that returns took
// effect with its answer, or does so now. Whether it had taken effect already,
// so that nothing more is to be tried.
bool OnlineOrder::Confirm(const Open& open, const Configuration& from,
                          Configurations& next) {
  const auto own = from.Place(open.operation);
  if (own != from.effects.end() && own->operation == open.operation) {
    // Where the answer leads elsewhere, ChangedNothing() has its say.
    const bool fits = open.answer == Answer::kKnown ||
                      space_.Step(own->before, open.operation,
                                  Knowledge::kAnswer) == own->after;
    if (!fits) return true;
    Configuration done = from;
    done.effects.erase(done.effects.begin() + (own - from.effects.begin()));
    next.Insert(done);
    return true;
  }
  if (!CanTake(open, from)) return false;
  const StateId answered =
      space_.Step(from.state, open.operation, Knowledge::kAnswer);
  if (answered == kImpossible) return false;
  See(answered);
  next.Insert({answered, from.effects, from.lost});
  return false;
}

// What `from` becomes where an open operation takes effect that does not return
// yet.
std::optional<Configuration> OnlineOrder::Take(const Open& open,
                                               const Configuration& from) {
  const bool is_lost = open.answer == Answer::kNever;
  if (is_lost ? from.HasTakenLost(open.operation)
              : from.HasTaken(open.operation)) {
    return std::nullopt;
  }
  // Settle() has taken what only reads, where its answer fits.
  if (open.is_read_only || !CanTake(open, from)) return std::nullopt;
  const bool is_known = open.answer == Answer::kKnown;
  const StateId after =
      space_.Step(from.state, open.operation,
                  is_known ? Knowledge::kAnswer : Knowledge::kNothing);
  if (after == kImpossible) return std::nullopt;
  Configuration to = from;
  to.state = after;
  if (is_lost) {
    to.TakeLost(open.operation);
  } else if (is_known) {
    to.Take({.operation = open.operation});
  } else {
    to.Take({open.operation, from.state, after});
  }
  Settle(to);
  return to;
}

bool OnlineOrder::CanTake(const Open& open, const Configuration& from) const {
  return !open.after || from.HasTaken(*open.after) || !IsOpen(*open.after);
}

// Lets the operations take effect that only read and whose known answers fit:
// nothing is gained where they wait.
void OnlineOrder::Settle(Configuration& configuration) {
  for (bool goes_on = true; goes_on;) {
    goes_on = false;
    for (const Open& each : open_) {
      if (!each.is_read_only || configuration.HasTaken(each.operation) ||
          !CanTake(each, configuration)) {
        continue;
      }
      const StateId after =
          space_.Step(configuration.state, each.operation, Knowledge::kAnswer);
      if (after != configuration.state) continue;
      configuration.Take({.operation = each.operation});
      goes_on = true;
    }
  }
}

void OnlineOrder::SettleAll(Configurations& configurations) {
  const bool has_readers =
      std::any_of(open_.begin(), open_.end(),
                  [](const Open& each) { return each.is_read_only; });
  if (!has_readers) return;
  Configurations settled;
  for (Configuration& each : configurations.All()) {
    Settle(each);
    settled.Insert(each);
  }
  configurations = std::move(settled);
}

bool OnlineOrder::Keep(Configurations next) {
  if (has_given_up_) return true;
  SettleAll(next);
  configurations_ = std::move(next);
  is_legal_ = !configurations_.empty();
  return is_legal_;
}

void OnlineOrder::GiveUp() {
  has_given_up_ = true;
  configurations_ = Configurations();
  open_.clear();
}

void OnlineOrder::Close(uint32_t operation) {
  std::erase_if(open_,
                [&](const Open& each) { return each.operation == operation; });
}

}  // namespace reprise::checker
