// FakeHost: what a Consensus asks for, in memory: a disk that makes things
// durable when the test says so, a state machine, and an outbox.
//
//   FakeHost host(chance);
//   Consensus server(self, options, {}, host, host.Start(), now);
//   for (Outgoing& sent : host.TakeOutbox()) ...
//   host.BeginSync(server.save_point());
//   server.OnDurable(host.EndSync(), now);

#ifndef REPRISE_KV_RAFT_TESTING_FAKE_HOST_H_
#define REPRISE_KV_RAFT_TESTING_FAKE_HOST_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "reprise/kv/raft/host.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv::raft {

struct Outgoing {
  NodeId to = {};
  Message message = {};
};

// A state machine of which every command changes every later state.
struct ChainState {
  Index applied = 0;
  uint64_t hash = 0;

  void Apply(Index index, std::string_view command);
  friend bool operator==(const ChainState&, const ChainState&) = default;
};

Bytes EncodeChain(const ChainState& state);
ChainState DecodeChain(std::string_view bytes);

class FakeHost final : public Host {
 public:
  // `first` are the members that the cluster begins with.
  FakeHost(RandomStream chance, Membership first);

  void SaveBallot(const Ballot& ballot) override;
  void SaveEntries(Index first, std::span<const Entry> entries) override;
  void SaveSnapshot(const Snapshot& snapshot, bool keeps_log) override;
  void Send(NodeId to, Message message, SendWhen when) override;
  void Apply(Index first, std::span<const Entry* const> entries) override;
  Bytes StateSnapshot() override { return EncodeChain(state_); }
  void OnReadReady(uint64_t read, bool is_ready) override;
  uint64_t Draw(uint64_t count) override;

  // What is to be sent by now.
  std::vector<Outgoing> TakeOutbox();
  // The reads that were answered, and how.
  std::vector<std::pair<uint64_t, bool>> TakeReads();
  const ChainState& state() const { return state_; }

  // The disk. A sync makes durable what was saved before it began.
  bool IsSyncDue() const;
  void BeginSync(const SavePoint& point);
  SavePoint EndSync();
  // Of what was not durable, the disk keeps the first `kept` changes, or all.
  // The state machine is as Start() says.
  void Crash(size_t kept);
  // All that it had is gone.
  void LoseData();
  // A snapshot of the state machine takes the place of the log up to there.
  void Checkpoint(Position last, const Membership& membership);
  StartState Start();

  // And what is on the disk since then does not count yet.
  bool HasLostData() const { return has_lost_ || durable_.ballot.is_amnesiac; }
  bool HasDurable(Position position) const;

 private:
  struct SavedEntries {
    Index first;
    std::vector<Entry> entries;
  };
  struct SavedSnapshot {
    Snapshot snapshot;
    bool keeps_log;
  };
  using Change = std::variant<Ballot, SavedEntries, SavedSnapshot>;
  struct Files {
    Ballot ballot;
    Snapshot snapshot;
    std::vector<Entry> entries;  // Behind the snapshot.
  };
  struct Held {
    uint64_t after;  // So many changes.
    Outgoing message;
  };

  void MakeDurable(Change change);
  void Put(Ballot& ballot);
  void Put(SavedEntries& saved);
  void Put(SavedSnapshot& saved);
  void Save(Change change);
  void ReleaseHeld();

  RandomStream chance_;
  Membership first_;
  Files durable_;
  bool has_lost_ = false;  // And nothing has been saved since.
  std::deque<Change> pending_;
  uint64_t saved_ = 0;
  uint64_t made_durable_ = 0;
  std::optional<SavePoint> sync_point_;  // Of the sync that is under way.
  uint64_t sync_up_to_ = 0;
  std::deque<Held> held_;
  std::vector<Outgoing> outbox_;
  std::vector<std::pair<uint64_t, bool>> reads_;
  ChainState state_;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_TESTING_FAKE_HOST_H_
