#include "tools/kv_program/serve_command.h"

#include <cstdio>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/durable_server.h"
#include "reprise/kv/journal.h"
#include "reprise/kv/server.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_node.h"
#include "reprise/sim/real/real_world.h"
#include "tools/kv_program/common_flags.h"

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
  command_.add_option("--durable", folder_,
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

absl::Status ServeCommand::Serve(Env& env,
                                 const ServerPrograms& programs) const {
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
  if (forgets_unsynced_ && folder_.empty()) {
    return Refuse(absl::InvalidArgumentError(
        "--forget-unsynced: expected --durable FOLDER beside it"));
  }
  LogWriter log = log_.MakeLog();
  RealWorld world({.grace = Seconds(grace_seconds_)});
  const absl::StatusOr<RealNode*> node =
      world.AddNode({.name = name_,
                     .listen = *ParseAddress(listen_),
                     .folder = folder_,
                     .forgets_unsynced = forgets_unsynced_,
                     .limits = limits_,
                     .log = &log});
  if (!node.ok()) return Refuse(node.status());
  absl::Status recovered;
  (*node)->OnBoot([&](Env& env) {
    // Returns where it cannot recover alone.
    recovered = Serve(env, programs);
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
