#include "reprise/checker/model/order_search.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "reprise/checker/model/alike.h"
#include "reprise/checker/model/reached_orders.h"
#include "reprise/checker/model/unknown_items.h"

namespace reprise::checker {
namespace {

constexpr uint32_t kNone = kNoItem;

// The answered items that are not taken, by call: a list in an array. Taking
// and giving back cost O(1), if given back in the reverse order.
class OpenItems {
 public:
  explicit OpenItems(std::span<const OrderItem> items)
      : next_(items.size() + 1, kNone), previous_(items.size(), kNone) {
    const auto head = static_cast<uint32_t>(items.size());
    uint32_t last = head;
    for (uint32_t place = 0; place < head; ++place) {
      if (items[place].ret == kNever) continue;
      next_[last] = place;
      previous_[place] = last;
      last = place;
    }
  }

  uint32_t first() const { return next_.back(); }
  uint32_t after(uint32_t place) const { return next_[place]; }

  void Take(uint32_t place) {
    next_[previous_[place]] = next_[place];
    if (next_[place] != kNone) previous_[next_[place]] = previous_[place];
  }
  void GiveBack(uint32_t place) {
    next_[previous_[place]] = place;
    if (next_[place] != kNone) previous_[next_[place]] = place;
  }

 private:
  std::vector<uint32_t> next_;  // The last entry is the head of the list.
  std::vector<uint32_t> previous_;
};

class OrderSearch {
 public:
  // `alike`: the state space, if it is that; else null.
  OrderSearch(std::span<const OrderItem> items, StateSpace& space,
              const Budget& budget, Alike* alike)
      : items_(items),
        space_(space),
        alike_(alike),
        budget_(budget),
        open_(items),
        before_(ClientOrder(items)),
        unknown_(items, before_),
        is_joined_(items.size(), false),
        is_taken_(items.size(), false) {
    for (uint32_t place = 0; place < items.size(); ++place) {
      const uint32_t before = before_[place];
      if (before == kNone || items[before].ret != items[place].call) continue;
      is_joined_[before] = true;
    }
  }

  OrderResult Run() {
    OpenFrame(space_.Initial(), kNone);
    while (open_.first() != kNone && !frames_.empty() && !is_split_ &&
           !IsSpent()) {
      if (!Advance()) Retreat();
    }
    OrderResult result;
    const bool is_done = open_.first() == kNone;
    result.outcome = is_done           ? Outcome::kHolds
                     : frames_.empty() ? Outcome::kViolated
                                       : Outcome::kUndecided;
    if (!is_done) KeepLongest();
    result.order = is_done ? order_ : longest_;
    result.states = states_;
    result.bytes = UsedBytes();
    return result;
  }

 private:
  static constexpr uint64_t kReported = 1000;  // states at a time

  // A configuration on the way to the current one.
  struct Frame {
    StateId state;
    uint32_t taken;       // The item that led here; kNone at the beginning.
    uint32_t candidates;  // Where its candidates begin.
    uint32_t next;        // The next of them to try.
    bool has_unknown;     // Whether unknown items are among them already.
  };

  uint64_t UsedBytes() const { return reached_.bytes() + space_.MemoryBytes(); }
  bool IsSpent() {
    if (budget_.monitor != nullptr && states_ - reported_ >= kReported) {
      budget_.monitor->states += states_ - std::exchange(reported_, states_);
    }
    return states_ >= budget_.states || UsedBytes() > budget_.bytes ||
           IsStopped(budget_.monitor);
  }

  void OpenFrame(StateId state, uint32_t taken) {
    const auto begin = static_cast<uint32_t>(candidates_.size());
    frames_.push_back({state, taken, begin, begin, false});
    if (alike_ != nullptr && !alike_->Visit(state)) is_split_ = true;
    AppendAnswered(state);
  }

