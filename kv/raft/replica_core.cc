#include "reprise/kv/raft/replica_core.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {
namespace {

// Messages may be lost: where a disk stays broken, no more than so many wait.
constexpr size_t kOutboxMax = 1024;
// After the disk has failed.
constexpr Duration kDiskRest = Milliseconds(10);

absl::Status NotLeader() {
  return absl::FailedPreconditionError("this server does not lead");
}

absl::Status Unknown() {
  return absl::UnavailableError(
      "this server does not lead any more: the command may take effect or not");
}

std::string_view NameOf(Role role) {
  switch (role) {
    case Role::kFollower:
      return "follows";
    case Role::kPreCandidate:
      return "asks whether it may stand";
    case Role::kCandidate:
      return "stands for election";
    case Role::kLeader:
      return "leads";
  }
  __builtin_unreachable();
}

std::string Numbers(std::span<const NodeId> nodes) {
  std::string text;
  for (const NodeId node : nodes) {
    absl::StrAppend(&text, text.empty() ? "" : ",", node.value());
  }
  return text;
}

}  // namespace

ReplicaCore::ReplicaCore(Env& env, StateMachine& machine,
                         ReplicaOptions options)
    : env_(env),
      machine_(machine),
      options_(std::move(options)),
      durable_(env.disk(), options_.journal, options_.version),
      versions_(options_.version) {}

absl::Status ReplicaCore::Start() {
  absl::StatusOr<StartState> state = Recover();
  if (!state.ok()) return state.status();
  membership_ = state->membership;
  term_ = state->ballot.term;
  env_.Log(LogLevel::kInfo, "starts",
           {{"term", term_},
            {"snapshot", state->snapshot.index},
            {"entries", state->entries.size()},
            {"amnesiac", state->is_amnesiac || state->ballot.is_amnesiac}});
  durable_.Begin([this] { return Image(); });
  consensus_.emplace(env_.id(), options_.raft, options_.rules,
                     static_cast<Host&>(*this), *std::move(state), Now(),
                     options_.observer);
  offered_.emplace(env_, "raft", *consensus_);
  for (size_t kind = 0; kind < std::size(kMethods); ++kind) {
    env_.network().Receive(kMethods[kind],
                           [this, kind](NodeId from, const Bytes& bytes) {
                             Receive(kind, from, bytes);
                           });
  }
  UpgradeFiles(AllRead());
  env_.tasks().Spawn("raft-persist", [this] { Persist(); });
  env_.tasks().Spawn("raft-timer", [this] { KeepTime(); });
  Settle();
  return absl::OkStatus();
}

absl::StatusOr<StartState> ReplicaCore::Recover() {
  StartState state;
  state.membership.voters = options_.first_members;
  std::sort(state.membership.voters.begin(), state.membership.voters.end());
  absl::StatusOr<std::optional<DurableImage>> image = durable_.Load();
  if (absl::IsDataLoss(image.status()) && options_.rejoins) {
    Reached("raft.rejoined-without-data"_mark);
    env_.Log(LogLevel::kInfo, "has lost its data",
             {{"reason", image.status().message()}});
    state.is_amnesiac = true;
    return state;
  }
  if (!image.ok()) return image.status();
  if (!image->has_value()) return state;
  if (!machine_.Restore((*image)->snapshot.state).ok()) {
    return absl::DataLossError("what the server has saved is no snapshot");
  }
  state.ballot = (*image)->ballot;
  state.snapshot = (*image)->snapshot.last;
  state.membership = std::move((*image)->snapshot.membership);
  state.entries = std::move((*image)->entries);
  return state;
}

// The state machine is where the Consensus has applied the log to.
DurableImage ReplicaCore::Image() const {
  const EntryLog& log = consensus_->log();
  const Index applied = consensus_->applied();
  DurableImage image;
  image.ballot = consensus_->ballot();
  image.snapshot = {.last = {applied, *log.TermAt(applied)},
                    .membership = consensus_->MembershipAt(applied),
                    .state = machine_.Snapshot()};
  image.entries.reserve(log.last_index() - applied);
  for (Index index = applied + 1; index <= log.last_index(); ++index) {
    image.entries.push_back(log.At(index));
  }
  return image;
}

