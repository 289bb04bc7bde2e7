#include "tests/scenarios/raft/raft_operator.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/kv/leader_caller.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/time.h"
#include "tests/scenarios/raft/server_state.h"

namespace reprise {
namespace {

using kv::raft::Membership;

// Where all servers are asked at each look, looks are as far apart as that many
// requests of a clerk.
kv::LeaderCallerOptions Patience(const RaftSetup& setup) {
  kv::LeaderCallerOptions options = setup.clerk;
  options.deadline = Seconds(1);
  if (setup.operator_alphabet.guided > 0) {
    options.rest_max = options.rest_max * setup.servers;
  }
  return options;
}

}  // namespace

RaftOperator::RaftOperator(Trial& trial, Env& env, const RaftSetup& setup,
                           const std::vector<NodeId>& servers, int number)
    : trial_(trial),
      env_(env),
      setup_(setup),
      servers_(servers),
      number_(number),
      operator_(env, servers, Patience(setup)),
      voters_(servers.begin(), servers.begin() + setup.first_members) {}

void RaftOperator::Run() {
  const Duration rest = setup_.faults_length / setup_.operator_actions;
  for (const int64_t i : trial_.Operations(number_, setup_.operator_actions)) {
    RandomStream draws = trial_.Workload(number_, static_cast<uint64_t>(i));
    env_.clock().SleepFor(Nanoseconds(draws.Uniform(1, rest.nanoseconds())));
    Act(draws);
    action_.clear();
  }
}

void RaftOperator::Act(RandomStream draws) {
  const OperatorAlphabet& alphabet = setup_.operator_alphabet;
  int64_t choice = draws.Uniform(0, 99);
  if (choice < alphabet.transfer) return Transfer(draws);
  choice -= alphabet.transfer;
  if (choice < alphabet.one_server) return ChangeOne(draws);
  choice -= alphabet.one_server;
  if (choice < alphabet.many_servers) return ChangeMany(draws);
  choice -= alphabet.many_servers;
  if (choice < alphabet.guided) return Guide(draws);
}

void RaftOperator::Transfer(RandomStream& draws) {
  const auto last = static_cast<int64_t>(voters_.size()) - 1;
  const NodeId to = voters_[static_cast<size_t>(draws.Uniform(0, last))];
  action_ = absl::StrCat("asks ", to.value(), " to lead");
  const absl::Status status = operator_.TransferLeadership(to);
  Sometimes(status.ok(), "raft-scenario.transferred"_mark);
}

void RaftOperator::ChangeOne(RandomStream& draws) {
  const auto last = static_cast<int64_t>(servers_.size()) - 1;
  const NodeId server = servers_[static_cast<size_t>(draws.Uniform(0, last))];
  std::vector<NodeId> voters = voters_;
  const auto place = std::lower_bound(voters.begin(), voters.end(), server);
  const bool is_voter = place != voters.end() && *place == server;
  if (!is_voter) {
    voters.insert(place, server);
  } else if (voters.size() > static_cast<size_t>(setup_.voters_min)) {
    voters.erase(place);
  }
  GoTo(std::move(voters));
}

void RaftOperator::ChangeMany(RandomStream& draws) {
  std::vector<NodeId> voters = servers_;
  draws.Shuffle(voters);
  const auto most = static_cast<int64_t>(voters.size());
  voters.resize(static_cast<size_t>(draws.Uniform(setup_.voters_min, most)));
  std::sort(voters.begin(), voters.end());
  GoTo(std::move(voters));
}

void RaftOperator::Guide(RandomStream& draws) {
  const auto draw_server = [&] {
    const auto last = static_cast<int64_t>(servers_.size()) - 1;
    return servers_[static_cast<size_t>(draws.Uniform(0, last))];
  };
  const int64_t choice = draws.Uniform(0, 3);
  const NodeId server = draw_server();
  const NodeId other = draw_server();
  absl::Status status;
  switch (choice) {
    case 0:
      action_ = absl::StrCat("adds ", server.value());
      status = operator_.Add(server);
      break;
    case 1:
      action_ = absl::StrCat("removes ", server.value());
      status = operator_.Remove(server);
      break;
    case 2:
      action_ =
          absl::StrCat("replaces ", server.value(), " by ", other.value());
      status = operator_.Replace(server, other);
      break;
    case 3:
      action_ = absl::StrCat("lets ", server.value(), " lead");
      status = operator_.Transfer(server);
      break;
  }
  Sometimes(status.ok(), "raft-scenario.guided"_mark);
  Sometimes(absl::IsFailedPrecondition(status),
            "raft-scenario.guided-refused"_mark);
}

void RaftOperator::GoTo(std::vector<NodeId> voters) {
  Membership first = {.voters = voters_};
  std::set_difference(voters.begin(), voters.end(), voters_.begin(),
                      voters_.end(), std::back_inserter(first.learners));
  if (!first.learners.empty()) {
    action_ = "asks for learners " + NumbersOf(first.learners);
    const absl::Status status = operator_.ChangeMembership(first);
    Sometimes(status.ok(), "raft-scenario.learners-added"_mark);
    // They get the log.
    env_.clock().SleepFor(Milliseconds(50));
  }
  voters_ = std::move(voters);
  action_ = "asks for voters " + NumbersOf(voters_);
  const absl::Status status = operator_.ChangeMembership({.voters = voters_});
  Sometimes(status.ok(), "raft-scenario.members-changed"_mark);
  Sometimes(absl::IsFailedPrecondition(status),
            "raft-scenario.change-refused"_mark);
}

}  // namespace reprise
