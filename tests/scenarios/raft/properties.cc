#include "tests/scenarios/raft/properties.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"

namespace reprise {

using kv::raft::Entry;
using kv::raft::EntryLog;
using kv::raft::Index;
using kv::raft::Membership;
using kv::raft::Position;
using kv::raft::Term;

namespace {

std::string Describe(NodeId server) {
  return absl::StrCat("server ", server.value());
}

std::string Describe(Index index, Term term) {
  return absl::StrCat("the entry at ", index, " of term ", term);
}

}  // namespace

void RaftProperties::Start(NodeId server, const EntryLog& log,
                           bool is_amnesiac) {
  if (has_reported_) return;
  ServerState& state = StateOf(server);
  const Index durable = state.durable;
  const std::optional<LogLink> known = state.log.At(durable);
  const Position start = log.start();
  const LogLink* first = Find(start);
  if (first == nullptr) {
    Violate("log-matching", absl::StrCat(Describe(server), " starts behind ",
                                         Describe(start.index, start.term),
                                         ", which no server has had."));
    return;
  }
  // Where it starts again before it has its data back, nothing more is lost.
  if (is_amnesiac && !state.is_amnesiac) {
    state.lost_log = std::move(state.log);
    state.lost_durable = durable;
  }
  state.log = LogRecord();
  state.leads = 0;
  state.durable = log.last_index();
  state.committed = start.index;
  state.applied = start.index;
  state.is_amnesiac = is_amnesiac;
  state.log.Reset(start.index, *first);
  for (Index index = start.index + 1; index <= log.last_index(); ++index) {
    Match(server, index, state.log.Append(log.At(index)));
  }
  if (is_amnesiac || durable <= start.index || !known) return;
  if (state.log.At(durable) == known) return;
  Violate("durable-log",
          absl::StrCat(Describe(server), " has started again without ",
                       Describe(durable, known->term),
                       ", which was on its disk: its log ends at ",
                       log.last_index(), "."));
}

void RaftProperties::Enter(NodeId server, Term term) {
  if (has_reported_) return;
  StateOf(server).leads = 0;
  if (term <= last_term_) return;
  last_term_ = term;
  if (!is_calm_) return;
  Violate("no-election-in-calm",
          absl::StrCat(Describe(server), " begins the term ", term,
                       " although nothing goes wrong."));
}

void RaftProperties::Lead(NodeId server, Term term) {
  if (has_reported_) return;
  StateOf(server).leads = term;
  if (const Leader* leader = FindLeader(term)) {
    if (leader->server == server) return;
    Violate("election-safety",
            absl::StrCat(Describe(leader->server), " and ", Describe(server),
                         " both lead the term ", term, "."));
    return;
  }
  leaders_.push_back({.term = term, .server = server});
  last_leader_term_ = std::max(last_leader_term_, term);
  Index committed = 0;
  for (const Leader& leader : leaders_) {
    if (leader.term < term) committed = std::max(committed, leader.committed);
  }
  ExpectComplete(leaders_.back(), committed);
}

void RaftProperties::Append(NodeId server, Index index, const Entry& entry) {
  if (has_reported_) return;
  LogRecord& log = StateOf(server).log;
  if (index != log.last() + 1) {
    Violate("log-matching",
            absl::StrCat(Describe(server), " appends at ", index,
                         " although its log ends at ", log.last(), "."));
    return;
  }
  Match(server, index, log.Append(entry));
}

void RaftProperties::Truncate(NodeId server, Index index, bool leads) {
  if (has_reported_) return;
  ServerState& state = StateOf(server);
  if (leads) {
    Violate("leader-append-only",
            absl::StrCat(Describe(server), " leads and drops the entries from ",
                         index, " on."));
    return;
  }
  if (index <= state.log.first() || index <= state.applied) {
    Violate("state-machine-safety",
            absl::StrCat(Describe(server), " drops the entries from ", index,
                         " on although it has applied those up to ",
                         state.applied, "."));
    return;
  }
  if (index > state.log.last()) return;
  state.log.TruncateFrom(index);
  state.durable = std::min(state.durable, index - 1);
}

void RaftProperties::Install(NodeId server, Position last, bool keeps_log) {
  if (has_reported_) return;
  ServerState& state = StateOf(server);
  const LogLink* link = Find(last);
  if (link == nullptr || last.index > committed() ||
      committed_[last.index] != *link) {
    Violate("state-machine-safety",
            absl::StrCat(Describe(server), " takes a snapshot that ends with ",
                         Describe(last.index, last.term),
                         ", which is not committed."));
    return;
  }
  if (last.index < state.applied) {
    Violate("state-machine-safety",
            absl::StrCat(Describe(server), " goes back to a snapshot of ",
                         last.index, " although it has applied all up to ",
                         state.applied, "."));
    return;
  }
  state.applied = last.index;
  if (keeps_log && last.index <= state.log.last()) return;
  // Until the snapshot is on the disk, there is what was there before.
  state.durable = std::min(state.durable, last.index);
  while (state.durable > state.log.first() &&
         state.log.At(state.durable) != committed_[state.durable]) {
    --state.durable;
  }
  state.log.Reset(last.index, *link);
}

void RaftProperties::MakeDurable(NodeId server, Position last) {
  if (has_reported_) return;
  ServerState& state = StateOf(server);
  const std::optional<LogLink> link = state.log.At(last.index);
  // Where another entry has replaced it meanwhile, nothing is known of that.
  if (!link || link->term != last.term) return;
  state.durable = std::max(state.durable, last.index);
}

void RaftProperties::SetAmnesiac(NodeId server, bool is_amnesiac) {
  StateOf(server).is_amnesiac = is_amnesiac;
}

void RaftProperties::Commit(NodeId server, Index commit, Term term, bool leads,
                            const Membership& membership) {
  if (has_reported_) return;
  ServerState& state = StateOf(server);
  if (commit < state.committed) {
    Violate(
        "commit-grows",
        absl::StrCat(Describe(server), " takes all up to ", commit,
                     " for committed after all up to ", state.committed, "."));
    return;
  }
  state.committed = commit;
  const std::optional<LogLink> link = state.log.At(commit);
  if (!link) {
    Violate("state-machine-safety",
            absl::StrCat(Describe(server), " takes ", commit,
                         " for committed and has no such entry."));
    return;
  }
  ExpectCommitted(server, std::min(commit, committed()), "takes for committed");
  if (leads) {
    ExpectQuorum(server, commit, *link, membership);
    ExpectOwnTerm(server, commit, *link, term);
    CommitAsLeader(server, commit, term);
  } else if (commit > committed()) {
    Violate(
        "durable-commit",
        absl::StrCat(Describe(server), " takes ", Describe(commit, link->term),
                     " for committed, and no leader does."));
  }
}

void RaftProperties::CommitAsLeader(NodeId server, Index commit, Term term) {
  if (has_reported_) return;
  const LogRecord& log = StateOf(server).log;
  for (Index index = committed() + 1; index <= commit; ++index) {
    committed_.push_back(log.At(index).value_or(LogLink()));
  }
  Leader* own = FindLeader(term);
  if (own != nullptr) own->committed = std::max(own->committed, commit);
  if (term >= last_leader_term_) return;
  for (const Leader& leader : leaders_) {
    const bool leads = StateOf(leader.server).leads == leader.term;
    if (leads && leader.term > term) ExpectComplete(leader, commit);
  }
}

void RaftProperties::Apply(NodeId server, Index index) {
  if (has_reported_) return;
  ServerState& state = StateOf(server);
  if (index != state.applied + 1) {
    Violate("state-machine-safety",
            absl::StrCat(Describe(server), " applies the entry at ", index,
                         " after that at ", state.applied, "."));
    return;
  }
  state.applied = index;
  ExpectCommitted(server, index, "applies");
}

void RaftProperties::ReadByLease(NodeId server, Term term) {
  if (has_reported_ || term >= last_leader_term_) return;
  Violate(
      "leases-disjoint",
      absl::StrCat(Describe(server),
                   " answers a read by its lease of the term ", term,
                   " although the term ", last_leader_term_, " has a leader."));
}

void RaftProperties::HoldLog(NodeId server, size_t bytes) {
  if (has_reported_ || bytes <= log_bytes_max_) return;
  Violate("bounded-log", absl::StrCat(Describe(server), " holds ", bytes,
                                      " bytes of entries; at most ",
                                      log_bytes_max_, " are allowed."));
}

RaftProperties::ServerState& RaftProperties::StateOf(NodeId server) {
  if (server.value() >= servers_.size()) servers_.resize(server.value() + 1);
  return servers_[server.value()];
}

void RaftProperties::Violate(TextView property, TextView message) {
  if (has_reported_) return;
  has_reported_ = true;
  report_(property, message);
}

void RaftProperties::Match(NodeId server, Index index, const LogLink& link) {
  if (index == entries_.size()) {
    entries_.push_back(link);
    return;
  }
  const LogLink* known = Find({.index = index, .term = link.term});
  if (known == nullptr) {
    other_entries_.push_back({.index = index, .link = link});
  } else if (*known != link) {
    Violate("log-matching",
            absl::StrCat("the log of ", Describe(server), " has ",
                         Describe(index, link.term),
                         " as another server has had it, and is not equal to "
                         "that server's up to there."));
  }
}

const LogLink* RaftProperties::Find(Position position) const {
  if (position.index >= entries_.size()) return nullptr;
  const LogLink& first = entries_[position.index];
  if (first.term == position.term) return &first;
  for (const OtherEntry& other : other_entries_) {
    if (other.index == position.index && other.link.term == position.term) {
      return &other.link;
    }
  }
  return nullptr;
}

bool RaftProperties::IsDurable(NodeId server, Index index,
                               const LogLink& link) {
  const auto has = [&](const LogRecord& log, Index durable) {
    return durable >= index && (index < log.first() || log.At(index) == link);
  };
  const ServerState& state = StateOf(server);
  if (!state.is_amnesiac && has(state.log, state.durable)) return true;
  return has(state.lost_log, state.lost_durable);
}

RaftProperties::Leader* RaftProperties::FindLeader(Term term) {
  for (auto leader = leaders_.rbegin(); leader != leaders_.rend(); ++leader) {
    if (leader->term == term) return &*leader;
  }
  return nullptr;
}

void RaftProperties::ExpectComplete(const Leader& leader, Index committed) {
  const LogRecord& log = StateOf(leader.server).log;
  const Index index = std::max(committed, log.first());
  const bool is_known = index < committed_.size();
  if (is_known && log.At(index) == committed_[index]) return;
  Violate("leader-completeness",
          absl::StrCat(Describe(leader.server), " leads the term ", leader.term,
                       " without ",
                       Describe(index, is_known ? committed_[index].term : 0),
                       ", which a leader of an earlier term has committed."));
}

void RaftProperties::ExpectQuorum(NodeId server, Index commit,
                                  const LogLink& link,
                                  const Membership& membership) {
  if (membership.HasMajority(
          [&](NodeId voter) { return IsDurable(voter, commit, link); })) {
    return;
  }
  Violate(
      "durable-commit",
      absl::StrCat(Describe(server), " commits ", Describe(commit, link.term),
                   ", which is not on the disks of a majority."));
}

void RaftProperties::ExpectOwnTerm(NodeId server, Index commit,
                                   const LogLink& link, Term term) {
  if (link.term == term) return;
  Violate("commit-of-own-term",
          absl::StrCat(Describe(server), " leads the term ", term,
                       " and commits ", Describe(commit, link.term), "."));
}

void RaftProperties::ExpectCommitted(NodeId server, Index index,
                                     TextView verb) {
  const LogRecord& log = StateOf(server).log;
  if (index < log.first()) return;
  const std::optional<LogLink> link = log.At(index);
  if (index <= committed() && link == committed_[index]) return;
  Violate(
      "state-machine-safety",
      absl::StrCat(Describe(server), " ", ToAbsl(verb), " ",
                   Describe(index, link ? link->term : 0),
                   index <= committed() ? ", where another entry is committed."
                                        : ", which is not committed."));
}

}  // namespace reprise
