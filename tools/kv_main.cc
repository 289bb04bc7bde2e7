// tools/kv: the key/value store on real machines.

#include <csignal>

#include "CLI/CLI.hpp"
#include "tools/commit.h"
#include "tools/kv_program/common_flags.h"
#include "tools/kv_program/load_command.h"
#include "tools/kv_program/serve_command.h"

int main(int argc, char** argv) {
  // A log that nobody reads any more ends no server.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App program("The key/value store of Reprise on real machines.", "kv");
  program.require_subcommand(1);
  program.set_version_flag("--version", reprise::kCommit);
  const reprise::kv::ServeCommand serve(program);
  reprise::kv::LoadCommand load(program);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? reprise::kv::kExitDone
                                    : reprise::kv::kExitUsage;
  }
  return load.WasGiven() ? load.Run() : serve.Run();
}
