#include "tools/kv_program/load_command.h"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording_file.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_member.h"
#include "reprise/sim/real/real_node.h"
#include "reprise/sim/real/real_world.h"
#include "tools/kv_program/any_clerk.h"
#include "tools/kv_program/common_flags.h"
#include "tools/kv_program/workload.h"

namespace reprise::kv {
namespace {

double ToSeconds(Duration duration) {
  return static_cast<double>(duration.nanoseconds()) / 1e9;
}
double ToMicroseconds(Duration duration) {
  return static_cast<double>(duration.nanoseconds()) / 1e3;
}

constexpr struct {
  const char* name;
  double share;
} kShares[] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}, {"max", 1}};

}  // namespace

LoadCommand::LoadCommand(CLI::App& program)
    : command_(*program.add_subcommand(
          "load", "puts a server under load and says how fast it answered")),
      log_(command_, "error") {
  options_.operations = 0;
  command_.add_option("--server", server_, "whom")
      ->check(IsAddress())
      ->capture_default_str();
  command_.add_option("--server-name", name_, "what it calls itself")
      ->capture_default_str();
  command_
      .add_option("--replicas", replicas_,
                  "the servers of a replicated store, in place of --server: as "
                  "they were given to `serve`")
      ->check(AreReplicas());
  command_
      .add_option("--clients", options_.clients,
                  "each with a connection, and one operation at a time")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command_
      .add_option("--operations", options_.operations,
                  "ends after so many (100000, unless --seconds is given)")
      ->check(CLI::PositiveNumber);
  command_.add_option("--seconds", seconds_, "ends after so long")
      ->check(CLI::PositiveNumber);
  command_
      .add_option("--rate", options_.rate,
                  "operations a second of all clients together; 0: as many as "
                  "they can")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command_.add_option("--keys", options_.keys, "so many different ones")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command_
      .add_option("--value-bytes", options_.value_bytes,
                  "the length of what is written")
      ->check(CLI::Range(0, 1 << 24))
      ->capture_default_str();
  command_.add_option("--puts", options_.puts, "of 100 operations")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  command_
      .add_option("--appends", options_.appends,
                  "of 100 operations; the rest are Gets")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  command_
      .add_option("--deadline-seconds", deadline_seconds_,
                  "how long an attempt may take before the next")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command_
      .add_option("--give-up-seconds", give_up_seconds_,
                  "ends where nothing is answered for so long")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command_.add_option("--history", history_,
                      "writes what was asked and answered to this file, for "
                      "`tools/reprise check FILE`");
  command_.add_flag("--json", is_json_, "results as one JSON object");
}

int LoadCommand::Run(const ClerkEnv& clerk_env) {
  if (options_.puts + options_.appends > 100) {
    return Refuse(absl::InvalidArgumentError(
        absl::StrCat("--puts=", options_.puts, " --appends=", options_.appends,
                     ": expected no more than 100 together")));
  }
  options_.deadline = ToDuration(deadline_seconds_);
  if (seconds_ > 0) options_.length = ToDuration(seconds_);
  if (options_.operations == 0) {
    options_.operations = seconds_ > 0 ? UINT64_MAX : 100'000;
  }
  if (history_.empty()) {
    Workload workload(options_);
    return RunWorkload(workload, clerk_env);
  }
  const EventLoop clock;
  checker::RecordingFile file(history_,
                              [&] { return clock.Now().nanoseconds(); });
  int exit_status = kExitDone;
  {
    Workload::KeyValueRecorder recorder(file);
    Workload workload(options_, &recorder);
    exit_status = RunWorkload(workload, clerk_env);
  }
  const absl::Status status = file.Close();
  return status.ok() ? exit_status : Refuse(status);
}

std::vector<RealMember> LoadCommand::Members() const {
  if (!replicas_.empty()) return *ParseReplicas(replicas_);
  return {{name_, *ParseAddress(server_)}};
}

