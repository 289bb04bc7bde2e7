#include "reprise/kv/raft/membership_history.h"

#include <algorithm>
#include <utility>

namespace reprise::kv::raft {

MembershipHistory::MembershipHistory(Index start, Membership membership) {
  changes_.push_back({start, std::move(membership)});
}

void MembershipHistory::Add(Index index, Membership membership) {
  changes_.push_back({index, std::move(membership)});
}

const MembershipHistory::Change& MembershipHistory::At(Index index) const {
  auto change = changes_.end() - 1;
  while (change != changes_.begin() && change->index > index) --change;
  return *change;
}

void MembershipHistory::ForgetFrom(Index index) {
  while (changes_.size() > 1 && changes_.back().index >= index) {
    changes_.pop_back();
  }
}

void MembershipHistory::ForgetBefore(Index index) {
  while (changes_.size() > 1 && changes_[1].index <= index) {
    changes_.erase(changes_.begin());
  }
}

void MembershipHistory::BeginAt(Index start, Membership membership) {
  std::erase_if(changes_,
                [&](const Change& change) { return change.index <= start; });
  changes_.insert(changes_.begin(), {start, std::move(membership)});
}

}  // namespace reprise::kv::raft
