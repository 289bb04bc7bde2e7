// The command `serve`: a key/value server on a real machine.

#ifndef TOOLS_KV_PROGRAM_SERVE_COMMAND_H_
#define TOOLS_KV_PROGRAM_SERVE_COMMAND_H_

#include <cstdint>
#include <string>

#include "CLI/CLI.hpp"
#include "reprise/sim/real/limits.h"
#include "tools/kv_program/common_flags.h"

namespace reprise::kv {

class ServeCommand {
 public:
  explicit ServeCommand(CLI::App& program);

  bool WasGiven() const { return command_.parsed(); }
  // Serves until SIGTERM or SIGINT; returns the exit status.
  int Run() const;

 private:
  CLI::App& command_;
  std::string listen_ = "127.0.0.1:7000";
  std::string name_ = "server";
  std::string folder_;
  bool forgets_unsynced_ = false;
  uint64_t log_bytes_;
  int64_t grace_seconds_ = 5;
  RealLimits limits_;
  LogFlags log_;
};

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_SERVE_COMMAND_H_
