// The command `load`: clients that put a server under load.

#ifndef TOOLS_KV_PROGRAM_LOAD_COMMAND_H_
#define TOOLS_KV_PROGRAM_LOAD_COMMAND_H_

#include <cstdint>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/real/log_writer.h"
#include "reprise/sim/real/real_world.h"
#include "tools/kv_program/common_flags.h"
#include "tools/kv_program/workload.h"

namespace reprise::kv {

class LoadCommand {
 public:
  explicit LoadCommand(CLI::App& program);

  bool WasGiven() const { return command_.parsed(); }
  // Returns the exit status.
  int Run();

 private:
  int RunWorkload(Workload& workload) const;
  absl::Status AddClients(RealWorld& world, Workload& workload,
                          LogWriter& log) const;
  // Shows progress until the clients are done. False: nothing is answered.
  bool Watch(Env& env, const Workload& workload) const;
  void Report(Workload& workload) const;

  CLI::App& command_;
  std::string server_ = "127.0.0.1:7000";
  std::string name_ = "server";
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
