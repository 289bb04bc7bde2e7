#include "reprise/sim/explore/cli/main.h"

#include <csignal>
#include <ios>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/version.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/echo.h"

namespace reprise::cli {
namespace {

int Refuse(const Catalog& catalog, Console& console,
           const absl::Status& status) {
  console.err << catalog.program << ": "
              << Clipped(std::string(status.message())) << "\n";
  return kExitUsage;
}

int RunCommand(const std::vector<std::string>& args, const Catalog& catalog,
               Console& console, const ProgramOptions& options) {
  std::vector<Command> commands = {
      SweepCommand(), ReplayCommand(), ShrinkCommand(), BranchCommand(),
      LabCommand(),   ListCommand(),   CheckCommand()};
  commands.insert(commands.end(), options.more.begin(), options.more.end());
  std::vector<CommandSpec> specs;
  for (const Command& command : commands) specs.push_back(command.spec);

  const absl::StatusOr<Arguments> arguments =
      ParseArguments(catalog.program, specs, args);
  if (!arguments.ok()) return Refuse(catalog, console, arguments.status());
  if (!arguments->help().empty()) {
    console.out << arguments->help();
    return kExitHolds;
  }
  if (arguments->asks_for_version()) {
    console.out << DescribeVersion(options.commit);
    return kExitHolds;
  }
  const absl::Status status = CheckCatalog(catalog);
  if (!status.ok()) return Refuse(catalog, console, status);
  for (const Command& command : commands) {
    if (command.spec.name != arguments->command()) continue;
    return command.run({*arguments, catalog, console, options.second_process});
  }
  return kExitUsage;
}

}  // namespace

int Main(int argc, const char* const* argv, const Catalog& catalog,
         const ProgramOptions& options) {
  OpenStandardStreams();
  // A pager that closes ends the program quietly, whoever started it.
  std::signal(SIGPIPE, SIG_DFL);
  const SecondProcessOptions second_process;
  if (ServeTrials({.place = second_process.place,
                   .scenarios = catalog.scenarios,
                   .text = catalog.text})) {
    return kExitHolds;
  }
  std::ios::sync_with_stdio(false);
  Console console = ProcessConsole();
  const absl::Status status = EnterWorkingDirectory();
  if (!status.ok()) return Refuse(catalog, console, status);
  ProgramOptions all = options;
  all.second_process = &second_process;
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return RunCommandLine(args, catalog, console, all);
}

int RunCommandLine(const std::vector<std::string>& args, const Catalog& catalog,
                   Console& console, const ProgramOptions& options) {
  const int exit_status = RunCommand(args, catalog, console, options);
  const absl::Status written = FlushResults(console);
  return written.ok() ? exit_status : Refuse(catalog, console, written);
}

}  // namespace reprise::cli