  // The first return of what is not taken: nothing called later can be next.
  EventIndex Bound() const {
    EventIndex bound = kNever;
    for (uint32_t place = open_.first();
         place != kNone && items_[place].call <= bound;
         place = open_.after(place)) {
      bound = std::min(bound, items_[place].ret);
    }
    return bound;
  }

  bool CanBeNext(uint32_t place) const {
    // Where a call shares the instant of a return, a client keeps its order.
    return before_[place] == kNone || is_taken_[before_[place]];
  }

  // A read that can be taken, alone; else all items that can be next, those
  // that return first in front.
  void AppendAnswered(StateId state) {
    const size_t begin = candidates_.size();
    const EventIndex bound = Bound();
    for (uint32_t place = open_.first();
         place != kNone && items_[place].call <= bound;
         place = open_.after(place)) {
      const OrderItem& item = items_[place];
      if (!CanBeNext(place)) continue;
      if (item.is_read_only) {
        if (StepTo(state, item) == kImpossible) continue;
        candidates_.resize(begin);
        candidates_.push_back(place);
        frames_.back().has_unknown = true;  // Nothing else need be tried.
        return;
      }
      candidates_.push_back(place);
    }
    std::sort(candidates_.begin() + static_cast<ptrdiff_t>(begin),
              candidates_.end(), [this](uint32_t a, uint32_t b) {
                return std::tuple(items_[a].ret, !is_joined_[a], a) <
                       std::tuple(items_[b].ret, !is_joined_[b], b);
              });
    DropSame(begin);
  }

  // Of items that do the same, keeps the one that returns first: whatever must
  // come after another of them must come after that one, too. But for what its
  // client calls at the instant of its return.
  void DropSame(size_t begin) {
    size_t kept = begin;
    for (size_t i = begin; i < candidates_.size(); ++i) {
      const uint32_t same = items_[candidates_[i]].same;
      const bool is_new = std::none_of(
          candidates_.begin() + static_cast<ptrdiff_t>(begin),
          candidates_.begin() + static_cast<ptrdiff_t>(kept),
          [&](uint32_t other) {
            return items_[other].same == same &&
                   (!is_joined_[candidates_[i]] ||
                    items_[other].ret < items_[candidates_[i]].ret);
          });
      if (is_new) candidates_[kept++] = candidates_[i];
    }
    candidates_.resize(kept);
  }

  StateId StepTo(StateId state, const OrderItem& item) {
    return space_.Step(state, item.operation, item.knowledge());
  }

  // Takes a further item, if one leads to a configuration that is new.
  bool Advance() {
    for (;;) {
      Frame& frame = frames_.back();
      if (frame.next == candidates_.size()) {
        if (frame.has_unknown) return false;
        frame.has_unknown = true;
        unknown_.AppendCandidates(items_, Bound(), candidates_);
        continue;
      }
      const uint32_t place = candidates_[frame.next++];
      const OrderItem& item = items_[place];
      if (!CanBeNext(place)) continue;
      const StateId state = StepTo(frame.state, item);
      if (state == kImpossible) continue;
      // An effect that shows nowhere need not be.
      if (item.ret == kNever && state == frame.state) continue;
      Take(place);
      // A read leads to one place, so that nothing is won by knowing it again.
      const bool is_read = item.ret != kNever && item.is_read_only;
      if (!is_read && !Remember(state)) {
        GiveBack(place);
        continue;
      }
      ++states_;
      OpenFrame(state, place);
      return true;
    }
  }

  void Retreat() {
    KeepLongest();
    const Frame frame = frames_.back();
    frames_.pop_back();
    candidates_.resize(frame.candidates);
    if (frame.taken != kNone) GiveBack(frame.taken);
    kept_ = std::min(kept_, order_.size());
  }

  void Take(uint32_t place) {
    is_taken_[place] = true;
    order_.push_back(place);
    if (items_[place].ret == kNever) {
      unknown_.Take(place);
    } else {
      open_.Take(place);
      last_taken_.push_back(
          last_taken_.empty() ? place : std::max(place, last_taken_.back()));
    }
  }

