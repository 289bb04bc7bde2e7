#include "reprise/kv/raft/testing/random_run.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/testing/cluster.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"

namespace reprise::kv::raft {
namespace {

constexpr int kActions = 70;

class Run {
 public:
  Run(Seed seed, const Rules& rules, const std::vector<Happening>& focus)
      : chance_(StreamKey(seed, "run", "actions")),
        mix_(DrawMix(focus)),
        cluster_(seed, DrawCluster(rules)) {}

  RunResult Result() {
    for (int i = 0; i < kActions && IsSafe(); ++i) {
      Act();
      cluster_.RunFor(Pause());
    }
    RunResult result;
    if (IsSafe()) result.makes_progress = Calm();
    result.violation = cluster_.safety().violation();
    result.committed = cluster_.safety().committed();
    result.reads = cluster_.reads_done();
    result.elections = cluster_.safety().elections;
    result.mix = MixText();
    return result;
  }

 private:
  bool IsSafe() { return cluster_.safety().violation().empty(); }
  size_t Any() {
    return static_cast<size_t>(
        chance_.Uniform(0, static_cast<int64_t>(cluster_.size()) - 1));
  }
  bool Half() { return chance_.Chance({1, 2}); }

  struct Row {
    Happening happening;
    const char* name;
    void (Run::*befall)();
  };
  static std::span<const Row> Rows() {
    static constexpr Row kRows[] = {
        {Happening::kCrash, "crash", &Run::CrashOrRestart},
        {Happening::kCut, "cut", &Run::CutOrMend},
        {Happening::kChange, "change", &Run::ChangeMembership},
        {Happening::kTransfer, "transfer", &Run::Transfer},
        {Happening::kCheckpoint, "checkpoint", &Run::Checkpoint},
        {Happening::kLoss, "loss", &Run::LoseData},
        {Happening::kBlackout, "blackout", &Run::Blackout},
        {Happening::kDesertion, "desertion", &Run::DesertLeader},
        {Happening::kEstrangement, "estrangement", &Run::EstrangeFromLeader},
        {Happening::kDisturbance, "disturbance", &Run::DisturbElection}};
    return kRows;
  }

  // Which of what may happen does, in this run.
  std::vector<const Row*> DrawMix(const std::vector<Happening>& focus) {
    std::vector<const Row*> mix;
    for (const Row& row : Rows()) {
      const bool is_in = focus.empty()
                             ? Half()
                             : std::find(focus.begin(), focus.end(),
                                         row.happening) != focus.end();
      if (is_in) mix.push_back(&row);
    }
    return mix;
  }

  bool Has(Happening happening) const {
    return std::any_of(mix_.begin(), mix_.end(), [&](const Row* row) {
      return row->happening == happening;
    });
  }

  ClusterOptions DrawCluster(const Rules& rules) {
    ClusterOptions options;
    options.rules = rules;
    options.servers = Half() ? 3 : 5;
    options.spares = Has(Happening::kChange) ? 2 : 0;
    options.raft.reads = Half() ? ReadMode::kLease : ReadMode::kReadIndex;
    options.raft.snapshot_piece_bytes = 48;
    options.raft.log_bytes_max = Half() ? 400 : 1 << 20;
    options.raft.append_bytes_max = Half() ? 100 : 1 << 16;
    options.raft.heartbeat = Milliseconds(Half() ? 30 : 100);
    options.raft.drift_ppm_max = 50'000;
    options.drift_ppm_max = Half() ? 50'000 : 0;
    options.delay_max = Milliseconds(Half() ? 2 : 30);
    options.sync_max = Milliseconds(Half() ? 2 : 40);
    if (Half()) options.lost = {1, 20};
    if (Half()) options.doubled = {1, 20};
    options.late_max = Milliseconds(Half() ? 30 : 500);
    return options;
  }

  Duration Pause() {
    if (Half()) return Milliseconds(chance_.Uniform(0, 8));
    return Milliseconds(Half() ? chance_.Uniform(10, 60)
                               : chance_.Uniform(60, 250));
  }