absl::Status LoadCommand::AddClients(RealWorld& world, Workload& workload,
                                     const ClerkEnv& clerk_env,
                                     LogWriter& log) const {
  const std::vector<RealMember> members = Members();
  const Servers servers = {.servers = NodeIds(members.size()),
                           .are_replicas = !replicas_.empty()};
  for (int i = 0; i < options_.clients; ++i) {
    const absl::StatusOr<RealNode*> node = world.AddNode(
        {.name = absl::StrCat("clerk-", i), .members = members, .log = &log});
    if (!node.ok()) return node.status();
    (*node)->OnBoot([&workload, &clerk_env, servers, i](Env& env) {
      const std::unique_ptr<Env> other =
          clerk_env == nullptr ? nullptr : clerk_env(env);
      workload.RunClient(other == nullptr ? env : *other, servers, i);
    });
  }
  return absl::OkStatus();
}

int LoadCommand::RunWorkload(Workload& workload,
                             const ClerkEnv& clerk_env) const {
  LogWriter log = log_.MakeLog();
  RealWorld world;
  absl::Status status = AddClients(world, workload, clerk_env, log);
  if (!status.ok()) return Refuse(status);
  // No client: one who looks on.
  const absl::StatusOr<RealNode*> watcher = world.AddNode({.name = "watcher"});
  if (!watcher.ok()) return Refuse(watcher.status());
  bool gave_up = false;
  (*watcher)->OnBoot([&](Env& env) {
    gave_up = !Watch(env, workload);
    if (gave_up) world.Stop();
  });
  world.StopOnSignals();
  status = world.Run();
  if (!status.ok()) return Refuse(status);
  Report(workload);
  if (gave_up) {
    const std::string whom =
        replicas_.empty() ? absl::StrCat(name_, " at ", server_) : replicas_;
    std::fprintf(stderr, "kv: no answer from %s for %g s\n", whom.c_str(),
                 give_up_seconds_);
    return kExitFailed;
  }
  return world.IsStopping() ? kExitInterrupted : kExitDone;
}

bool LoadCommand::Watch(Env& env, const Workload& workload) const {
  const bool is_shown = isatty(STDERR_FILENO) == 1;
  uint64_t answered = 0;
  VirtualTime since = env.clock().Now();
  for (int tenths = 1; !workload.IsDone(); ++tenths) {
    env.clock().SleepFor(Milliseconds(100));
    const VirtualTime now = env.clock().Now();
    if (workload.answered() > answered) since = now;
    answered = workload.answered();
    if (ToSeconds(now - since) >= give_up_seconds_) return false;
    if (is_shown && tenths % 10 == 0) {
      std::fprintf(stderr, "\r%llu operations in %.0f s ",
                   static_cast<unsigned long long>(answered),
                   ToSeconds(workload.length()));
    }
  }
  if (is_shown) std::fputs("\r\033[K", stderr);
  return true;
}

void LoadCommand::Report(Workload& workload) const {
  const double seconds = ToSeconds(workload.length());
  const auto answered = static_cast<double>(workload.answered());
  nlohmann::ordered_json latency;
  latency["mean"] = ToMicroseconds(workload.latencies().Mean());
  for (const auto& [name, share] : kShares) {
    latency[name] = ToMicroseconds(workload.latencies().AtMost(share));
  }
  const nlohmann::ordered_json json = {
      {"clients", options_.clients},
      {"operations", workload.answered()},
      {"seconds", seconds},
      {"operations_per_second", seconds > 0 ? answered / seconds : 0},
      {"repeated_requests", workload.repeated()},
      {"latency_us", latency},
  };
  if (is_json_) {
    std::printf("%s\n", json.dump().c_str());
    return;
  }
  std::printf("%llu operations by %d clients in %.2f s: %.0f a second\n",
              static_cast<unsigned long long>(workload.answered()),
              options_.clients, seconds, seconds > 0 ? answered / seconds : 0);
  std::printf("requests sent again: %llu\n",
              static_cast<unsigned long long>(workload.repeated()));
  std::printf("latency in us:");
  for (const auto& [name, value] : latency.items()) {
    std::printf(" %s %.0f", name.c_str(), value.get<double>());
  }
  std::printf("\n");
}

}  // namespace reprise::kv
