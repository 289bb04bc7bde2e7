// Reads: by ReadIndex ([O] 6.4) or lease ([O] 6.4.1). Both rest on rounds: in
// each one the leader asks all members for a sign of life, and a majority of
// answers shows that nobody else led when it began.

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {

absl::StatusOr<uint64_t> Consensus::Read(VirtualTime now) {
  now_ = now;
  if (role_ != Role::kLeader) {
    return absl::FailedPreconditionError("this server does not lead");
  }
  const uint64_t number = ++last_read_;
  if (options_.reads == ReadMode::kLease && KnowsCommit()) {
    if (HasLease(now_)) {
      Reached("raft.read-by-lease"_mark);
      if (observer_ != nullptr) observer_->OnRead(*this, true);
      host_.OnReadReady(number, true);
      return number;
    }
    Reached("raft.lease-lost"_mark);
  }
  // It waits for a round that begins from here on. Who comes while one is under
  // way shares the next one.
  lead_.reads.push_back({number, lead_.round + 1});
  if (lead_.reads.front().round > lead_.round) BeginRound();
  UpdateDeadline();
  return number;
}

bool Consensus::HasLease(VirtualTime now) const {
  return role_ == Role::kLeader && rules_.may_keep_lease(lead_.has_let_go) &&
         lead_.lease_start.has_value() &&
         now < *lead_.lease_start + rules_.lease_length(options_);
}

void Consensus::NumberRound() {
  ++lead_.round;
  lead_.rounds.push_back({lead_.round, now_});
  lead_.heartbeat_at = now_ + options_.heartbeat;
}

void Consensus::BeginRound() {
  if (!HearsQuorum()) {
    Reached("raft.stepped-down-without-quorum"_mark);
    ChangeRole(Role::kFollower, std::nullopt);
    return;
  }
  NumberRound();
  for (Peer& peer : lead_.peers) {
    TendInstalling(peer);
    SendHeartbeat(peer);
  }
  ConfirmRounds();
}

// Check-quorum ([O] 6.2): who has not heard a majority for an election timeout
// may have been replaced.
bool Consensus::HearsQuorum() const {
  return membership_.HasMajority([&](NodeId voter) {
    if (voter == self_) return true;
    const Progress* member = progress(voter);
    return member != nullptr && rules_.counts_reply(member->is_amnesiac) &&
           now_ - member->last_heard < options_.election_timeout;
  });
}

void Consensus::ConfirmRounds() {
  const auto answered = [&](NodeId voter) -> uint64_t {
    if (voter == self_) return lead_.round;
    const Progress* member = progress(voter);
    return member != nullptr && rules_.counts_reply(member->is_amnesiac)
               ? member->answered
               : 0;
  };
  auto open = lead_.rounds.begin();
  while (open != lead_.rounds.end() &&
         rules_.is_round_confirmed(membership_, answered, open->number)) {
    lead_.confirmed = open->number;
    lead_.lease_start = open->start;
    ++open;
  }
  if (open == lead_.rounds.begin()) return;
  lead_.rounds.erase(lead_.rounds.begin(), open);
  AnswerReads();
}

bool Consensus::KnowsCommit() const {
  return rules_.may_read(log_.TermAt(commit_).value_or(0), ballot_.term);
}

void Consensus::AnswerReads() {
  if (lead_.reads.empty() || !KnowsCommit()) return;
  auto open = lead_.reads.begin();
  for (; open != lead_.reads.end() && open->round <= lead_.confirmed; ++open) {
    Reached("raft.read-by-round"_mark);
    if (observer_ != nullptr) observer_->OnRead(*this, false);
    host_.OnReadReady(open->number, true);
  }
  lead_.reads.erase(lead_.reads.begin(), open);
  if (!lead_.reads.empty() && lead_.reads.front().round > lead_.round) {
    BeginRound();
  }
}

}  // namespace reprise::kv::raft
