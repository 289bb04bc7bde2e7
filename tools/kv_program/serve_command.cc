#include "tools/kv_program/serve_command.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/durable_server.h"
#include "reprise/kv/raft/replica_options.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/kv/server.h"
#include "reprise/kv/storage/journal.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_member.h"
#include "reprise/sim/real/real_node.h"
#include "reprise/sim/real/real_world.h"
#include "tools/kv_program/common_flags.h"
#include "tools/kv_program/folder_owner.h"

namespace reprise::kv {

ServeCommand::ServeCommand(CLI::App& program)
    : command_(*program.add_subcommand(
          "serve", "serves a key/value store until SIGTERM or Ctrl-C")),
      log_bytes_(JournalOptions().log_bytes_max),
      log_(command_, "info") {
  command_
      .add_option("--listen", listen_,
                  "where; port 0: one that the system chooses. Nothing is "
                  "encrypted and nobody logs in: whoever reaches it may read "
                  "and write everything")
      ->check(IsAddress())
      ->capture_default_str();
  command_.add_option("--name", name_, "what clients expect it to be called")
      ->capture_default_str();
  AddReplicaFlags();
  command_.add_option("--durable,--dir", folder_,
                      "keeps the store in this folder, and answers when it "
                      "is safe there; otherwise it is in memory alone");
  command_.add_flag("--forget-unsynced", forgets_unsynced_,
                    "the end of the process loses what was not synced, as a "
                    "power cut would: for tests of recovery");
  command_
      .add_option("--log-bytes", log_bytes_,
                  "how long the durable log grows before a checkpoint")
      ->capture_default_str();
  command_
      .add_option("--grace-seconds", grace_seconds_,
                  "how long requests in progress may take at the end")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  command_
      .add_option("--max-connections", limits_.connections,
                  "further ones are turned away")
      ->capture_default_str();
  command_
      .add_option("--max-message-bytes", limits_.message_bytes,
                  "a longer message ends its connection")
      ->capture_default_str();
  command_
      .add_option("--max-buffered-bytes", limits_.buffered_bytes,
                  "beyond it nothing more is read")
      ->capture_default_str();
}

void ServeCommand::AddReplicaFlags() {
  auto* const replicas =
      command_
          .add_option(
              "--replicas", replicas_,
              "serves a replicated store together with these servers, of "
              "which --name is one; the same list, in the same order, on "
              "all of them. Needs --dir")
          ->check(AreReplicas());
  auto* const join = command_.add_flag(
      "--join", joins_,
      "begins as no member of the replicated store: it is to be added to one "
      "that runs, by `kv member add`");
  join->needs(replicas);
  command_
      .add_option("--first-members", first_members_,
                  "NAME,NAME,...: with whom the replicated store begins, if "
                  "not with all of --replicas; the others may be added later")
      ->delimiter(',')
      ->needs(replicas)
      ->excludes(join);
  command_
      .add_option("--election-ms", election_ms_,
                  "a replica that hears no leader for so long asks for an "
                  "election")
      ->check(CLI::Range(10, 3'600'000))
      ->capture_default_str();
  command_
      .add_option("--heartbeat-ms", heartbeat_ms_,
                  "how often a leader tells that it leads")
      ->check(CLI::Range(1, 3'600'000))
      ->capture_default_str();
}

std::vector<RealMember> ServeCommand::Replicas() const {
  if (replicas_.empty()) return {};
  return *ParseReplicas(replicas_);
}

absl::Status ServeCommand::CheckFlags(
    const std::vector<RealMember>& replicas) const {
  if (forgets_unsynced_ && folder_.empty()) {
    return absl::InvalidArgumentError(
        "--forget-unsynced: expected --durable FOLDER beside it");
  }
  if (replicas.empty()) return absl::OkStatus();
  if (folder_.empty()) {
    return absl::InvalidArgumentError(
        "--replicas: expected --dir FOLDER beside it");
  }
  if (heartbeat_ms_ * 2 > election_ms_) {
    return absl::InvalidArgumentError(
        absl::StrCat("--heartbeat-ms=", heartbeat_ms_,
                     ": expected no more than half of "
                     "--election-ms=",
                     election_ms_));
  }
  absl::Status status = FindReplica(replicas, name_, "--name").status();
  for (const std::string& member : first_members_) {
    status.Update(FindReplica(replicas, member, "--first-members").status());
  }
  return status;
}

// Who is not among the first members has none, as one that joins.
std::vector<NodeId> ServeCommand::FirstMembers(
    const std::vector<RealMember>& replicas) const {
  const auto is_first = [this](const std::string& name) {
    return first_members_.empty() ||
           std::find(first_members_.begin(), first_members_.end(), name) !=
               first_members_.end();
  };
  std::vector<NodeId> members;
  if (joins_ || !is_first(name_)) return members;
  for (size_t i = 0; i < replicas.size(); ++i) {
    if (is_first(replicas[i].name)) {
      members.emplace_back(static_cast<uint32_t>(i));
    }
  }
  return members;
}

RealNodeOptions ServeCommand::NodeOptions(
    const std::vector<RealMember>& replicas) const {
  RealNodeOptions options = {.name = name_,
                             .members = replicas,
                             .folder = folder_,
                             .forgets_unsynced = forgets_unsynced_,
                             .limits = limits_};
  // A replica listens where the others look for it, unless told otherwise.
  if (replicas.empty() || command_.count("--listen") > 0) {
    options.listen = *ParseAddress(listen_);
  }
  return options;
}

absl::Status ServeCommand::ServeReplica(Env& env,
                                        const std::vector<RealMember>& replicas,
                                        const ServerPrograms& programs) const {
  std::vector<std::string> names;
  for (const RealMember& server : replicas) {
    names.push_back(server.name);
  }
  const absl::Status status = ClaimFolder(env.disk(), names, name_);
  if (!status.ok()) return status;
  ReplicatedServerOptions options;
  raft::ReplicaOptions& replica = options.replica;
  replica.first_members = FirstMembers(replicas);
  options.servers_known = replicas.size();
  replica.raft.election_timeout = Milliseconds(election_ms_);
  replica.raft.heartbeat = Milliseconds(heartbeat_ms_);
  replica.raft.log_bytes_max = log_bytes_;
  replica.journal.log_bytes_max = log_bytes_;
  if (programs.replica != nullptr) programs.replica(options);
  const std::unique_ptr<Env> other =
      programs.replica_env == nullptr ? nullptr : programs.replica_env(env);
  return ReplicatedServer(other == nullptr ? env : *other, options).Run();
}

absl::Status ServeCommand::Serve(Env& env,
                                 const std::vector<RealMember>& replicas,
                                 const ServerPrograms& programs) const {
  if (!replicas.empty()) return ServeReplica(env, replicas, programs);
  if (folder_.empty()) {
    if (programs.server != nullptr) {
      programs.server(env);
    } else {
      Server(env).Run();
    }
    return absl::OkStatus();
  }
  if (programs.durable_server != nullptr) return programs.durable_server(env);
  return DurableServer(env, std::make_unique<LastRequestTable>(),
                       {.log_bytes_max = log_bytes_})
      .Run();
}

int ServeCommand::Run(const ServerPrograms& programs) const {
  const std::vector<RealMember> replicas = Replicas();
  const absl::Status flags = CheckFlags(replicas);
  if (!flags.ok()) return Refuse(flags);
  LogWriter log = log_.MakeLog();
  RealWorld world({.grace = Seconds(grace_seconds_)});
  RealNodeOptions options = NodeOptions(replicas);
  options.log = &log;
  const absl::StatusOr<RealNode*> node = world.AddNode(options);
  if (!node.ok()) return Refuse(node.status());
  absl::Status recovered;
  (*node)->OnBoot([&](Env& env) {
    // Returns where it cannot recover alone.
    recovered = Serve(env, replicas, programs);
  });
  world.StopOnSignals();
  std::printf("%s serves at %s\n", name_.c_str(),
              (*node)->address()->ToString().c_str());
  std::fflush(stdout);
  const absl::Status status = world.Run();
  if (!recovered.ok()) return Refuse(recovered);
  if (status.ok()) return kExitDone;
  std::fprintf(stderr, "kv: %s\n", std::string(status.message()).c_str());
  return kExitFailed;
}

}  // namespace reprise::kv
