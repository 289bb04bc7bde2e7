#include "reprise/sim/explore/cli/main.h"

#include <ios>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/repeat/determinism.h"

namespace reprise::cli {

int Main(int argc, const char* const* argv, const Catalog& catalog,
         const std::vector<Command>& more) {
  const SecondProcessOptions second_process;
  if (ServeTrials({.place = second_process.place,
                   .scenarios = catalog.scenarios,
                   .text = catalog.text})) {
    return kExitHolds;
  }
  std::ios::sync_with_stdio(false);
  Console console = ProcessConsole();
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return RunCommandLine(args, catalog, console, more, &second_process);
}

int RunCommandLine(const std::vector<std::string>& args, const Catalog& catalog,
                   Console& console, const std::vector<Command>& more,
                   const SecondProcessOptions* second_process) {
  std::vector<Command> commands = {SweepCommand(), ReplayCommand(),
                                   LabCommand(), ListCommand(), CheckCommand()};
  commands.insert(commands.end(), more.begin(), more.end());
  std::vector<CommandSpec> specs;
  for (const Command& command : commands) specs.push_back(command.spec);

  const absl::StatusOr<Arguments> arguments =
      ParseArguments(catalog.program, specs, args);
  if (!arguments.ok()) {
    console.err << catalog.program << ": " << arguments.status().message()
                << "\n";
    return kExitUsage;
  }
  if (!arguments->help().empty()) {
    console.out << arguments->help();
    return kExitHolds;
  }
  int status = kExitUsage;
  for (const Command& command : commands) {
    if (command.spec.name != arguments->command()) continue;
    status = command.run({*arguments, catalog, console, second_process});
  }
  if (!console.out.flush()) {
    console.err << catalog.program << ": the results could not be written.\n";
    return kExitUsage;
  }
  return status;
}

}  // namespace reprise::cli
