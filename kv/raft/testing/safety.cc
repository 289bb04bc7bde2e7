#include "reprise/kv/raft/testing/safety.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/random.h"

namespace reprise::kv::raft {

void Safety::Require(bool holds, const Consensus& server,
                     std::string_view property) {
  if (holds || !violation_.empty()) return;
  violation_ =
      absl::StrCat(std::string(property), " (server ", server.self().value(),
                   ", term ", server.term(), ")");
}

void Safety::OnStart(const Consensus& server) {
  applied_[server.self()] = server.applied();
}

void Safety::OnRole(const Consensus& server) {
  if (server.role() != Role::kLeader) return;
  ++elections;
  const auto [leader, is_new] = leaders_.emplace(server.term(), server.self());
  Require(is_new || leader->second == server.self(), server, "election safety");
  const EntryLog& log = server.log();
  for (Index i = log.start().index + 1; i <= committed_.size(); ++i) {
    Require(log.TermAt(i) == committed_[i - 1], server, "leader completeness");
  }
}

void Safety::OnAppend(const Consensus& server, Index index) {
  const Entry& entry = server.log().At(index);
  const uint64_t hash =
      MixBits(HashName(entry.data) + static_cast<uint64_t>(entry.kind));
  const Term previous_term = server.log().TermAt(index - 1).value_or(0);
  const auto [known, is_new] = entries_.emplace(std::pair(index, entry.term),
                                                Known{previous_term, hash});
  Require(is_new || (known->second.hash == hash &&
                     known->second.previous_term == previous_term),
          server, "log matching");
}

void Safety::OnTruncate(const Consensus& server, Index index) {
  Require(server.role() != Role::kLeader, server, "leader append-only");
  Require(index > server.commit(), server, "what is committed stays");
}

void Safety::OnSnapshot(const Consensus& server, const Snapshot& snapshot) {
  const Index last = snapshot.last.index;
  Require(last > applied_[server.self()], server, "nothing is applied twice");
  applied_[server.self()] = last;
  Require(last <= states_.size() && last > 0 &&
              states_[last - 1] == DecodeChain(snapshot.state),
          server, "a snapshot is the state of what it stands for");
}

void Safety::OnCommit(const Consensus& server) {
  const EntryLog& log = server.log();
  for (Index i = log.start().index + 1; i <= server.commit(); ++i) {
    const Term term = log.At(i).term;
    if (i == committed_.size() + 1) committed_.push_back(term);
    if (i > committed_.size()) return;
    Require(committed_[i - 1] == term, server, "state machine safety");
  }
}

void Safety::OnApply(const Consensus& server, Index index) {
  const Entry& entry = server.log().At(index);
  Index& applied = applied_[server.self()];
  Require(index == applied + 1, server, "entries are applied in turn");
  applied = index;
  if (index == states_.size() + 1) {
    ChainState state = states_.empty() ? ChainState() : states_.back();
    const bool is_command = entry.kind == EntryKind::kCommand;
    state.Apply(index, is_command ? entry.data : "");
    states_.push_back(state);
  }
  const bool is_known = index <= committed_.size();
  Require(is_known && committed_[index - 1] == entry.term, server,
          "state machine safety");
}

void Safety::OnReadDone(const Consensus& server, Index committed_before) {
  Require(server.applied() >= committed_before, server,
          "a read sees what was committed before");
}

}  // namespace reprise::kv::raft
