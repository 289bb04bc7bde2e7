#include "tools/kv_program/kv_program.h"

#include <csignal>

#include "CLI/CLI.hpp"
#include "tools/kv_program/common_flags.h"
#include "tools/kv_program/load_command.h"
#include "tools/kv_program/operator_commands.h"
#include "tools/kv_program/serve_command.h"

namespace reprise::kv {

int RunKvProgram(int argc, char** argv, const KvProgramOptions& options) {
  // A log that nobody reads any more ends no server.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App program("The key/value store of Reprise on real machines.", "kv");
  program.require_subcommand(1);
  if (!options.version.empty()) {
    program.set_version_flag("--version", options.version);
  }
  const ServeCommand serve(program);
  LoadCommand load(program);
  const OperatorCommands operator_commands(program);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? kExitDone : kExitUsage;
  }
  if (load.WasGiven()) return load.Run(options.clerk_env);
  if (serve.WasGiven()) return serve.Run(options.servers);
  return operator_commands.Run();
}

}  // namespace reprise::kv
