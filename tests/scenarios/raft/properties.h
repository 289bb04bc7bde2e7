// RaftProperties: what must hold of all servers of a cluster together, judged
// while it runs, from what each of them does.
//
// [RO] Ongaro and Ousterhout, "In Search of an Understandable Consensus
// Algorithm", USENIX ATC 2014, figure 3. [O] Ongaro, "Consensus: Bridging
// Theory and Practice", 2014.
//
//   election-safety       a term has at most one leader [RO]
//   leader-append-only    a leader drops none of its entries [RO]
//   log-matching          two logs that have an entry of one index and term are
//                         equal up to it [RO]
//   leader-completeness   what a leader has committed is in the log of each
//                         leader of a later term [RO]
//   state-machine-safety  no two servers apply, or take for committed,
//                         different entries at one index; each applies them in
//                         order, one after the other [RO]
//   commit-grows          what a server takes for committed stays so, until it
//                         starts again [RO] figure 2
//   durable-commit        what a leader takes for committed is on the disks of
//                         a majority of the voters, in a joint membership of
//                         both sets [RO] 5.3, [O] 4.3, 10.2.1, or was until
//                         that lost its data; what another server takes for
//                         committed, a leader has committed
//   commit-of-own-term    a leader counts copies only of entries of its own
//   term
//                         [RO] 5.4.2; what comes else of it takes four
//                         elections in a row [RO] figure 8
//   durable-log           what was on a server's disk is there when it starts
//                         again, unless it knows that its data was lost
//   leases-disjoint       once a leader of a later term was elected, no earlier
//                         one answers a read by its lease [O] 6.4.1
//   bounded-log           the entries in memory have a limited size
//   no-election-in-calm   where nothing goes wrong, nobody begins a term
//
// Guarantees: each call takes constant time, but Start, Lead and Commit, which
// look at each entry that is new. Two logs are compared by hashes
// (log_record.h). It reports once, and then looks at nothing any more.
//
// Requires that it is told of everything, in the order in which it happens.
//
//   RaftProperties properties([&](TextView property, TextView message) {
//     trial.ViolateAndStop(property, message);
//   });
//   properties.Lead(a, /*term=*/2);
//   properties.Lead(b, /*term=*/2);  // election-safety

#ifndef TESTS_SCENARIOS_RAFT_PROPERTIES_H_
#define TESTS_SCENARIOS_RAFT_PROPERTIES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/text/text_view.h"
#include "tests/scenarios/raft/log_record.h"

namespace reprise {

class RaftProperties {
 public:
  // Is told of the first violation.
  using Report = std::function<void(TextView property, TextView message)>;

  explicit RaftProperties(Report report) : report_(std::move(report)) {}
  RaftProperties(const RaftProperties&) = delete;
  RaftProperties& operator=(const RaftProperties&) = delete;

  // The server starts with what it has on its disk.
  void Start(NodeId server, const kv::raft::EntryLog& log, bool is_amnesiac);
  // It is in this term, and does not lead it, or does.
  void Enter(NodeId server, kv::raft::Term term);
  void Lead(NodeId server, kv::raft::Term term);
  // The entry is the last one of its log.
  void Append(NodeId server, kv::raft::Index index,
              const kv::raft::Entry& entry);
  // The entry at `index` and all behind it are about to go.
  void Truncate(NodeId server, kv::raft::Index index, bool leads);
  // Its log begins behind the entry at `last`; what is behind it stays where
  // `keeps_log`.
  void Install(NodeId server, kv::raft::Position last, bool keeps_log);
  // Its log is on its disk up to `last`.
  void MakeDurable(NodeId server, kv::raft::Position last);
  // Whether what it has on its disk does not count.
  void SetAmnesiac(NodeId server, bool is_amnesiac);
  // It takes all up to `commit` for committed; `membership` is in force.
  void Commit(NodeId server, kv::raft::Index commit, kv::raft::Term term,
              bool leads, const kv::raft::Membership& membership);
  void Apply(NodeId server, kv::raft::Index index);
  // A server of that term answers a read by itself.
  void ReadByLease(NodeId server, kv::raft::Term term);
  // The entries that it has in memory have this size.
  void HoldLog(NodeId server, size_t bytes);

  // At most so much is allowed; default: any size.
  void SetLogBytesMax(size_t bytes) { log_bytes_max_ = bytes; }
  // From now on nothing goes wrong.
  void BeginCalm() { is_calm_ = true; }

  bool HasReported() const { return has_reported_; }
  // Of all servers.
  kv::raft::Index committed() const { return committed_.size() - 1; }
  kv::raft::Index applied(NodeId server) { return StateOf(server).applied; }
  // Leaders so far.
  size_t elections() const { return leaders_.size(); }

 private:
  struct ServerState {
    LogRecord log;
    kv::raft::Index durable = 0;
    kv::raft::Index committed = 0;  // Since it started.
    kv::raft::Index applied = 0;
    kv::raft::Term leads = 0;  // 0: none.
    bool is_amnesiac = false;  // As far as it is known.
    // What it had on its disk before its data was lost. It had said so.
    LogRecord lost_log = {};
    kv::raft::Index lost_durable = 0;
  };
  struct Leader {
    kv::raft::Term term = 0;
    NodeId server = {};
    kv::raft::Index committed = 0;  // The furthest that it has committed.
  };

  ServerState& StateOf(NodeId server);
  void Violate(TextView property, TextView message);
  // log-matching, for an entry that has come to a log.
  void Match(NodeId server, kv::raft::Index index, const LogLink& link);
  // What is known of the entry there; null: no server has had it.
  const LogLink* Find(kv::raft::Position position) const;
  bool IsDurable(NodeId server, kv::raft::Index index, const LogLink& link);
  Leader* FindLeader(kv::raft::Term term);
  void ExpectComplete(const Leader& leader, kv::raft::Index committed);
  void ExpectQuorum(NodeId server, kv::raft::Index commit, const LogLink& link,
                    const kv::raft::Membership& membership);
  void ExpectOwnTerm(NodeId server, kv::raft::Index commit, const LogLink& link,
                     kv::raft::Term term);
  // Whether the server has what is committed at `index`.
  void ExpectCommitted(NodeId server, kv::raft::Index index, TextView verb);
  void CommitAsLeader(NodeId server, kv::raft::Index commit,
                      kv::raft::Term term);

  const Report report_;
  bool has_reported_ = false;
  bool is_calm_ = false;
  size_t log_bytes_max_ = SIZE_MAX;
  std::vector<ServerState> servers_;     // By number of node.
  std::vector<Leader> leaders_;          // In the order of their election.
  kv::raft::Term last_term_ = 0;         // That a server was in.
  kv::raft::Term last_leader_term_ = 0;  // That has had a leader.
  // What is committed, by index; that at 0 is before the first entry.
  std::vector<LogLink> committed_ = std::vector<LogLink>(1);
  // The entry that first came to a log, by index, and others at their places.
  std::vector<LogLink> entries_ = std::vector<LogLink>(1);
  struct OtherEntry {
    kv::raft::Index index = 0;
    LogLink link = {};
  };
  std::vector<OtherEntry> other_entries_;
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_PROPERTIES_H_
