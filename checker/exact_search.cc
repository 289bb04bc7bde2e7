#include "reprise/checker/exact_search.h"

#include <algorithm>
#include <set>
#include <utility>

#include "reprise/checker/history/precedence.h"
#include "reprise/checker/key_value/store_model.h"

namespace reprise::checker {
namespace {

class ExactSearch {
 public:
  ExactSearch(const History& history, std::span<const OperationId> ids,
              std::string_view initial, const Budget& budget)
      : history_(history), ids_(ids), budget_(budget), taken_(ids.size()) {
    frames_.push_back({std::string(initial), 0});
    for (OperationId id : ids) answered_left_ += !history[id].IsPending();
  }

  ExactResult Run() {
    while (!frames_.empty()) {
      if (answered_left_ == 0) return Finish(Outcome::kHolds);
      if (seen_.size() > budget_.states) return Finish(Outcome::kUndecided);
      if (!Advance()) Retreat();
    }
    return Finish(Outcome::kViolated);
  }

 private:
  struct Frame {
    std::string value;
    size_t next;  // the first operation that was not tried from here
  };

  // Takes the next operation that leads to a configuration not seen before.
  bool Advance() {
    const size_t from = frames_.back().next;
    for (size_t place = from; place < ids_.size(); ++place) {
      if (taken_[place] || !MayComeNext(place)) continue;
      std::string value = frames_.back().value;
      const Operation& operation = history_[ids_[place]];
      if (!StoreModel::Step(history_, operation, value)) continue;
      taken_[place] = true;
      if (!seen_.insert({taken_, value}).second) {
        taken_[place] = false;
        continue;
      }
      frames_.back().next = place + 1;
      frames_.push_back({std::move(value), 0});
      order_.push_back(place);
      answered_left_ -= !operation.IsPending();
      if (order_.size() > longest_.size()) longest_ = order_;
      return true;
    }
    return false;
  }

  void Retreat() {
    frames_.pop_back();
    if (order_.empty()) return;
    const size_t place = order_.back();
    order_.pop_back();
    taken_[place] = false;
    answered_left_ += !history_[ids_[place]].IsPending();
  }

  bool MayComeNext(size_t place) const {
    const Operation& operation = history_[ids_[place]];
    for (size_t other = 0; other < ids_.size(); ++other) {
      if (taken_[other] || other == place) continue;
      if (Precedes(history_, ids_[other], ids_[place])) return false;
      if (history_[ids_[other]].call > operation.call) break;
    }
    return true;
  }

  ExactResult Finish(Outcome outcome) {
    ExactResult result;
    result.outcome = outcome;
    result.states = seen_.size();
    for (size_t place : outcome == Outcome::kHolds ? order_ : longest_) {
      result.order.push_back(ids_[place]);
    }
    return result;
  }

  const History& history_;
  const std::span<const OperationId> ids_;
  const Budget budget_;
  std::vector<bool> taken_;
  size_t answered_left_ = 0;
  std::vector<Frame> frames_;  // one more than order_
  std::vector<size_t> order_;
  std::vector<size_t> longest_;
  std::set<std::pair<std::vector<bool>, std::string>> seen_;
};

}  // namespace

ExactResult SearchExactly(const History& history,
                          std::span<const OperationId> ids,
                          std::string_view initial, const Budget& budget) {
  return ExactSearch(history, ids, initial, budget).Run();
}

}  // namespace reprise::checker