  void GiveBack(uint32_t place) {
    is_taken_[place] = false;
    order_.pop_back();
    if (items_[place].ret == kNever) {
      unknown_.GiveBack(place);
    } else {
      open_.GiveBack(place);
      last_taken_.pop_back();
    }
  }

  // The answered items that are taken are all up to the last one but a few.
  bool Remember(StateId state) {
    key_.clear();
    const auto append = [this](uint32_t number) {
      key_.append(reinterpret_cast<const char*>(&number), sizeof(number));
    };
    append(state);
    const uint32_t last = last_taken_.empty() ? 0 : last_taken_.back();
    append(last_taken_.empty() ? kNone : last);
    for (uint32_t place = open_.first(); place != kNone && place < last;
         place = open_.after(place)) {
      append(place);
    }
    return reached_.Add(key_, unknown_.taken());
  }

  // Copies the current order if it is the longest so far: of it only what has
  // changed since the last copy.
  void KeepLongest() {
    if (order_.size() <= longest_.size()) return;
    longest_.resize(order_.size());
    std::copy(order_.begin() + static_cast<ptrdiff_t>(kept_), order_.end(),
              longest_.begin() + static_cast<ptrdiff_t>(kept_));
    kept_ = order_.size();
  }

  const std::span<const OrderItem> items_;
  StateSpace& space_;
  Alike* const alike_;
  const Budget& budget_;
  OpenItems open_;
  const std::vector<uint32_t> before_;  // see ClientOrder()
  UnknownItems unknown_;
  std::vector<bool> is_joined_;  // Its client calls when it returns.
  std::vector<bool> is_taken_;
  std::vector<Frame> frames_;         // One more than order_.
  std::vector<uint32_t> candidates_;  // Of all frames.
  std::vector<uint32_t> order_;
  std::vector<uint32_t> last_taken_;  // The highest answered place, so far.
  ReachedOrders reached_;
  std::string key_;
  bool is_split_ = false;  // It has to begin anew.
  uint64_t states_ = 0;
  uint64_t reported_ = 0;  // of them, to the monitor
  std::vector<uint32_t> longest_;
  size_t kept_ = 0;  // So much of order_ is at the front of longest_.
};

}  // namespace

OrderResult SearchOrder(std::span<const OrderItem> items, StateSpace& space,
                        const Budget& budget, uint64_t plain_states) {
  Budget short_budget = budget;
  short_budget.states = std::min(budget.states, plain_states);
  OrderResult result =
      OrderSearch(items, space, short_budget, /*alike=*/nullptr).Run();
  if (result.outcome != Outcome::kUndecided || result.states < plain_states ||
      budget.states <= plain_states) {
    return result;
  }
  Alike alike(items, space);
  Budget left = budget;
  uint64_t states = result.states;
  do {
    left.states = budget.states - std::min(budget.states, states);
    result = OrderSearch(alike.items(), alike, left, &alike).Run();
    states += result.states;
  } while (alike.TakeSplit());
  result.states = states;
  return result;
}

Exhaustion ExhaustionOf(const OrderResult& result, const std::string& partition,
                        uint64_t operations, const Budget& budget) {
  Exhaustion exhaustion = {.key = partition,
                           .operations = operations,
                           .explained = result.order.size(),
                           .resource = Resource::kStates,
                           .limit = 0,
                           .states = result.states,
                           .bytes = result.bytes,
                           .sentence = ""};
  if (IsStopped(budget.monitor)) {
    exhaustion.resource = Resource::kStopped;
  } else if (result.states < budget.states) {
    exhaustion.resource = Resource::kBytes;
  }
  exhaustion.limit = LimitOf(budget, exhaustion.resource);
  exhaustion.sentence = ExhaustionSentence(exhaustion);
  return exhaustion;
}

}  // namespace reprise::checker
