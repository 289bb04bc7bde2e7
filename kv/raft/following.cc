// What a follower does with what a leader sends: [RO] 5.3, figure 2.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "reprise/kv/raft/consensus.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv::raft {
namespace {

// So many messages that came before their turn wait for what is missing.
constexpr size_t kEarlyMax = 32;
// When so many wait, what is missing is taken for lost.
constexpr size_t kEarlyForLoss = 4;

}  // namespace

void Consensus::Handle(NodeId from, AppendEntries& append) {
  if (rules_.is_stale(append.term, ballot_.term)) {
    // The leader learns that its term is over. Its round is none of this term,
    // in which it may lead again.
    const uint64_t round =
        rules_.round_of_reply(append.term, ballot_.term, append.round);
    ReplyToAppend(from, {.round = round}, SendWhen::kAtOnce);
    return;
  }
  FollowLeader(from, append.term);
  if (rules_.is_matching(log_, append.previous)) {
    logs_have_met_ |= !append.entries.empty();
    TakeAppend(from, append);
    TakeEarly(from);
    return;
  }
  // Behind an entry of this very term, or when the logs have met: the leader
  // has sent what is between, too.
  const bool is_early = append.previous.index > log_.last_index() &&
                        !append.entries.empty() &&
                        (append.previous.term == append.term || logs_have_met_);
  const bool waits = is_early && early_.size() < kEarlyMax;
  if (!waits || early_.size() + 1 == kEarlyForLoss) RefuseAppend(from, append);
  if (!waits) return;
  Reached("raft.append-before-its-turn"_mark);
  early_.push_back(std::move(append));
}

void Consensus::RefuseAppend(NodeId to, const AppendEntries& append) {
  const Index before = append.previous.index - 1;
  const Index agreed =
      log_.LastOfTermAtMost(append.previous.term, before).value_or(0);
  ReplyToAppend(to,
                {.is_matching = false,
                 .index = agreed,
                 .conflict_term = log_.TermAt(agreed).value_or(0),
                 .round = append.round},
                SendWhen::kAtOnce);
}

void Consensus::TakeAppend(NodeId from, AppendEntries& append) {
  const bool is_heartbeat = append.entries.empty();
  const Index last_new = append.previous.index + append.entries.size();
  const bool has_news = TakeEntries(append);
  AdvanceCommit(rules_.follower_commit(append.commit, last_new));
  AppendEntriesReply reply = {
      .is_matching = true,
      .index = rules_.acknowledged(last_new, log_.last_index()),
      .round = append.round};
  if (!is_heartbeat) {
    ReplyToAppend(
        from, reply,
        has_news ? rules_.send_append_reply : rules_.send_resent_reply);
    return;
  }
  // A heartbeat's reply tells what is durable by now, and does not wait.
  reply.index = rules_.own_durable(reply.index, durable_.index);
  ReplyToAppend(from, reply, SendWhen::kAtOnce);
}

// Whose turn has come by now.
void Consensus::TakeEarly(NodeId from) {
  for (size_t i = 0; i < early_.size();) {
    if (early_[i].previous.index > log_.last_index()) {
      ++i;
      continue;
    }
    AppendEntries append = std::move(early_[i]);
    early_.erase(early_.begin() + static_cast<ptrdiff_t>(i));
    if (append.term != ballot_.term ||
        !rules_.is_matching(log_, append.previous)) {
      continue;
    }
    TakeAppend(from, append);
    i = 0;
  }
}

bool Consensus::TakeEntries(AppendEntries& append) {
  size_t known = 0;
  for (; known < append.entries.size(); ++known) {
    const Index index = append.previous.index + 1 + known;
    if (index <= log_.start().index) continue;
    if (index > log_.last_index()) break;
    if (rules_.is_conflict(log_, {index, append.entries[known].term})) {
      TruncateFrom(index);
      break;
    }
  }
  const auto news = std::span(append.entries).subspan(known);
  if (news.empty()) return false;
  host_.SaveEntries(append.previous.index + 1 + known, news);
  for (Entry& entry : news) {
    const Index index = log_.last_index() + 1;
    NoteChange(index, entry);
    log_.Append(std::move(entry));
    if (observer_ != nullptr) observer_->OnAppend(*this, index);
  }
  return true;
}

void Consensus::TruncateFrom(Index index) {
  Reached("raft.conflict-truncated"_mark);
  if (observer_ != nullptr) observer_->OnTruncate(*this, index);
  log_.TruncateFrom(index);
  if (durable_.index >= index) durable_ = log_.last();
  history_.ForgetFrom(rules_.forgets_changes_from(index));
  UpdateMembership();
}

void Consensus::ReplyToAppend(NodeId to, AppendEntriesReply reply,
                              SendWhen when) {
  reply.term = ballot_.term;
  reply.life = ballot_.life;
  reply.is_amnesiac = ballot_.is_amnesiac;
  host_.Send(to, reply, when);
}

}  // namespace reprise::kv::raft
