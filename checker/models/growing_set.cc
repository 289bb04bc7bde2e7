#include "reprise/checker/models/growing_set.h"

#include <algorithm>
#include <utility>

#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

using enum GrowingSetKind;

constexpr uint32_t kNone = UINT32_MAX;

// Places by number, in ascending order.
using Lists = std::vector<std::vector<uint32_t>>;

class GrowingSet {
 public:
  GrowingSet(std::span<const GrowingSetOperation> operations,
             std::span<const uint32_t> initial, size_t elements)
      : operations_(operations),
        is_taken_(operations.size()),
        is_in_(elements),
        level_(elements, kNone),
        misses_left_(elements),
        adds_(elements),
        seen_by_(elements),
        missed_by_(elements),
        waiting_adds_(elements),
        unseen_(operations.size()) {
    for (const uint32_t element : initial) is_in_[element] = true;
    ByReturn();
  }

  std::vector<uint32_t> FindWrong() {
    std::vector<uint32_t> wrong = FindBlind();
    if (wrong.empty()) wrong = RankReads();
    if (!wrong.empty()) return wrong;
    Prepare();
    if (TakeAll()) return {};
    return Named(Circle());
  }

 private:
  void ByReturn() {
    for (uint32_t place = 0; place < operations_.size(); ++place) {
      if (operations_[place].interval.ret != kNever) returns_.push_back(place);
    }
    std::stable_sort(
        returns_.begin(), returns_.end(), [this](uint32_t a, uint32_t b) {
          return operations_[a].interval.ret < operations_[b].interval.ret;
        });
  }

  // An operation that missed what is in at first.
  std::vector<uint32_t> FindBlind() const {
    const auto initial = std::count(is_in_.begin(), is_in_.end(), true);
    for (uint32_t place = 0; place < operations_.size(); ++place) {
      const GrowingSetOperation& operation = operations_[place];
      if (operation.kind == kMissing && is_in_[operation.element]) {
        return {place};
      }
      if (operation.kind != kRead) continue;
      const auto seen =
          std::count_if(operation.read.begin(), operation.read.end(),
                        [this](uint32_t element) { return is_in_[element]; });
      if (seen < initial) return {place};
    }
    return {};
  }

  // Puts reads into levels, each of which saw less than the next. Two that saw
  // what the other did not contradict each other.
  std::vector<uint32_t> RankReads() {
    for (uint32_t place = 0; place < operations_.size(); ++place) {
      if (operations_[place].kind == kRead) reads_.push_back(place);
    }
    std::stable_sort(
        reads_.begin(), reads_.end(), [this](uint32_t a, uint32_t b) {
          return operations_[a].read.size() < operations_[b].read.size();
        });
    level_of_.assign(operations_.size(), 0);
    std::vector<uint32_t> last_seen(is_in_.size(), kNone);
    for (uint32_t rank = 0; rank < reads_.size(); ++rank) {
      const auto& read = operations_[reads_[rank]].read;
      size_t kept = 0;
      for (const uint32_t element : read) {
        kept += last_seen[element] == rank - 1 && rank > 0;
        last_seen[element] = rank;
      }
      if (rank == 0) {
        reads_at_.push_back(0);
      } else {
        const auto& before = operations_[reads_[rank - 1]].read;
        if (kept < before.size()) {
          return Named({reads_[rank - 1], reads_[rank]});
        }
        if (before.size() < read.size()) reads_at_.push_back(0);
      }
      const auto level = static_cast<uint32_t>(reads_at_.size() - 1);
      level_of_[reads_[rank]] = level;
      ++reads_at_[level];
      for (const uint32_t element : read) {
        level_[element] = std::min(level_[element], level);
      }
    }
    return {};
  }

  void Prepare() {
    const auto levels = static_cast<uint32_t>(reads_at_.size());
    unlocked_at_.resize(levels + 1);
    for (uint32_t element = 0; element < level_.size(); ++element) {
      level_[element] = std::min(level_[element], levels);
      unlocked_at_[level_[element]].push_back(element);
    }
    for (uint32_t place = 0; place < operations_.size(); ++place) {
      const GrowingSetOperation& operation = operations_[place];
      if (operation.kind == kAdd) adds_[operation.element].push_back(place);
      if (operation.kind == kFound && !is_in_[operation.element]) {
        seen_by_[operation.element].push_back(place);
        ++unseen_[place];
      }
      if (operation.kind == kMissing) {
        missed_by_[operation.element].push_back(place);
        ++misses_left_[operation.element];
      }
      for (const uint32_t element : operation.read) {
        if (is_in_[element]) continue;
        seen_by_[element].push_back(place);
        ++unseen_[place];
      }
    }
  }

  // Takes what can be taken. Whether that is all.
  bool TakeAll() {
    for (;;) {
      while (first_return_ < returns_.size() &&
             is_taken_[returns_[first_return_]]) {
        ++first_return_;
      }
      if (first_return_ == returns_.size()) return true;
      const EventIndex bound =
          operations_[returns_[first_return_]].interval.ret;
      while (called_ < operations_.size() &&
             operations_[called_].interval.call <= bound) {
        ready_.push_back(called_++);
      }
      if (ready_.empty()) return false;
      while (!ready_.empty()) {
        const uint32_t place = ready_.back();
        ready_.pop_back();
        TryToTake(place);
      }
    }
  }

