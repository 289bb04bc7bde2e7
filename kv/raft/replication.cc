// What a leader does with its log: [RO] 5.3 and 5.4.2, [O] 10.2.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {
namespace {

// A member that lacks more entries is far behind.
constexpr Index kFarBehind = 20;

}  // namespace

absl::StatusOr<Position> Consensus::Propose(Bytes command, VirtualTime now) {
  now_ = now;
  if (role_ != Role::kLeader) {
    return absl::FailedPreconditionError("this server does not lead");
  }
  if (lead_.transfer.has_value()) {
    return absl::UnavailableError("another server is about to lead");
  }
  if (lead_.uncommitted_bytes > 0 &&
      lead_.uncommitted_bytes + command.size() + kEntryBytes >
          options_.uncommitted_bytes_max) {
    return absl::ResourceExhaustedError("too much waits for a majority");
  }
  const Position place = AppendOwn({.term = ballot_.term,
                                    .kind = EntryKind::kCommand,
                                    .data = std::move(command)});
  Replicate();
  UpdateDeadline();
  return place;
}

const Progress* Consensus::progress(NodeId member) const {
  for (const Peer& peer : lead_.peers) {
    if (peer.node == member) return &peer.progress;
  }
  return nullptr;
}

Peer* Consensus::FindPeer(NodeId node) {
  for (Peer& peer : lead_.peers) {
    if (peer.node == node) return &peer;
  }
  return nullptr;
}

Position Consensus::AppendOwn(Entry entry) {
  const Position place = {log_.last_index() + 1, entry.term};
  host_.SaveEntries(place.index, std::span(&entry, 1));
  lead_.uncommitted_bytes += BytesOf(entry);
  NoteChange(place.index, entry);
  log_.Append(std::move(entry));
  if (observer_ != nullptr) observer_->OnAppend(*this, place.index);
  return place;
}

void Consensus::Replicate() {
  for (Peer& peer : lead_.peers) SendEntries(peer);
}

void Consensus::SendEntries(Peer& peer) {
  Progress& progress = peer.progress;
  const bool is_streaming = progress.state == Progress::State::kStreaming;
  const size_t in_flight_max =
      is_streaming ? options_.appends_in_flight_max : 1;
  while (progress.state != Progress::State::kInstalling &&
         progress.next <= log_.last_index() &&
         progress.in_flight < in_flight_max) {
    const std::optional<Term> term = log_.TermAt(progress.next - 1);
    if (!term.has_value()) {
      StartInstalling(peer);
      return;
    }
    Index end = progress.next;
    size_t bytes = 0;
    while (end <= log_.last_index() &&
           (bytes += BytesOf(log_.At(end))) <= options_.append_bytes_max) {
      ++end;
    }
    end = std::max(end, progress.next + 1);
    std::vector<Entry> entries;
    entries.reserve(end - progress.next);
    for (Index i = progress.next; i < end; ++i) entries.push_back(log_.At(i));
    const Position previous = {progress.next - 1, *term};
    if (is_streaming) progress.next = end;
    ++progress.in_flight;
    progress.last_sent = now_;
    SendAppend(peer.node, previous, std::move(entries));
  }
}

void Consensus::SendHeartbeat(Peer& peer) {
  const Progress& progress = peer.progress;
  // Behind all that was sent, it shows what was lost; behind what is known to
  // match, it overtakes nothing.
  const bool is_quiet = now_ - progress.last_sent >= options_.heartbeat;
  if (is_quiet && progress.state != Progress::State::kInstalling &&
      progress.next <= log_.start().index) {
    // What was sent is lost or not answered, and not in the log any more.
    StartInstalling(peer);
    if (progress.state == Progress::State::kInstalling) return;
  }
  const Index index = is_quiet && progress.state != Progress::State::kInstalling
                          ? progress.next - 1
                          : progress.match;
  const std::optional<Term> term = log_.TermAt(index);
  SendAppend(peer.node, term.has_value() ? Position{index, *term} : Position{},
             {});
}

void Consensus::SendAppend(NodeId to, Position previous,
                           std::vector<Entry> entries) {
  host_.Send(to,
             AppendEntries{.term = ballot_.term,
                           .previous = previous,
                           .entries = std::move(entries),
                           .commit = commit_,
                           .round = lead_.round},
             SendWhen::kAtOnce);
}

