// Console: where a command writes, and what may be done there.

#ifndef REPRISE_SIM_EXPLORE_CLI_CONSOLE_H_
#define REPRISE_SIM_EXPLORE_CLI_CONSOLE_H_

#include <functional>
#include <ostream>

#include "absl/status/status.h"

namespace reprise::cli {

struct Console {
  std::ostream& out;  // Results.
  std::ostream& err;  // Progress and errors.
  // `err` is a terminal: progress is one line that moves.
  bool has_live_progress = false;
  // `out` is a terminal that shows colours.
  bool use_colour = false;
  // How many columns the terminal `err` has now; 0, or empty: not known.
  std::function<int()> columns = {};
};

// Standard output and error of this process. Colours only on a terminal and
// where the environment has no NO_COLOR.
Console ProcessConsole();

// Whether all that was written to `console.out` has arrived; else why not.
absl::Status FlushResults(Console& console);

// Opens those of the standard streams that are closed, in such a way that
// writing to them still fails. Otherwise a file or a connection that is opened
// later would take their place, and the results. To be called first.
void OpenStandardStreams();

// Goes to the folder that the user called `bazel run` from, where the files
// that the user names, and those that the program makes, belong: `bazel run`
// starts a program among its runfiles. Does nothing where `bazel run` did not
// start this program.
absl::Status EnterWorkingDirectory();

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_CONSOLE_H_
