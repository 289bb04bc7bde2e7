#include "reprise/checker/key_value/plain_search.h"

#include <algorithm>
#include <utility>

namespace reprise::checker {

PlainSearch::PlainSearch(const KeyOperations& key, const Segment& segment,
                         SearchStates& states, Memory memory)
    : operations_(
          key.operations.subspan(segment.begin, segment.end - segment.begin)),
      states_(states),
      memory_(memory),
      open_(key, segment),
      value_(states.initial()),
      next_(open_.First()) {
  for (const Operation& operation : operations_) {
    answered_left_ += !operation.IsPending();
  }
}

Progress PlainSearch::Advance(const Turn& turn) {
  const uint64_t last_step =
      turn.steps < UINT64_MAX - steps_ ? steps_ + turn.steps : UINT64_MAX;
  const uint64_t last_state =
      turn.states < UINT64_MAX - visited_ ? visited_ + turn.states : UINT64_MAX;
  while (progress_ == Progress::kRunning) {
    if (answered_left_ == 0) {
      progress_ = Progress::kHolds;
    } else if (FindNext()) {
      Take();
      if (!IsNew()) GiveBack();
      if (steps_ >= last_step || visited_ >= last_state) break;
      if (visited_ % 256 == 0 && MemoryBytes() > turn.bytes) break;
    } else if (taken_.empty()) {
      progress_ = Progress::kViolated;
    } else {
      KeepLongest();
      GiveBack();
    }
  }
  return progress_;
}

// Goes on from `next_` to an operation that can be taken now.
bool PlainSearch::FindNext() {
  for (; next_ != open_.End(); next_ = open_.After(next_)) {
    ++steps_;
    const Operation& operation = operations_[next_];
    if (operation.call > bound_) return false;
    if (!open_.Waits(next_)) {
      after_ = states_.Step(next_, value_);
      if (after_ != SearchStates::kNone) return true;
    }
    bound_ = std::min(bound_, operation.ret);
  }
  return false;
}

bool PlainSearch::IsNew() {
  bool is_new = false;
  if (memory_ == Memory::kHashes) {
    is_new = seen_.Insert(fingerprint_ ^ Zobrist(value_));
  } else {
    std::vector<uint64_t> configuration(operations_.size() / 64 + 2);
    for (const Taken& taken : taken_) {
      configuration[taken.place / 64] |= uint64_t{1} << taken.place % 64;
    }
    configuration.back() = value_;
    is_new = seen_whole_.insert(std::move(configuration)).second;
  }
  visited_ += is_new;
  return is_new;
}

void PlainSearch::Take() {
  taken_.push_back({next_, value_, bound_});
  open_.Remove(next_);
  answered_left_ -= !operations_[next_].IsPending();
  fingerprint_ = fingerprint_ ^ Zobrist(kFirstPlace + next_);
  value_ = after_;
  next_ = open_.First();
  bound_ = kNever;
}

// Looks on behind what was taken last.
void PlainSearch::GiveBack() {
  const Taken taken = taken_.back();
  taken_.pop_back();
  kept_ = std::min(kept_, taken_.size());
  open_.Restore(taken.place);
  answered_left_ += !operations_[taken.place].IsPending();
  fingerprint_ = fingerprint_ ^ Zobrist(kFirstPlace + taken.place);
  value_ = taken.value_before;
  next_ = open_.After(taken.place);
  bound_ = std::min(taken.bound_before, operations_[taken.place].ret);
}

// Copies the order if it is the longest so far: of it only what has changed
// since the last copy.
void PlainSearch::KeepLongest() {
  if (taken_.size() <= longest_.size()) return;
  longest_.resize(taken_.size());
  for (; kept_ < taken_.size(); ++kept_) longest_[kept_] = taken_[kept_].place;
}

uint64_t PlainSearch::MemoryBytes() const {
  return seen_.MemoryBytes() +
         seen_whole_.size() * (operations_.size() / 8 + 64) +
         operations_.size() * 2 * sizeof(Taken);
}

const std::vector<uint32_t>& PlainSearch::Order() {
  if (progress_ == Progress::kHolds) longest_.clear(), kept_ = 0;
  KeepLongest();
  return longest_;
}

}  // namespace reprise::checker