Peer* Consensus::HearReply(NodeId from, Term term, uint64_t round,
                           uint64_t life, bool is_amnesiac) {
  if (term > ballot_.term) {
    EnterTerm(term);
    ChangeRole(Role::kFollower, std::nullopt);
    return nullptr;
  }
  if (role_ != Role::kLeader || rules_.is_stale(term, ballot_.term)) {
    return nullptr;
  }
  Peer* peer = FindPeer(from);
  if (peer == nullptr) return nullptr;
  Progress& progress = peer->progress;
  if (!rules_.is_of_same_life(progress.life, life)) {
    // From a life that is over; or it has just lost all that it had.
    if (!is_amnesiac || round <= progress.answered) return nullptr;
    progress = {.next = progress.next, .last_sent = progress.last_sent};
    ReleaseSnapshot();
  }
  progress.life = life;
  // A late reply does not make it amnesiac again.
  progress.is_amnesiac =
      is_amnesiac && (progress.is_amnesiac || round > progress.answered);
  progress.last_heard = now_;
  if (round > progress.answered) {
    progress.answered = round;
    ConfirmRounds();
    // Reads may begin another round, for want of whose answers it may end.
    if (role_ != Role::kLeader) return nullptr;
  }
  return peer;
}

void Consensus::Handle(NodeId from, AppendEntriesReply& reply) {
  Peer* peer =
      HearReply(from, reply.term, reply.round, reply.life, reply.is_amnesiac);
  if (peer == nullptr) return;
  Progress& progress = peer->progress;
  const Index before = progress.match;
  progress.match = rules_.next_match(before, reply);
  if (!reply.is_matching) {
    GoBack(*peer, reply);
    SendEntries(*peer);
  } else {
    const bool is_news = progress.match > before;
    progress.next = std::max(progress.next, progress.match + 1);
    if (progress.state == Progress::State::kProbing) {
      progress.state = Progress::State::kStreaming;
      progress.in_flight = 0;
    } else if (progress.match + 1 == progress.next) {
      progress.in_flight = 0;
    } else if (is_news && progress.in_flight > 0) {
      --progress.in_flight;
    }
    TendInstalling(*peer);
    SendEntries(*peer);
    TendTransfer(*peer);
    if (is_news) CommitByQuorum();
  }
  if (role_ == Role::kLeader) TendMembership();
}

// The two skip terms in turn: the follower those that are later than the one it
// was asked for, the leader those that are later than the one it is told.
void Consensus::GoBack(Peer& peer, const AppendEntriesReply& reply) {
  Progress& progress = peer.progress;
  if (progress.state == Progress::State::kInstalling) return;
  Index agreed = reply.index;
  if (reply.conflict_term != 0) {
    agreed = log_.LastOfTermAtMost(reply.conflict_term, agreed).value_or(0);
  }
  agreed = std::max(agreed, progress.match);
  if (agreed + 1 >= progress.next) return;  // It answers an earlier one.
  // Messages that overtake one another are refused one by one. To send all of
  // them again for each refusal would make more and more of them.
  if (progress.state == Progress::State::kStreaming) {
    if (reply.round <= progress.went_back) return;
    progress.went_back = lead_.round;
  }
  Reached("raft.went-back"_mark);
  Sometimes(log_.last_index() - agreed > kFarBehind,
            "raft.follower-far-behind"_mark);
  progress.state = Progress::State::kProbing;
  progress.next = agreed + 1;
  progress.in_flight = 0;
}

void Consensus::CommitByQuorum() {
  const Index index = rules_.quorum_index(membership_, [&](NodeId voter) {
    if (voter == self_) {
      return rules_.own_durable(log_.last_index(), durable_.index);
    }
    const Progress* member = progress(voter);
    return member != nullptr && rules_.counts_reply(member->is_amnesiac)
               ? member->match
               : 0;
  });
  if (index <= commit_ || index > log_.last_index()) return;
  const Term term = *log_.TermAt(index);
  if (!rules_.may_commit(term, ballot_.term)) {
    Reached("raft.not-committed-by-counting"_mark);
    return;
  }
  Sometimes(rules_.own_durable(log_.last_index(), durable_.index) < index,
            "raft.committed-before-own-disk"_mark);
  AdvanceCommit(index);
}

}  // namespace reprise::kv::raft