// What is written in a later version cannot be read, but who sent it can learn
// which one this server reads, from a message that says nothing else.
void ReplicaCore::Receive(size_t kind, NodeId from, const Bytes& bytes) {
  absl::StatusOr<Received> received =
      DecodeMessage(kind, bytes, options_.version);
  if (absl::IsUnimplemented(received.status())) {
    Reached("raft.later-version-refused"_mark);
    return Send(from, RequestVoteReply{}, SendWhen::kAtOnce);
  }
  if (!received.ok()) return;
  const Versions& versions = received->versions;
  if (versions_.Hear(from, versions.reads)) UpgradeFiles(AllRead());
  UpgradeFiles(std::min(versions.all_read, options_.version));
  consensus_->Receive(from, std::move(received->message), Now());
  Settle();
}

void ReplicaCore::KeepTime() {
  while (true) {
    timer_until_ = VirtualTime();
    if (Now() >= consensus_->deadline()) {
      consensus_->Tick(Now());
      Settle();
      continue;
    }
    timer_until_ = consensus_->deadline();
    timer_wakes_.Wait({.what = "deadline", .object = "raft", .is_rest = true},
                      timer_until_);
  }
}

void ReplicaCore::Persist() {
  while (true) {
    while (saved_ == committed_) {
      persist_wakes_.Wait({.what = "work", .object = "raft", .is_rest = true});
    }
    CommitOnce();
  }
}

// One sync for all that was saved, and for all messages that wait for it.
void ReplicaCore::CommitOnce() {
  const uint64_t saved = saved_;
  const SavePoint point = consensus_->save_point();
  const absl::Status status = durable_.Commit();
  if (!status.ok()) {
    Reached("raft.commit-failed"_mark);
    env_.Log(LogLevel::kWarning, "cannot write",
             {{"reason", status.message()}});
    env_.clock().SleepFor(kDiskRest);
    return;
  }
  committed_ = saved;
  consensus_->OnDurable(point, Now());
  SendWaiting();
  Settle();
}

void ReplicaCore::SendWaiting() {
  size_t sent = 0;
  for (; sent < outbox_.size() && outbox_[sent].saved <= committed_; ++sent) {
    Outgoing& message = outbox_[sent];
    env_.network().Send(message.to, kMethods[message.kind],
                        std::move(message.bytes));
  }
  Sometimes(sent > 1, "raft.messages-shared-a-sync"_mark);
  outbox_.erase(outbox_.begin(),
                outbox_.begin() + static_cast<std::ptrdiff_t>(sent));
}

void ReplicaCore::SaveBallot(const Ballot& ballot) {
  ++saved_;
  durable_.SaveBallot(ballot);
}

void ReplicaCore::SaveEntries(Index first, std::span<const Entry> entries) {
  ++saved_;
  may_have_changed_members_ = true;
  durable_.SaveEntries(first, entries);
}

void ReplicaCore::SaveSnapshot(const Snapshot& snapshot, bool keeps_log) {
  ++saved_;
  may_have_changed_members_ = true;
  const absl::Status status = machine_.Restore(snapshot.state);
  REPRISE_CHECK(status.ok(), status.message());
  durable_.SaveSnapshot(snapshot, keeps_log);
  env_.Log(LogLevel::kInfo, "takes a snapshot over",
           {{"index", snapshot.last.index}, {"bytes", snapshot.state.size()}});
}

void ReplicaCore::Send(NodeId to, Message message, SendWhen when) {
  Bytes bytes = EncodeMessage(
      message, {.version = versions_.For(to), .reads = options_.version});
  if (when == SendWhen::kAtOnce || saved_ == committed_) {
    env_.network().Send(to, kMethods[message.index()], std::move(bytes));
  } else if (outbox_.size() < kOutboxMax) {
    outbox_.push_back({saved_, to, message.index(), std::move(bytes)});
  }
}

void ReplicaCore::Apply(Index first, std::span<const Entry* const> entries) {
  Index index = first;
  for (const Entry* entry : entries) {
    Bytes reply;
    if (entry->kind == EntryKind::kCommand) {
      reply = machine_.Apply(index, entry->data);
    } else if (entry->kind == EntryKind::kMembership) {
      const absl::StatusOr<Membership> membership =
          DecodeMembership(entry->data);
      if (membership.ok() && !membership->IsJoint()) {
        last_settled_change_ = index;
        changes_.WakeAll();
      }
    }
    if (!proposals_.empty()) {
      proposals_.AnswerUpTo(index, entry->term, std::move(reply), Unknown());
    }
    ++index;
  }
}

Bytes ReplicaCore::StateSnapshot() { return machine_.Snapshot(); }

void ReplicaCore::OnReadReady(uint64_t read, bool is_ready) {
  if (reads_.Answer(read, is_ready ? absl::OkStatus() : NotLeader())) return;
  early_reads_.push_back({read, is_ready});
}

