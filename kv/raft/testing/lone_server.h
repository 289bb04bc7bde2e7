// LoneServer: one server whose others the test plays.
//
//   LoneServer server({.membership = {.voters = {NodeId(0), NodeId(1)}}});
//   server.Lead();
//   server.Receive(1, AppendEntriesReply{...});
//   EXPECT_EQ(server->commit(), 1);

#ifndef REPRISE_KV_RAFT_TESTING_LONE_SERVER_H_
#define REPRISE_KV_RAFT_TESTING_LONE_SERVER_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/testing/fake_host.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {

inline Membership Voters(uint32_t count) {
  Membership membership;
  for (uint32_t i = 0; i < count; ++i) membership.voters.push_back(NodeId(i));
  return membership;
}

// Entries of these terms, whose commands are "1", "2", ... by their places.
inline std::vector<Entry> EntriesOf(const std::vector<Term>& terms) {
  std::vector<Entry> entries;
  for (const Term term : terms) {
    entries.push_back(
        {term, EntryKind::kCommand, std::to_string(entries.size() + 1)});
  }
  return entries;
}

// Node 0.
class LoneServer {
 public:
  explicit LoneServer(StartState state, const Rules& rules = {},
                      const Options& options = {})
      : host_(RandomStream(1), state.membership),
        consensus_(NodeId(0), options, rules, host_, std::move(state), now_) {}

  Consensus* operator->() { return &consensus_; }
  FakeHost& host() { return host_; }
  VirtualTime now() const { return now_; }

  void Receive(uint32_t from, Message message) {
    consensus_.Receive(NodeId(from), std::move(message), now_);
  }
  // All that was saved becomes durable.
  void Sync() {
    while (host_.IsSyncDue()) {
      host_.BeginSync(consensus_.save_point());
      consensus_.OnDurable(host_.EndSync(), now_);
    }
  }
  void Wait(Duration duration) {
    const VirtualTime end = now_ + duration;
    while (consensus_.deadline() <= end) {
      now_ = std::max(now_, consensus_.deadline());
      consensus_.Tick(now_);
    }
    now_ = end;
  }
  void WaitForTimeout() {
    now_ = consensus_.deadline();
    consensus_.Tick(now_);
  }
  // Wins the next election, with everybody's vote.
  void Lead() {
    WaitForTimeout();
    for (const bool is_pre_vote : {true, false}) {
      Sync();
      const Term term = consensus_.term() + (is_pre_vote ? 1 : 0);
      for (const NodeId voter : consensus_.membership().voters) {
        if (voter == NodeId(0)) continue;
        Receive(voter.value(), RequestVoteReply{term, true, is_pre_vote});
      }
    }
    Sync();
  }
  void Matches(uint32_t from, Index index, uint64_t round = 0) {
    Receive(from, AppendEntriesReply{.term = consensus_.term(),
                                     .is_matching = true,
                                     .index = index,
                                     .round = round});
  }

  // What of this kind it has sent since it was asked, by receiver. What is of
  // other kinds is forgotten.
  template <typename T>
  std::vector<std::pair<uint32_t, T>> Sent() {
    std::vector<std::pair<uint32_t, T>> sent;
    for (Outgoing& outgoing : host_.TakeOutbox()) {
      T* message = std::get_if<T>(&outgoing.message);
      if (message != nullptr) {
        sent.emplace_back(outgoing.to.value(), std::move(*message));
      }
    }
    return sent;
  }

 private:
  VirtualTime now_ = VirtualTime::Seconds(1);
  FakeHost host_;
  Consensus consensus_;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_TESTING_LONE_SERVER_H_
