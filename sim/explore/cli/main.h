// The whole command line, for a program that links a catalog of its own:
//
//   int main(int argc, char** argv) {
//     return reprise::cli::Main(argc, argv, MyCatalog());
//   }
//
// Main() may be called once more in a process of its own, to repeat trials:
// what a program does before it should be harmless.
//
// Returns the exit status: 0 everything holds; 1 a property is violated; 2
// usage or bad input, or results that could not be written; 3 undecided; 130
// interrupted.

#ifndef REPRISE_SIM_EXPLORE_CLI_MAIN_H_
#define REPRISE_SIM_EXPLORE_CLI_MAIN_H_

#include <string>
#include <vector>

#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise::cli {

struct ProgramOptions {
  // Commands besides sweep, replay, lab, list and check.
  std::vector<Command> more = {};
  // What `--version` says of where the program comes from.
  std::string commit = "unknown";
  // How to start a program that comes to Main() with the same catalog, to
  // repeat trials in a second process; null: none are. Main() knows by itself.
  const SecondProcessOptions* second_process = nullptr;
};

int Main(int argc, const char* const* argv, const Catalog& catalog,
         const ProgramOptions& options = {});

// As above, with the arguments after the program's name, on `console`.
int RunCommandLine(const std::vector<std::string>& args, const Catalog& catalog,
                   Console& console, const ProgramOptions& options = {});

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_MAIN_H_
