#include "tools/kv_program/operator_commands.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "reprise/kv/leader_caller.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/real/real_node.h"
#include "reprise/sim/real/real_world.h"
#include "tools/kv_program/common_flags.h"

namespace reprise::kv {
namespace {

// Longer than an election of servers that have the usual options.
constexpr Duration kAttempt = Seconds(2);
constexpr Duration kRest = Milliseconds(100);
constexpr Duration kGrace = Milliseconds(100);

struct Ending {
  const char* name;
  int exit_status;
};

Ending EndingOf(const absl::Status& status) {
  if (status.ok()) return {"done", kExitDone};
  if (absl::IsFailedPrecondition(status)) return {"refused", kExitFailed};
  return {"undecided", kExitUndecided};
}

}  // namespace

OperatorCommands::OperatorCommands(CLI::App& program)
    : status_(*program.add_subcommand(
          "status", "tells how the servers of a replicated store are")),
      member_(*program.add_subcommand(
          "member", "changes who belongs to a replicated store")),
      add_(AddMemberCommand("add",
                            "makes a server that runs a learner, and a voter "
                            "when it has caught up")),
      remove_(AddMemberCommand("remove", "makes a server no member any more")),
      replace_(*member_.add_subcommand(
          "replace",
          "makes a server that runs a voter in another one's place, "
          "at once")),
      transfer_(*program.add_subcommand(
          "transfer", "lets another server of a replicated store lead")) {
  member_.require_subcommand(1);
  replace_.add_option("FORMER", former_, "who is to go")->required();
  replace_.add_option("NAME", name_, "who is to come, of --replicas")
      ->required();
  transfer_.add_option("--to", name_, "a voter")->required();
  for (CLI::App* command : {&status_, &add_, &remove_, &replace_, &transfer_}) {
    AddFlags(*command);
  }
}

CLI::App& OperatorCommands::AddMemberCommand(const std::string& name,
                                             const std::string& about) {
  CLI::App& command = *member_.add_subcommand(name, about);
  command.add_option("NAME", name_, "one of --replicas")->required();
  return command;
}

void OperatorCommands::AddFlags(CLI::App& command) {
  command
      .add_option("--replicas", replicas_,
                  "all servers, as they were given to `serve`")
      ->check(AreReplicas())
      ->required();
  command
      .add_option("--timeout-seconds", timeout_seconds_,
                  "how long it may take; then the status is 3, or 1 where "
                  "something stands against it")
      ->check(CLI::Range(0.1, 86'400.0))
      ->capture_default_str();
  command.add_flag("--json", is_json_, "results as one JSON object");
}

absl::StatusOr<OperatorCommands::Work> OperatorCommands::ChosenWork(
    const std::vector<RealMember>& servers) const {
  if (status_.parsed())
    return [](ReplicatedOperator&) { return absl::OkStatus(); };
  const absl::StatusOr<NodeId> node = FindReplica(servers, name_);
  if (!node.ok()) return node.status();
  if (add_.parsed()) {
    return [node = *node](ReplicatedOperator& op) { return op.Add(node); };
  }
  if (remove_.parsed()) {
    return [node = *node](ReplicatedOperator& op) { return op.Remove(node); };
  }
  if (transfer_.parsed()) {
    return [node = *node](ReplicatedOperator& op) { return op.Transfer(node); };
  }
  const absl::StatusOr<NodeId> former = FindReplica(servers, former_);
  if (!former.ok()) return former.status();
  return [node = *node, former = *former](ReplicatedOperator& op) {
    return op.Replace(former, node);
  };
}

int OperatorCommands::Run() const {
  const std::vector<RealMember> servers = *ParseReplicas(replicas_);
  const absl::StatusOr<Work> work = ChosenWork(servers);
  return work.ok() ? RunOnNode(servers, *work) : Refuse(work.status());
}

int OperatorCommands::RunOnNode(const std::vector<RealMember>& servers,
                                const Work& work) const {
  StatusReport report = {.servers = servers};
  RealWorld world({.grace = kGrace});
  const absl::StatusOr<RealNode*> node = world.AddNode(
      {.name = absl::StrCat("operator-", getpid()), .members = servers});
  if (!node.ok()) return Refuse(node.status());
  const Duration timeout = ToDuration(timeout_seconds_);
  std::optional<absl::Status> result;
  (*node)->OnBoot([&](Env& env) {
    const VirtualTime end = env.clock().Now() + timeout;
    ReplicatedOperator op(env, NodeIds(servers.size()),
                          {.attempt = std::min(kAttempt, timeout),
                           .deadline = timeout,
                           .rest_max = kRest},
                          [&](NodeId id) { return servers[id.value()].name; });
    absl::Status status = work(op);
    if (status.ok()) {
      const absl::Status seen = AwaitStatus(env, end, op, report);
      if (status_.parsed()) status = seen;
    }
    result = std::move(status);
  });
  world.StopOnSignals();
  const absl::Status status = world.Run();
  if (!status.ok()) return Refuse(status);
  if (!result.has_value() || absl::IsCancelled(*result)) {
    std::fputs("kv: interrupted; what was asked for may be done\n", stderr);
    return kExitInterrupted;
  }
  return Report(*result, report);
}

absl::Status OperatorCommands::AwaitStatus(Env& env, VirtualTime end,
                                           ReplicatedOperator& op,
                                           StatusReport& report) const {
  while (true) {
    report.statuses = op.AskAll();
    if (report.Leader().has_value()) return absl::OkStatus();
    if (env.clock().Now() >= end) {
      return absl::DeadlineExceededError("nobody leads");
    }
    env.clock().SleepFor(kRest);
  }
}

int OperatorCommands::Report(const absl::Status& status,
                             const StatusReport& report) const {
  const Ending ending = EndingOf(status);
  const std::string message(status.message());
  const bool is_known = !report.statuses.empty();
  if (is_json_) {
    nlohmann::ordered_json json = {{"outcome", ending.name}};
    if (!status.ok()) json["message"] = message;
    if (is_known) json.update(report.ToJson());
    std::printf("%s\n", json.dump().c_str());
  } else if (is_known) {
    std::fputs(report.ToText().c_str(), stdout);
  }
  if (!status.ok()) {
    std::fprintf(stderr, "kv: %s: %s\n", ending.name, message.c_str());
  }
  return ending.exit_status;
}

}  // namespace reprise::kv
