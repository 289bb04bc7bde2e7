#include "reprise/kv/raft/consensus.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <variant>

#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {
namespace {

// How many entries Host::Apply is given at a time.
constexpr size_t kApplyMax = 32;

constexpr uint64_t kLives = uint64_t{1} << 48;

}  // namespace

Consensus::Consensus(NodeId self, const Options& options, const Rules& rules,
                     Host& host, StartState state, VirtualTime now,
                     Observer* observer)
    : self_(self),
      options_(options),
      rules_(rules),
      host_(host),
      observer_(observer),
      now_(now),
      ballot_(state.ballot),
      log_(state.snapshot),
      commit_(state.snapshot.index),
      applied_(state.snapshot.index),
      durable_term_(state.ballot.term),
      history_(state.snapshot.index, std::move(state.membership)),
      booted_(now),
      last_heard_(now - options.election_timeout) {
  for (Entry& entry : state.entries) {
    NoteChange(log_.last_index() + 1, entry);
    log_.Append(std::move(entry));
  }
  durable_ = log_.last();
  UpdateMembership();
  if (state.is_amnesiac) {
    ballot_.life = 1 + host_.Draw(kLives);
    ballot_.is_amnesiac = true;
    host_.SaveBallot(ballot_);
  }
  RestartElectionTimer();
  UpdateDeadline();
  if (observer_ != nullptr) observer_->OnStart(*this);
}

void Consensus::Receive(NodeId from, Message message, VirtualTime now) {
  now_ = now;
  std::visit([&](auto& kind) { Handle(from, kind); }, message);
  UpdateDeadline();
}

void Consensus::Tick(VirtualTime now) {
  now_ = now;
  if (role_ == Role::kLeader) {
    GiveUpTransferInTime();
    if (now_ >= lead_.heartbeat_at) BeginRound();
  } else if (now_ >= election_deadline_ && CanStand()) {
    Sometimes(role_ == Role::kCandidate && !granted_.empty(),
              "raft.split-vote"_mark);
    StartPreVote();
  }
  UpdateDeadline();
}

void Consensus::OnDurable(const SavePoint& point, VirtualTime now) {
  now_ = now;
  durable_term_ = std::max(durable_term_, point.term);
  // What was dropped from the log since then says nothing of what is there now.
  if (point.last.index > durable_.index && log_.Has(point.last)) {
    durable_ = point.last;
    if (observer_ != nullptr) observer_->OnDurable(*this, durable_);
  }
  if (role_ == Role::kLeader) {
    CommitByQuorum();
  } else if (role_ == Role::kCandidate) {
    CountVotes();
  }
  UpdateDeadline();
}

void Consensus::EnterTerm(Term term, std::optional<NodeId> vote) {
  ballot_ = rules_.ballot_of_new_term(ballot_, term);
  if (vote.has_value()) ballot_.vote = vote;
  host_.SaveBallot(ballot_);
}

void Consensus::ChangeRole(Role role, std::optional<NodeId> leader) {
  if (role_ == Role::kLeader) StopLeading();
  // A follower goes on waiting as long as it meant to.
  if (role_ != Role::kFollower || role != Role::kFollower) {
    RestartElectionTimer();
  }
  role_ = role;
  leader_ = leader;
  granted_.clear();
  early_.clear();
  logs_have_met_ = false;
  if (observer_ != nullptr) observer_->OnRole(*this);
}

void Consensus::FollowLeader(NodeId leader, Term term) {
  if (rules_.begins_term(term, ballot_.term)) {
    EnterTerm(term);
    ChangeRole(Role::kFollower, leader);
  } else if (role_ != Role::kFollower || leader_ != leader) {
    ChangeRole(Role::kFollower, leader);
  }
  last_heard_ = now_;
  election_deadline_ = now_ + election_wait_;
}

void Consensus::StopLeading() {
  const Leadership past = std::exchange(lead_, {});
  for (const WaitingRead& read : past.reads) {
    host_.OnReadReady(read.number, false);
  }
}

void Consensus::AdvanceCommit(Index commit) {
  commit = rules_.next_commit(std::min(commit, log_.last_index()), commit_);
  if (commit == commit_) return;
  const Index before = commit_;
  commit_ = commit;
  if (observer_ != nullptr) observer_->OnCommit(*this);
  ApplyCommitted();
  if (history_.last().index > before) {
    UpdateMembership();
    EndAmnesia();
  }
  DropApplied();
  if (role_ != Role::kLeader) return;
  AnswerReads();
  LeaveIfRemoved();
  TendMembership();
}

void Consensus::ApplyCommitted() {
  // Not more than what is there, whatever the rules let go.
  applied_ = std::max(applied_, log_.start().index);
  while (applied_ < commit_) {
    std::array<const Entry*, kApplyMax> entries;
    const size_t count = std::min<size_t>(kApplyMax, commit_ - applied_);
    for (size_t i = 0; i < count; ++i) {
      entries[i] = &log_.At(applied_ + 1 + i);
      if (role_ == Role::kLeader)
        lead_.uncommitted_bytes -= BytesOf(*entries[i]);
    }
    host_.Apply(applied_ + 1, std::span(entries.data(), count));
    for (size_t i = 0; i < count; ++i) {
      ++applied_;
      if (observer_ != nullptr) observer_->OnApply(*this, applied_);
    }
  }
}

void Consensus::DropApplied() {
  if (log_.bytes() <= options_.log_bytes_max) return;
  const Index to = rules_.may_drop_to(applied_);
  const Index before = log_.start().index;
  // One by one: what fits stays for members that are a little behind.
  while (log_.bytes() > options_.log_bytes_max && log_.start().index < to &&
         log_.start().index < log_.last_index()) {
    log_.DropTo(log_.start().index + 1);
  }
  Sometimes(log_.start().index > before, "raft.log-compacted"_mark);
  history_.ForgetBefore(log_.start().index);
}

void Consensus::UpdateDeadline() {
  if (role_ == Role::kLeader) {
    deadline_ = lead_.heartbeat_at;
    if (lead_.transfer.has_value()) {
      deadline_ = std::min(deadline_, lead_.transfer->until);
    }
  } else {
    deadline_ = CanStand() ? election_deadline_ : VirtualTime::Infinite();
  }
}

}  // namespace reprise::kv::raft