uint64_t ReplicaCore::Draw(uint64_t count) {
  return static_cast<uint64_t>(
      env_.random().Uniform(0, static_cast<int64_t>(count) - 1));
}

absl::StatusOr<Bytes> ReplicaCore::Execute(Bytes command) {
  // Before the proposal, which may be applied at once.
  Waiter waiter(proposals_, consensus_->log().last_index() + 1,
                consensus_->term());
  const absl::Status status =
      consensus_->Propose(std::move(command), Now()).status();
  Settle();
  if (!status.ok()) return status;
  return waiter.Get();
}

absl::Status ReplicaCore::AwaitRead() {
  early_reads_.clear();
  const absl::StatusOr<uint64_t> read = consensus_->Read(Now());
  Settle();
  if (!read.ok()) return read.status();
  for (const EarlyRead& early : early_reads_) {
    if (early.read != *read) continue;
    return early.is_ready ? absl::OkStatus() : NotLeader();
  }
  return Waiter(reads_, *read, 0).Get().status();
}

absl::Status ReplicaCore::ChangeMembership(const Membership& wanted) {
  const absl::StatusOr<Position> entry =
      consensus_->ChangeMembership(wanted, Now());
  Settle();
  if (!entry.ok()) return entry.status();
  const Term term = consensus_->term();
  while (last_settled_change_ < entry->index) {
    if (role_ != Role::kLeader || consensus_->term() != term) return Unknown();
    changes_.Wait({.what = "membership", .object = "raft"});
  }
  return absl::OkStatus();
}

absl::Status ReplicaCore::TransferLeadership(NodeId to) {
  const absl::Status status = consensus_->TransferLeadership(to, Now());
  Settle();
  if (!status.ok()) return status;
  const VirtualTime end = Now() + options_.raft.election_timeout;
  while (role_ == Role::kLeader) {
    if (!changes_.Wait({.what = "transfer", .object = "raft"}, end)) {
      return absl::FailedPreconditionError("the transfer was given up");
    }
  }
  return absl::OkStatus();
}

void ReplicaCore::Settle() {
  NoteRole();
  if (may_have_changed_members_) NoteMembership();
  if (saved_ > committed_) persist_wakes_.WakeOne();
  if (consensus_->deadline() < timer_until_) timer_wakes_.WakeOne();
}

void ReplicaCore::NoteRole() {
  const Role role = consensus_->role();
  const Term term = consensus_->term();
  const std::optional<NodeId> leader = consensus_->leader();
  if (role == role_ && term == term_ && leader == leader_) return;
  const bool was_leader = role_ == Role::kLeader;
  const bool is_another_reign = role != Role::kLeader || term != term_;
  role_ = role;
  term_ = term;
  leader_ = leader;
  if (was_leader) env_.Unlabel(kLeaderLabel);
  if (role == Role::kLeader) env_.Label(kLeaderLabel);
  if (role == Role::kFollower && leader.has_value()) {
    env_.Log(LogLevel::kInfo, "follows",
             {{"term", term}, {"leader", leader->value()}});
  } else {
    env_.Log(LogLevel::kInfo, NameOf(role), {{"term", term}});
  }
  if (!was_leader || !is_another_reign) return;
  proposals_.Fail(Unknown());
  reads_.Fail(NotLeader());
  changes_.WakeAll();
}

void ReplicaCore::NoteMembership() {
  may_have_changed_members_ = false;
  if (consensus_->membership() == membership_) return;
  membership_ = consensus_->membership();
  if (env_.IsLogged(LogLevel::kInfo)) {
    env_.Log(LogLevel::kInfo, "has the members",
             {{"voters", Numbers(membership_.voters)},
              {"next", Numbers(membership_.next_voters)},
              {"learners", Numbers(membership_.learners)}});
  }
  UpgradeFiles(AllRead());
}

Version ReplicaCore::AllRead() const {
  if (!membership_.IsMember(env_.id())) return kFirstVersion;
  std::vector<NodeId> others = membership_.Members();
  std::erase(others, env_.id());
  return versions_.AllRead(others);
}

void ReplicaCore::UpgradeFiles(Version version) {
  if (version <= durable_.version()) return;
  Reached("raft.files-upgraded"_mark);
  env_.Log(LogLevel::kInfo, "writes files of a later version",
           {{"version", version}});
  durable_.GoTo(version);
}

}  // namespace reprise::kv::raft