  bool IsOpenFor(uint32_t element) const {
    return level_[element] <= done_levels_ && misses_left_[element] == 0;
  }

  // Takes the operation if it has nothing to wait for, or else has it tried
  // again when that has changed.
  void TryToTake(uint32_t place) {
    const GrowingSetOperation& operation = operations_[place];
    if (is_taken_[place] || place >= called_) return;
    const uint32_t element = operation.element;
    switch (operation.kind) {
      case kAdd:
        if (!is_in_[element] && !IsOpenFor(element)) {
          waiting_adds_[element].push_back(place);
          return;
        }
        is_taken_[place] = true;
        PutIn(element);
        return;
      case kMissing:
        if (is_in_[element]) return;
        is_taken_[place] = true;
        if (--misses_left_[element] == 0) Retry(waiting_adds_[element]);
        return;
      case kFound:
        is_taken_[place] = unseen_[place] == 0;
        return;
      case kRead:
        if (unseen_[place] > 0) return;
        is_taken_[place] = true;
        FinishRead(level_of_[place]);
    }
  }

  void PutIn(uint32_t element) {
    if (is_in_[element]) return;
    is_in_[element] = true;
    for (const uint32_t place : seen_by_[element]) {
      if (--unseen_[place] == 0) ready_.push_back(place);
    }
    Retry(waiting_adds_[element]);
  }

  void FinishRead(uint32_t level) {
    --reads_at_[level];
    while (done_levels_ < reads_at_.size() && reads_at_[done_levels_] == 0) {
      ++done_levels_;
      for (const uint32_t element : unlocked_at_[done_levels_]) {
        Retry(waiting_adds_[element]);
      }
    }
  }

  void Retry(std::vector<uint32_t>& places) {
    ready_.insert(ready_.end(), places.begin(), places.end());
    places.clear();
  }

  // For what an operation waits that is not taken; kNone: for nothing that
  // there is.
  uint32_t WaitsFor(uint32_t place) const {
    const GrowingSetOperation& operation = operations_[place];
    const uint32_t first = returns_[first_return_];
    if (operation.interval.call > operations_[first].interval.ret) return first;
    if (operation.kind == kAdd) return BlockerOf(operation.element);
    if (operation.kind == kFound) return FirstAdd(operation.element);
    for (const uint32_t element : operation.read) {
      if (!is_in_[element]) return FirstAdd(element);
    }
    return kNone;
  }

  uint32_t FirstAdd(uint32_t element) const {
    return adds_[element].empty() ? kNone : adds_[element].front();
  }

  uint32_t BlockerOf(uint32_t element) const {
    for (const uint32_t place : missed_by_[element]) {
      if (!is_taken_[place]) return place;
    }
    for (const uint32_t place : reads_) {
      if (!is_taken_[place] && level_of_[place] < level_[element]) return place;
    }
    return kNone;
  }

  // Operations that wait for each other, or one for what never comes.
  std::vector<uint32_t> Circle() const {
    std::vector<uint32_t> chain;
    std::vector<bool> is_in_chain(operations_.size());
    uint32_t place = returns_[first_return_];
    while (place != kNone && !is_in_chain[place]) {
      is_in_chain[place] = true;
      chain.push_back(place);
      place = WaitsFor(place);
    }
    if (place == kNone) return {chain.back()};
    return {std::find(chain.begin(), chain.end(), place), chain.end()};
  }

  // With all adds of what they saw.
  std::vector<uint32_t> Named(std::vector<uint32_t> places) const {
    std::vector<bool> is_seen(is_in_.size());
    for (const uint32_t place : places) {
      const GrowingSetOperation& operation = operations_[place];
      for (const uint32_t element : operation.read) is_seen[element] = true;
      if (operation.kind != kRead) is_seen[operation.element] = true;
    }
    for (uint32_t place = 0; place < operations_.size(); ++place) {
      const GrowingSetOperation& operation = operations_[place];
      if (operation.kind == kAdd && is_seen[operation.element]) {
        places.push_back(place);
      }
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
  }

  const std::span<const GrowingSetOperation> operations_;
  std::vector<bool> is_taken_;
  std::vector<uint32_t> returns_;  // answered ones, by return
  uint32_t first_return_ = 0;      // the first of them that is not taken
  uint32_t called_ = 0;            // operations that the bound has reached
  std::vector<uint32_t> ready_;    // to be tried

  std::vector<uint32_t> reads_;     // those that saw less in front
  std::vector<uint32_t> level_of_;  // of reads
  std::vector<uint32_t> reads_at_;  // not taken yet, by level
  uint32_t done_levels_ = 0;        // all reads below are taken

  // By element.
  std::vector<bool> is_in_;
  std::vector<uint32_t> level_;  // the first that saw it
  std::vector<uint32_t> misses_left_;
  Lists adds_;
  Lists seen_by_;
  Lists missed_by_;
  Lists waiting_adds_;
  Lists unlocked_at_;  // elements, by level

  std::vector<uint32_t> unseen_;  // by place: elements to wait for
};

}  // namespace

std::vector<uint32_t> FindWrong(std::span<const GrowingSetOperation> operations,
                                std::span<const uint32_t> initial,
                                size_t elements) {
  return GrowingSet(operations, initial, elements).FindWrong();
}

}  // namespace reprise::checker
