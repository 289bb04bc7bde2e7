#include "reprise/checker/model/contradiction.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

#include "reprise/checker/model/order_search.h"

namespace reprise::checker {
namespace {

// An answer is not looked at for longer than this: then it counts as needed.
constexpr uint64_t kStatesOfATry = 10'000;
// All of them, once the first illegal answer is known.
constexpr uint64_t kStatesOfAllTries = 400'000;

class Reduction {
 public:
  Reduction(std::span<const OrderItem> items, StateSpace& space,
            const Budget& budget)
      : items_(items.begin(), items.end()), space_(space), left_(budget) {}

  SmallContradiction Run() {
    CutAfterFirstIllegal();
    states_of_a_try_ = kStatesOfATry;
    left_.states = std::min(left_.states, kStatesOfAllTries);
    PassOverQuestions();
    for (size_t size = items_.size(); size > 1; size = (size + 1) / 2) {
      PassOverGroups(size);
    }
    result_.is_minimal = true;
    PassOverGroups(1);
    KeepWhatExplains();
    return std::move(result_);
  }

 private:
  OrderResult Search() {
    Budget budget = left_;
    budget.states = std::min(left_.states, states_of_a_try_);
    OrderResult found = SearchOrder(items_, space_, budget);
    left_.states -= std::min(left_.states, found.states);
    result_.states += found.states;
    if (found.outcome == Outcome::kUndecided) result_.is_minimal = false;
    return found;
  }

  // What follows an illegal beginning is illegal: so the first illegal answer
  // is found by bisection.
  void CutAfterFirstIllegal() {
    const std::vector<OrderItem> all = items_;
    std::vector<std::pair<EventIndex, uint32_t>> returns;  // With their places.
    for (uint32_t place = 0; place < all.size(); ++place) {
      if (all[place].ret != kNever) returns.emplace_back(all[place].ret, place);
    }
    std::sort(returns.begin(), returns.end());
    size_t low = 0;
    size_t high = returns.size() - 1;  // The beginning up to it is illegal.
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      Cut(all, returns[middle].first);
      if (Search().outcome == Outcome::kViolated) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    Cut(all, returns[high].first);
    result_.first_illegal = returns[high].second;
  }

  // The items of `all` that were called by `end`; later answers are unknown.
  void Cut(const std::vector<OrderItem>& all, EventIndex end) {
    items_.clear();
    for (OrderItem item : all) {
      if (item.call > end) break;
      if (item.ret > end) item.ret = kNever;
      items_.push_back(item);
    }
  }

  // Passes over all answers of what never changes a state but the last one,
  // where the rest stays illegal: without them a search has less to do.
  void PassOverQuestions() {
    const std::vector<OrderItem> before = items_;
    for (uint32_t place = 0; place < items_.size(); ++place) {
      if (items_[place].is_always_read_only && place != result_.first_illegal) {
        items_[place].ret = kNever;
      }
    }
    if (Search().outcome != Outcome::kViolated) items_ = before;
  }

  // Passes over groups of `size` neighbouring answers, where the rest stays
  // illegal. The latest come last: they are likely to matter.
  void PassOverGroups(size_t size) {
    for (size_t begin = 0; begin < items_.size(); begin += size) {
      const size_t end = std::min(items_.size(), begin + size);
      const std::vector<OrderItem> before = items_;
      bool has_answers = false;
      for (size_t i = begin; i < end; ++i) {
        has_answers |= items_[i].ret != kNever;
        items_[i].ret = kNever;
      }
      if (has_answers && Search().outcome != Outcome::kViolated) {
        items_ = before;
      }
    }
  }

  // The answers that are left and, for each of them, the operations with
  // unknown answers by which the others can be explained without it.
  void KeepWhatExplains() {
    std::set<uint32_t> kept;
    for (uint32_t place = 0; place < items_.size(); ++place) {
      if (items_[place].ret == kNever) continue;
      kept.insert(place);
      const EventIndex ret = std::exchange(items_[place].ret, kNever);
      const OrderResult found = Search();
      items_[place].ret = ret;
      if (found.outcome != Outcome::kHolds) continue;
      kept.insert(found.order.begin(), found.order.end());
    }
    for (const uint32_t place : kept) {
      result_.parts.push_back({place, items_[place].knowledge()});
    }
  }

  std::vector<OrderItem> items_;  // Unknown: those that are passed over.
  StateSpace& space_;
  Budget left_;
  uint64_t states_of_a_try_ = UINT64_MAX;
  SmallContradiction result_;
};

}  // namespace

SmallContradiction FindSmallContradiction(std::span<const OrderItem> items,
                                          StateSpace& space,
                                          const Budget& budget) {
  return Reduction(items, space, budget).Run();
}

SmallContradiction WholeContradiction(std::span<const OrderItem> items) {
  SmallContradiction whole;
  whole.is_minimal = false;
  EventIndex last = 0;
  for (uint32_t place = 0; place < items.size(); ++place) {
    whole.parts.push_back({place, items[place].knowledge()});
    if (items[place].ret == kNever || items[place].ret < last) continue;
    last = items[place].ret;
    whole.first_illegal = place;
  }
  return whole;
}

}  // namespace reprise::checker
