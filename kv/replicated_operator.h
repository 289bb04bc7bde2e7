// ReplicatedOperator: changes who belongs to a replicated store and who leads
// it, and tells how its servers are.
//
// Add, Remove, Replace and Transfer look at what the leader says, take the next
// step, and look again until what was wanted is so. A step changes the members
// that the leader had when it was looked at, and nothing where they are others
// by then: operators that work at the same time do not undo what another one
// has done. To ask again for what is so already changes nothing.
//
// Guarantees: no step is asked for after which the leader would hear no
// majority of the voters, as far as it hears them now.
//
// Errors of these four, where it was not done in the options' deadline:
// FailedPrecondition: what stands against it; DeadlineExceeded: no server that
// leads has answered, or it takes longer: it may be done in part, and the
// message says what was seen last; Cancelled: the node crashes.
//
// Requires: one call at a time for each operator.
//
//   kv::ReplicatedOperator op(env, {a, b, c, d}, {.deadline = Seconds(10)});
//   absl::Status status = op.Add(d);  // A learner, and then a voter.
//   if (status.ok()) status = op.Remove(a);

#ifndef REPRISE_KV_REPLICATED_OPERATOR_H_
#define REPRISE_KV_REPLICATED_OPERATOR_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/leader_caller.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/server_status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv {

class ReplicatedOperator {
 public:
  // What messages call a server; null: "server 2".
  using NameOf = std::function<std::string(NodeId)>;

  // `servers`: all that belong to the store, or are to. Between two looks it
  // rests for options.rest_max.
  ReplicatedOperator(Env& env, std::vector<NodeId> servers,
                     const LeaderCallerOptions& options = {},
                     NameOf name_of = {});

  // How each server is, in the order given, all asked once and at the same
  // time. Errors of each: those of ContentOf and DecodeServerStatus.
  std::vector<absl::StatusOr<ServerStatus>> AskAll();

  // Makes `server` a learner, and a voter when it has caught up.
  absl::Status Add(NodeId server);
  // It is no member any more; where it leads, another one will.
  absl::Status Remove(NodeId server);
  // Makes `server` a voter in the place of `former`, at once where there was
  // none: no set of voters in between has less than both sets need.
  absl::Status Replace(NodeId former, NodeId server);
  // Lets `server`, a voter, lead.
  absl::Status Transfer(NodeId server);

  // A single request each, whatever the members are. ChangeMembership returns
  // when the membership is in force for good; asked for again it changes
  // nothing. A transfer is tried once. Errors: FailedPrecondition, which says
  // why; DeadlineExceeded; Cancelled.
  absl::Status ChangeMembership(const raft::Membership& wanted);
  absl::Status TransferLeadership(NodeId to);

 private:
  // What the members are to be in the end, by what they are now. Errors:
  // FailedPrecondition.
  using Goal = std::function<absl::StatusOr<raft::Membership>(
      const raft::Membership& now)>;
  // What is seen when all are asked and one of them leads.
  struct Sight {
    std::vector<absl::StatusOr<ServerStatus>> statuses;  // Of each server.
    size_t leader;                                       // Of the latest term.

    // What the leader says.
    const ServerStatus& told() const { return *statuses[leader]; }
  };
  // What came of it: the end, or what it waits for.
  struct Progress {
    std::optional<absl::Status> end = {};
    absl::Status obstacle = {};
  };

  // Each is given so long.
  std::vector<absl::StatusOr<ServerStatus>> AskAll(Duration attempt);
  // Looks and goes on until that is the end, or the deadline has passed.
  absl::Status Pursue(std::function<Progress(const Sight& sight)> go_on);
  absl::StatusOr<Sight> Look();
  absl::Status PursueMembers(const Goal& goal);
  Progress StepTowards(const Goal& goal, const Sight& sight);
  // What stands against a step. Learners answer, and all members know them.
  absl::Status CheckLearners(const std::vector<NodeId>& learners,
                             const Sight& sight) const;
  absl::Status CheckVoters(const raft::Membership& step,
                           const Sight& sight) const;
  Progress LetLead(NodeId server, const Sight& sight);
  // Asks until whoever leads has answered.
  absl::Status AskLeader(const AdminRequest& request);
  // Asks a server once.
  absl::Status Ask(NodeId server, const AdminRequest& request);
  // How long a request for what is pursued may take now.
  Duration Attempt() const;
  // The servers that have answered.
  std::vector<NodeId> Answering(
      const std::vector<absl::StatusOr<ServerStatus>>& statuses) const;
  std::string Names(const std::vector<NodeId>& nodes) const;

  Env& env_;
  std::vector<NodeId> servers_;
  LeaderCallerOptions options_;
  NameOf name_of_;
  LeaderCaller caller_;
  VirtualTime end_;         // Of what is pursued.
  bool has_asked_ = false;  // For a step towards it.
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_REPLICATED_OPERATOR_H_
