// Command: one command of the command line. Each lives in a file of its own;
// a program puts them together and may add its own.
//
//   Command hello{.spec = {.name = "hello", .about = "greets"},
//                 .run = [](const CommandCall& call) {
//                   call.console.out << "hello\n";
//                   return kExitHolds;
//                 }};

#ifndef REPRISE_SIM_EXPLORE_CLI_COMMAND_H_
#define REPRISE_SIM_EXPLORE_CLI_COMMAND_H_

#include <functional>

#include "absl/status/status.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise::cli {

struct CommandCall {
  const Arguments& arguments;
  const Catalog& catalog;
  Console& console;
  // How this program is started a second time; null: it cannot be.
  const SecondProcessOptions* second_process = nullptr;
};

struct Command {
  CommandSpec spec;
  // Returns an exit status.
  std::function<int(const CommandCall& call)> run;
};

Command SweepCommand();
Command ReplayCommand();
Command ShrinkCommand();
Command BranchCommand();
Command LabCommand();
Command ListCommand();
Command CheckCommand();

// `replay FILE --fixed`; returns the exit status.
int RunFixedReplay(const CommandCall& call);

// Prints `status` as the reason why the call cannot be served; returns
// kExitUsage.
int RefuseCall(const CommandCall& call, const absl::Status& status);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_COMMAND_H_
