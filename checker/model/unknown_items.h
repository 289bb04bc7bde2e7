// The items of a search that may wait: those whose answers are not known, and
// those that a client called at the instant of its own last return.
//
//   const std::vector<uint32_t> before = ClientOrder(items);
//   UnknownItems unknown(items, before);
//   unknown.AppendCandidates(items, bound, candidates);

#ifndef REPRISE_CHECKER_MODEL_UNKNOWN_ITEMS_H_
#define REPRISE_CHECKER_MODEL_UNKNOWN_ITEMS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/model/order_item.h"

namespace reprise::checker {

// In the place of an item's place.
inline constexpr uint32_t kNoItem = UINT32_MAX;

// Of each item the answered one of its client that it must come after because
// it was called at the instant of that one's return; kNoItem: there is none.
// (Where the return came earlier, the events say so themselves.)
inline std::vector<uint32_t> ClientOrder(std::span<const OrderItem> items) {
  std::vector<uint32_t> before(items.size(), kNoItem);
  std::map<int32_t, uint32_t> last;  // the last answered item of each client
  for (uint32_t place = 0; place < items.size(); ++place) {
    const OrderItem& item = items[place];
    const auto found = last.find(item.client);
    if (found != last.end() && items[found->second].ret == item.call) {
      before[place] = found->second;
    }
    if (item.ret != kNever) last[item.client] = place;
  }
  return before;
}

// The items whose answers are not known: class by class, in the order of their
// calls. Those taken of a class are always the first ones. What has to wait for
// another of its client is a class of its own.
class UnknownItems {
 public:
  UnknownItems(std::span<const OrderItem> items,
               std::span<const uint32_t> before)
      : class_of_(items.size(), kNoItem) {
    std::map<uint32_t, uint32_t> numbers;
    for (uint32_t place = 0; place < items.size(); ++place) {
      const OrderItem& item = items[place];
      if (item.ret != kNever || item.is_always_read_only) continue;
      const auto next = static_cast<uint32_t>(classes_.size());
      const uint32_t number =
          before[place] == kNoItem
              ? numbers.try_emplace(item.same_unanswered, next).first->second
              : next;
      if (number == next) classes_.emplace_back();
      classes_[number].places.push_back(place);
      class_of_[place] = number;
    }
  }

  // Appends the first item of each class that was called by `bound`.
  void AppendCandidates(std::span<const OrderItem> items, EventIndex bound,
                        std::vector<uint32_t>& candidates) const {
    for (const Class& same : classes_) {
      // Classes ascend by their first call.
      if (items[same.places[0]].call > bound) return;
      if (same.taken == same.places.size()) continue;
      const uint32_t place = same.places[same.taken];
      if (items[place].call <= bound) candidates.push_back(place);
    }
  }

  void Take(uint32_t place) {
    ++classes_[class_of_[place]].taken;
    taken_.insert(std::lower_bound(taken_.begin(), taken_.end(), place), place);
  }
  void GiveBack(uint32_t place) {
    --classes_[class_of_[place]].taken;
    taken_.erase(std::lower_bound(taken_.begin(), taken_.end(), place));
  }

  // In ascending order.
  const std::vector<uint32_t>& taken() const { return taken_; }

 private:
  struct Class {
    std::vector<uint32_t> places;
    size_t taken = 0;
  };

  std::vector<Class> classes_;
  std::vector<uint32_t> class_of_;  // By place.
  std::vector<uint32_t> taken_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_UNKNOWN_ITEMS_H_
