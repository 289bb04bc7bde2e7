// The command `load`: clients that put a server under load.

#ifndef TOOLS_KV_PROGRAM_LOAD_COMMAND_H_
#define TOOLS_KV_PROGRAM_LOAD_COMMAND_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_member.h"
#include "reprise/sim/real/real_world.h"
#include "tools/kv_program/common_flags.h"
#include "tools/kv_program/workload.h"

namespace reprise::kv {

// What a client gets in place of its Env, such as a wrong one, to see that
// tests find it; null: the Env itself.
using ClerkEnv = std::function<std::unique_ptr<Env>(Env&)>;

class LoadCommand {
 public:
  explicit LoadCommand(CLI::App& program);

  bool WasGiven() const { return command_.parsed(); }
  // Returns the exit status.
  int Run(const ClerkEnv& clerk_env = nullptr);

 private:
  // Who is put under load.
  std::vector<RealMember> Members() const;
  int RunWorkload(Workload& workload, const ClerkEnv& clerk_env) const;
  absl::Status AddClients(RealWorld& world, Workload& workload,
                          const ClerkEnv& clerk_env, LogWriter& log) const;
  // Shows progress until the clients are done. False: nothing is answered.
  bool Watch(Env& env, const Workload& workload) const;
  void Report(Workload& workload) const;

  CLI::App& command_;
  std::string server_ = "127.0.0.1:7000";
  std::string name_ = "server";
  std::string replicas_;
  std::string history_;
  double seconds_ = 0;
  double give_up_seconds_ = 10;
  double deadline_seconds_ = 2;
  bool is_json_ = false;
  WorkloadOptions options_;
  LogFlags log_;
};

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_LOAD_COMMAND_H_
