// Which operations the guided search tries next (guided_search.h).

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "reprise/checker/key_value/guided_search.h"

namespace reprise::checker {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

}  // namespace

// The first return of what is open: nothing called later can be next.
EventIndex GuidedSearch::Bound() const {
  EventIndex bound = kNever;
  for (uint32_t place = open_.First();
       place != open_.End() && operations_[place].call <= bound;
       place = open_.After(place)) {
    bound = std::min(bound, operations_[place].ret);
  }
  return bound;
}

void GuidedSearch::OpenFrame() {
  const EventIndex bound = Bound();
  const size_t first = choices_.size();
  frames_.push_back({Here(), first, first, bound});
  FindWanted(bound);
  open_.ForEachEnabled([&](uint32_t place) {
    AddChoice(place, /*is_spare=*/false);
    return true;
  });
  for (uint32_t place : Spares()) AddChoice(place, /*is_spare=*/true);
  AddUnanswered(bound);
  std::sort(choices_.begin() + static_cast<ptrdiff_t>(first), choices_.end(),
            [&](const Choice& a, const Choice& b) {
              return std::tuple(a.rank, operations_[a.place].ret, a.place) <
                     std::tuple(b.rank, operations_[b.place].ret, b.place);
            });
}

// Only those of which something can come, as far as that is known: there may
// be many.
void GuidedSearch::AddUnanswered(EventIndex bound) {
  const auto add = [&](uint32_t place) {
    if (!open_.Waits(place)) AddChoice(place, /*is_spare=*/true);
  };
  if (open_.HasTouching() || (wants_any_ && !states_.TellsDead())) {
    unanswered_.ForEachNext(bound, add);
    return;
  }
  if (!states_.TellsDead()) {
    for (StateId value : wanted_) unanswered_.ForEachWriting(value, bound, add);
    return;
  }
  unanswered_.ForEachNext(OperationKind::kPut, bound, add);
  states_.ForEachContinuation(value_, [&](std::string_view text) {
    ++steps_;
    unanswered_.ForEachAppendOf(text, bound, add);
  });
}

// Finds which values can be seen by what comes right behind a write: by what
// can be taken now, or could if all Puts that can be taken were spared.
void GuidedSearch::FindWanted(EventIndex bound) {
  ++frame_number_;
  wanted_.clear();
  wants_any_ = states_.HasAppends();
  has_blind_ = false;
  has_new_blind_ = false;
  blocker_ = kNone;
  const EventIndex last_bound = HasLastWrite() ? last_write_.bound : kNever;
  EventIndex reach = kNever;
  for (uint32_t place = open_.First();
       place != open_.End() && operations_[place].call <= reach;
       place = open_.After(place)) {
    ++steps_;
    const Operation& operation = operations_[place];
    const bool is_enabled = operation.call <= bound;
    if (roles_[place] == Role::kBlind && is_enabled) {
      has_blind_ = true;
      has_new_blind_ |= operation.call > last_bound;
      if (blocker_ == kNone || operation.ret < operations_[blocker_].ret) {
        blocker_ = place;
      }
      continue;
    }
    reach = std::min(reach, operation.ret);
    if (states_.HasAppends() || roles_[place] == Role::kBlind) continue;
    if (operation.answer == Answer::kFailed) {
      wants_any_ = true;
    } else {
      Want(operation.kind == OperationKind::kCas ? states_.expected(place)
                                                 : states_.seen(place));
    }
  }
  if (wants_any_) return;
  unanswered_.ForEachNext(OperationKind::kCas, reach, [&](uint32_t place) {
    ++steps_;
    Want(states_.expected(place));
  });
}

void GuidedSearch::Want(StateId value) {
  if (wanted_at_[value] == frame_number_) return;
  wanted_at_[value] = frame_number_;
  wanted_.push_back(value);
}

void GuidedSearch::AddChoice(uint32_t place, bool is_spare) {
  ++steps_;
  const StateId after = states_.Step(place, value_);
  if (after == SearchStates::kNone) return;
  const Operation& operation = operations_[place];
  const bool stays_dead = is_dead_ && operation.kind == OperationKind::kAppend;
  if (IsNeedless(place, after, is_spare)) return;
  const bool is_live = !stays_dead && states_.IsLive(after);
  // A write that need not happen, and nobody can see.
  if (is_spare && !is_live && operation.kind == OperationKind::kAppend) return;
  const uint8_t rank = (is_live ? 0 : 4) + (operation.IsPending() ? 2
                                            : is_spare            ? 1
                                                                  : 0);
  const Choice choice{place, stays_dead ? value_ : after, rank, is_spare};
  if (!HasTwin(choice)) choices_.push_back(choice);
}

bool GuidedSearch::IsNeedless(uint32_t place, StateId after,
                              bool is_spare) const {
  const Operation& operation = operations_[place];
  if (open_.HasTouching()) return false;
  const bool is_put = operation.kind == OperationKind::kPut;
  // It could have come instead of the last write.
  if (is_put && HasLastWrite() && !has_new_blind_ &&
      operation.call <= last_write_.bound) {
    return true;
  }
  if (is_spare && !has_blind_ && after == value_) return true;
  if (wants_any_ || wanted_at_[after] == frame_number_) return false;
  if (is_spare) return true;
  // That which returns first will do where nobody sees it.
  return roles_[place] == Role::kBlind && place != blocker_ &&
         operation.call <= spares_end_at_;
}

// Whether a choice of the frame does the same. Keeps the one that returns
// first, unless the other can do more.
bool GuidedSearch::HasTwin(const Choice& choice) {
  const Operation& operation = operations_[choice.place];
  if (operation.HasOutput() || open_.HasTouching() ||
      operation.call > spares_end_at_) {
    return false;
  }
  for (size_t at = frames_.back().choices; at < choices_.size(); ++at) {
    ++steps_;
    Choice& other = choices_[at];
    const Operation& twin = operations_[other.place];
    if (twin.kind != operation.kind || twin.HasOutput() ||
        twin.answer == Answer::kFailed || twin.call > spares_end_at_ ||
        states_.written(other.place) != states_.written(choice.place) ||
        states_.expected(other.place) != states_.expected(choice.place)) {
      continue;
    }
    const bool is_first = operation.ret < twin.ret;
    if (operation.kind != OperationKind::kPut &&
        other.is_spare != choice.is_spare && is_first == choice.is_spare) {
      continue;
    }
    if (is_first) other = choice;
    return true;
  }
  return false;
}

}  // namespace reprise::checker