  void Act() {
    if (!mix_.empty() && Half()) {
      const auto last = static_cast<int64_t>(mix_.size()) - 1;
      const Row& row = *mix_[static_cast<size_t>(chance_.Uniform(0, last))];
      return (this->*row.befall)();
    }
    if (chance_.Chance({1, 3})) {
      Read();
    } else {
      Propose();
    }
  }

  void Propose() {
    for (size_t i = 0; i < cluster_.size(); ++i) {
      // Also of one that only believes that it leads.
      if (!Leads(i)) continue;
      for (int64_t left = chance_.Uniform(1, 4); left > 0; --left) {
        cluster_.Propose(i, absl::StrCat("command ", ++commands_))
            .IgnoreError();
      }
    }
  }

  void Read() {
    for (size_t i = 0; i < cluster_.size(); ++i) {
      if (Leads(i)) cluster_.Read(i).IgnoreError();
    }
  }

  bool Leads(size_t i) {
    return cluster_.server(i) != nullptr &&
           cluster_.server(i)->role() == Role::kLeader;
  }

  void CrashOrRestart() {
    const size_t i = Any();
    if (cluster_.server(i) == nullptr) {
      cluster_.Restart(i);
    } else {
      cluster_.Crash(i);
      // Some are back at once.
      if (Half()) cluster_.Restart(i);
    }
  }

  void CutOrMend() {
    const size_t i = Any();
    if (Half()) {
      for (size_t other = 0; other < cluster_.size(); ++other) {
        cluster_.CutOff(other, false);
      }
    } else if (Half()) {
      cluster_.CutOff(i, true);
    } else {
      cluster_.Cut(i, Any(), Half());
    }
  }

  // All that runs stops at once, and goes on.
  void Blackout() {
    const bool spares_leader = Half();
    for (size_t i = 0; i < cluster_.size(); ++i) {
      if (spares_leader && Leads(i)) continue;
      Restart(i);
    }
  }

  // It goes on believing that it leads; perhaps it has just let another one.
  void DesertLeader() {
    const std::optional<size_t> leader = cluster_.Leader();
    if (!leader.has_value()) return;
    if (Has(Happening::kTransfer) && Half()) Transfer();
    cluster_.RunFor(Milliseconds(chance_.Uniform(0, 4)));
    cluster_.CutOff(*leader, true);
    if (Has(Happening::kBlackout) && Half()) Blackout();
    for (int64_t left = chance_.Uniform(1, 10); left > 0; --left) {
      cluster_.RunFor(Milliseconds(chance_.Uniform(10, 40)));
      Propose();
      Read();
    }
  }

  // One other hears it no more; the rest does, until it stops perhaps.
  void EstrangeFromLeader() {
    const std::optional<size_t> leader = cluster_.Leader();
    const size_t other = Any();
    if (!leader.has_value() || other == *leader) return;
    cluster_.Cut(*leader, other, true);
    cluster_.Cut(other, *leader, true);
    const int64_t blackout_at =
        Has(Happening::kBlackout) ? chance_.Uniform(0, 60) : 0;
    for (int64_t left = chance_.Uniform(10, 60); left > 0; --left) {
      cluster_.RunFor(Milliseconds(chance_.Uniform(1, 10)));
      if (left == blackout_at) {
        for (size_t i = 0; i < cluster_.size(); ++i) {
          if (i != *leader && i != other) Restart(i);
        }
      }
      Propose();
      Read();
    }
  }

  void DisturbElection() {
    const auto stands = [&] {
      for (size_t i = 0; i < cluster_.size(); ++i) {
        if (cluster_.server(i) != nullptr &&
            cluster_.server(i)->role() == Role::kCandidate) {
          return true;
        }
      }
      return false;
    };
    if (!cluster_.RunUntil(stands, Milliseconds(300))) return;
    for (int64_t left = chance_.Uniform(1, 8); left > 0; --left) {
      cluster_.RunFor(Microseconds(chance_.Uniform(100, 8000)));
      const size_t i = Any();
      const bool stands_itself = cluster_.server(i) != nullptr &&
                                 cluster_.server(i)->role() != Role::kFollower;
      if (!stands_itself) Restart(i);
    }
  }

