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
// usage or bad input; 3 undecided; 130 interrupted.

#ifndef REPRISE_SIM_EXPLORE_CLI_MAIN_H_
#define REPRISE_SIM_EXPLORE_CLI_MAIN_H_

#include <string>
#include <vector>

#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise::cli {

// sweep, replay, lab, list and check, then `more`.
int Main(int argc, const char* const* argv, const Catalog& catalog,
         const std::vector<Command>& more = {});

// As above, with the arguments behind the program's name, on `console`. Trials
// are repeated in a second process where `second_process` says how to start one
// that comes to Main() with the same catalog.
int RunCommandLine(const std::vector<std::string>& args, const Catalog& catalog,
                   Console& console, const std::vector<Command>& more = {},
                   const SecondProcessOptions* second_process = nullptr);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_MAIN_H_
