#include "reprise/kv/replicated_operator.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/network.h"

namespace reprise::kv {
namespace {

using raft::Membership;

// Of the last attempt before the deadline.
constexpr Duration kAttemptMin = Milliseconds(50);

// Of sorted lists.
std::vector<NodeId> Without(const std::vector<NodeId>& nodes,
                            const std::vector<NodeId>& others) {
  std::vector<NodeId> rest;
  std::set_difference(nodes.begin(), nodes.end(), others.begin(), others.end(),
                      std::back_inserter(rest));
  return rest;
}

std::vector<NodeId> Union(const std::vector<NodeId>& nodes,
                          const std::vector<NodeId>& others) {
  std::vector<NodeId> all;
  std::set_union(nodes.begin(), nodes.end(), others.begin(), others.end(),
                 std::back_inserter(all));
  return all;
}

// Without what a leader notes for itself.
Membership Plain(std::vector<NodeId> voters, std::vector<NodeId> learners) {
  return {.voters = std::move(voters), .learners = std::move(learners)};
}

}  // namespace

ReplicatedOperator::ReplicatedOperator(Env& env, std::vector<NodeId> servers,
                                       const LeaderCallerOptions& options,
                                       NameOf name_of)
    : env_(env),
      servers_(servers),
      options_(options),
      name_of_(std::move(name_of)),
      caller_(env, std::move(servers), options) {}

std::vector<absl::StatusOr<ServerStatus>> ReplicatedOperator::AskAll() {
  return AskAll(options_.attempt);
}

std::vector<absl::StatusOr<ServerStatus>> ReplicatedOperator::AskAll(
    Duration attempt) {
  const Bytes request = EncodeAdminRequest({.kind = AdminKind::kStatus});
  std::vector<CallFuture> calls;
  for (const NodeId server : servers_) {
    calls.push_back(env_.network().StartCall(server, kAdminMethod, request,
                                             {.deadline = attempt}));
  }
  std::vector<absl::StatusOr<ServerStatus>> statuses;
  for (CallFuture& call : calls) {
    const absl::StatusOr<Bytes> content = ContentOf(call.Get());
    if (content.ok()) {
      statuses.push_back(DecodeServerStatus(*content));
    } else {
      statuses.emplace_back(content.status());
    }
  }
  return statuses;
}

absl::Status ReplicatedOperator::Add(NodeId server) {
  return PursueMembers([=](const Membership& now) {
    return Plain(Union(now.voters, {server}), Without(now.learners, {server}));
  });
}

absl::Status ReplicatedOperator::Remove(NodeId server) {
  return PursueMembers(
      [=](const Membership& now) -> absl::StatusOr<Membership> {
        Membership rest = Plain(Without(now.voters, {server}),
                                Without(now.learners, {server}));
        if (!rest.voters.empty()) return rest;
        return absl::FailedPreconditionError("a store has one voter at least");
      });
}

absl::Status ReplicatedOperator::Replace(NodeId former, NodeId server) {
  return PursueMembers(
      [=, this](const Membership& now) -> absl::StatusOr<Membership> {
        if (!now.IsMember(former) && !now.IsMember(server)) {
          return absl::FailedPreconditionError(
              absl::StrCat(Names({former}), " is no member"));
        }
        return Plain(Union(Without(now.voters, {former}), {server}),
                     Without(Without(now.learners, {former}), {server}));
      });
}

absl::Status ReplicatedOperator::Transfer(NodeId server) {
  return Pursue(
      [=, this](const Sight& sight) { return LetLead(server, sight); });
}

absl::Status ReplicatedOperator::ChangeMembership(const Membership& wanted) {
  return AskLeader(
      {.kind = AdminKind::kChangeMembership, .membership = wanted});
}

absl::Status ReplicatedOperator::TransferLeadership(NodeId to) {
  return AskLeader({.kind = AdminKind::kTransferLeadership, .node = to});
}

absl::Status ReplicatedOperator::AskLeader(const AdminRequest& request) {
  return ContentOf(caller_.Call(kAdminMethod, EncodeAdminRequest(request)))
      .status();
}

absl::Status ReplicatedOperator::Pursue(
    std::function<Progress(const Sight& sight)> go_on) {
  end_ = env_.clock().Now() + options_.deadline;
  has_asked_ = false;
  while (true) {
    const absl::StatusOr<Sight> sight = Look();
    Progress progress = {.obstacle = sight.status()};
    if (sight.ok()) progress = go_on(*sight);
    if (progress.end.has_value()) return *progress.end;
    if (absl::IsCancelled(progress.obstacle)) return progress.obstacle;
    if (env_.clock().Now() >= end_) {
      Reached("kv.operator.gave-up"_mark);
      if (!has_asked_ || absl::IsFailedPrecondition(progress.obstacle)) {
        return progress.obstacle;
      }
      return absl::DeadlineExceededError(
          absl::StrCat(progress.obstacle.message(),
                       "; what was asked for may be done, or in part"));
    }
    env_.clock().SleepFor(options_.rest_max);
  }
}

absl::StatusOr<ReplicatedOperator::Sight> ReplicatedOperator::Look() {
  std::vector<absl::StatusOr<ServerStatus>> statuses = AskAll(Attempt());
  for (const absl::StatusOr<ServerStatus>& status : statuses) {
    if (absl::IsCancelled(status.status())) return status.status();
  }
  const std::optional<size_t> leader = LatestLeader(statuses);
  if (leader.has_value()) return Sight{std::move(statuses), *leader};
  const std::vector<NodeId> answering = Answering(statuses);
  return absl::DeadlineExceededError(
      answering.empty()
          ? "no server answers"
          : absl::StrCat("no server leads; those that answer are ",
                         Names(answering)));
}

absl::Status ReplicatedOperator::PursueMembers(const Goal& goal) {
  return Pursue([&](const Sight& sight) { return StepTowards(goal, sight); });
}

ReplicatedOperator::Progress ReplicatedOperator::StepTowards(
    const Goal& goal, const Sight& sight) {
  const Membership& now = sight.told().membership;
  if (!sight.told().may_change) {
    return {.obstacle = absl::DeadlineExceededError(
                "another change of members is in progress")};
  }
  const absl::StatusOr<Membership> wanted = goal(now);
  if (!wanted.ok()) return {.end = wanted.status()};
  if (wanted->voters == now.voters && wanted->learners == now.learners) {
    return {.end = absl::OkStatus()};
  }
  const std::vector<NodeId> unknown = Without(wanted->voters, now.Members());
  const Membership step = unknown.empty()
                              ? *wanted
                              : Plain(now.voters, Union(now.learners, unknown));
  absl::Status obstacle = CheckLearners(unknown, sight);
  if (obstacle.ok()) obstacle = CheckVoters(step, sight);
  if (!obstacle.ok()) return {.obstacle = obstacle};
  has_asked_ = true;
  const absl::Status status =
      Ask(servers_[sight.leader], {.kind = AdminKind::kChangeMembershipFrom,
                                   .membership = step,
                                   .before = now});
  if (!status.ok()) return {.obstacle = status};
  if (unknown.empty()) return {.end = absl::OkStatus()};
  return {.obstacle = absl::DeadlineExceededError(
              absl::StrCat(Names(unknown), " is a learner by now"))};
}

absl::Status ReplicatedOperator::CheckLearners(
    const std::vector<NodeId>& learners, const Sight& sight) const {
  const std::vector<NodeId> silent =
      Without(learners, Answering(sight.statuses));
  if (!silent.empty()) {
    return absl::DeadlineExceededError(
        absl::StrCat(Names(silent), " does not answer"));
  }
  for (size_t i = 0; i < servers_.size(); ++i) {
    const absl::StatusOr<ServerStatus>& status = sight.statuses[i];
    for (const NodeId learner : learners) {
      if (!status.ok() || status->Knows(learner)) continue;
      return absl::FailedPreconditionError(
          absl::StrCat(Names({servers_[i]}), " does not know ",
                       Names({learner}), ": it was given a shorter list"));
    }
  }
  return absl::OkStatus();
}

absl::Status ReplicatedOperator::CheckVoters(const Membership& step,
                                             const Sight& sight) const {
  const ServerStatus& told = sight.told();
  std::vector<NodeId> silent;
  for (const NodeId voter : step.voters) {
    if (voter == servers_[sight.leader]) continue;
    const FollowerStatus* const follower = told.follower(voter);
    const bool is_known = follower != nullptr;
    if (!is_known || !follower->is_heard) silent.push_back(voter);
    if (told.membership.IsVoter(voter) ||
        (is_known && follower->has_caught_up)) {
      continue;
    }
    return absl::DeadlineExceededError(absl::StrCat(
        Names({voter}), " has not caught up: its log goes to ",
        is_known ? follower->match : 0, ", that of the leader to ", told.last));
  }
  const auto is_heard = [&](NodeId voter) {
    return std::find(silent.begin(), silent.end(), voter) == silent.end();
  };
  if (step.HasMajority(is_heard)) return absl::OkStatus();
  Reached("kv.operator.no-majority"_mark);
  return absl::FailedPreconditionError(absl::StrCat(
      "of the voters that there would be, the leader does not hear ",
      Names(silent), ", and the others are no majority"));
}

ReplicatedOperator::Progress ReplicatedOperator::LetLead(NodeId server,
                                                         const Sight& sight) {
  const ServerStatus& told = sight.told();
  if (servers_[sight.leader] == server) return {.end = absl::OkStatus()};
  const FollowerStatus* const follower = told.follower(server);
  if (follower == nullptr || !told.membership.IsVoter(server)) {
    return {.end = absl::FailedPreconditionError(
                absl::StrCat(Names({server}), " is no voter"))};
  }
  if (!follower->is_heard) {
    return {.obstacle = absl::FailedPreconditionError(
                absl::StrCat(Names({servers_[sight.leader]}),
                             " leads and does not hear ", Names({server})))};
  }
  has_asked_ = true;
  const absl::Status status =
      Ask(servers_[sight.leader],
          {.kind = AdminKind::kTransferLeadership, .node = server});
  if (!status.ok()) return {.obstacle = status};
  return {.obstacle = absl::DeadlineExceededError(
              absl::StrCat(Names({server}), " does not lead yet"))};
}

absl::Status ReplicatedOperator::Ask(NodeId server,
                                     const AdminRequest& request) {
  const absl::StatusOr<Bytes> message =
      env_.network().Call(server, kAdminMethod, EncodeAdminRequest(request),
                          {.deadline = Attempt()});
  if (absl::IsCancelled(message.status())) return message.status();
  const absl::StatusOr<Answer> answer =
      message.ok() ? DecodeAnswer(*message) : message.status();
  if (answer.ok() && answer->outcome == Outcome::kDone) return absl::OkStatus();
  if (answer.ok() && answer->outcome == Outcome::kRefused) {
    return absl::FailedPreconditionError(std::string(answer->content));
  }
  return absl::DeadlineExceededError(
      absl::StrCat(Names({server}), " has not said that it is done"));
}

Duration ReplicatedOperator::Attempt() const {
  const Duration left = end_ - env_.clock().Now();
  return std::min(options_.attempt, std::max(left, kAttemptMin));
}

std::vector<NodeId> ReplicatedOperator::Answering(
    const std::vector<absl::StatusOr<ServerStatus>>& statuses) const {
  std::vector<NodeId> answering;
  for (size_t i = 0; i < statuses.size(); ++i) {
    if (statuses[i].ok()) answering.push_back(servers_[i]);
  }
  return answering;
}

std::string ReplicatedOperator::Names(const std::vector<NodeId>& nodes) const {
  std::string text;
  for (const NodeId node : nodes) {
    absl::StrAppend(&text, text.empty() ? "" : ", ",
                    name_of_ != nullptr
                        ? name_of_(node)
                        : absl::StrCat("server ", node.value()));
  }
  return text;
}

}  // namespace reprise::kv