  void Restart(size_t i) {
    if (cluster_.server(i) != nullptr) cluster_.Crash(i);
    cluster_.Restart(i);
  }

  void Transfer() {
    const std::optional<size_t> leader = cluster_.Leader();
    if (!leader.has_value()) return;
    cluster_.Transfer(*leader, Any()).IgnoreError();
  }

  void Checkpoint() {
    const size_t i = Any();
    if (cluster_.server(i) == nullptr) return;
    cluster_.Checkpoint(i);
  }

  bool IsWhole() {
    for (size_t i = 0; i < cluster_.size(); ++i) {
      const Consensus* server = cluster_.server(i);
      if (server != nullptr && server->IsAmnesiac()) return false;
      if (cluster_.host(i).HasLostData()) return false;
    }
    return true;
  }

  // One at a time, so that a majority of the disks keeps what it has.
  void LoseData() {
    const size_t i = Any();
    if (!IsWhole()) return;
    for (size_t other = 0; other < cluster_.size(); ++other) {
      const Consensus* server = cluster_.server(other);
      if (server == nullptr) return;
      const Membership& members = server->membership();
      const bool is_new = members == Membership();
      if (!is_new && (members.IsJoint() || members.voters.size() < 3)) return;
    }
    cluster_.Crash(i);
    cluster_.LoseData(i);
    cluster_.Restart(i);
  }

  // Each server becomes a voter, a learner or none.
  void ChangeMembership() {
    const std::optional<size_t> leader = cluster_.Leader();
    if (!leader.has_value() || !IsWhole()) return;
    for (int64_t left = chance_.Uniform(1, 3); left > 0; --left) {
      ChangeMembershipOf(*leader);
      if (Half()) cluster_.RunFor(Milliseconds(chance_.Uniform(0, 20)));
      if (!Leads(*leader)) return;
    }
  }

  void ChangeMembershipOf(size_t leader) {
    Membership wanted = cluster_.server(leader)->membership();
    if (wanted.IsJoint()) return;
    wanted.recovering.clear();
    for (int64_t left = chance_.Uniform(1, 3); left > 0; --left) {
      const NodeId node(static_cast<uint32_t>(Any()));
      const bool was_learner = Remove(wanted.learners, node);
      const bool was_voter = Remove(wanted.voters, node);
      if (was_learner) {
        Insert(Half() || Half() ? wanted.voters : wanted.learners, node);
      } else if (!was_voter || Half()) {
        Insert(wanted.learners, node);
      }
    }
    cluster_.ChangeMembership(leader, wanted).IgnoreError();
  }

  static bool Remove(std::vector<NodeId>& nodes, NodeId node) {
    return std::erase(nodes, node) > 0;
  }
  static void Insert(std::vector<NodeId>& nodes, NodeId node) {
    nodes.insert(std::lower_bound(nodes.begin(), nodes.end(), node), node);
  }

  // Whether, when nothing happens any more, commands and reads are answered.
  bool Calm() {
    cluster_.Heal();
    const uint64_t reads = cluster_.reads_done();
    const Index committed = cluster_.safety().committed();
    const auto has_progress = [&] {
      return !IsSafe() || (cluster_.reads_done() > reads &&
                           cluster_.safety().committed() > committed + 2);
    };
    for (int i = 0; i < 60; ++i) {
      if (cluster_.RunUntil(has_progress, Milliseconds(100))) return true;
      Propose();
      Read();
    }
    return false;
  }

  std::string MixText() const {
    std::string text;
    for (const Row* row : mix_) absl::StrAppend(&text, row->name, " ");
    return text;
  }

  RandomStream chance_;
  std::vector<const Row*> mix_;
  Cluster cluster_;
  uint64_t commands_ = 0;
};

}  // namespace

RunResult RandomRun(Seed seed, const Rules& rules,
                    const std::vector<Happening>& focus) {
  return Run(seed, rules, focus).Result();
}

}  // namespace reprise::kv::raft
