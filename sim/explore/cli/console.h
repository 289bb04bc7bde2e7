// Console: where a command writes, and what may be done there.

#ifndef REPRISE_SIM_EXPLORE_CLI_CONSOLE_H_
#define REPRISE_SIM_EXPLORE_CLI_CONSOLE_H_

#include <ostream>

namespace reprise::cli {

struct Console {
  std::ostream& out;  // Results.
  std::ostream& err;  // Progress and errors.
  // `err` is a terminal: progress is one line that moves.
  bool has_live_progress = false;
  // `out` is a terminal that shows colours.
  bool use_colour = false;
};

// Standard output and error of this process. Colours only on a terminal and
// where the environment has no NO_COLOR.
Console ProcessConsole();

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_CONSOLE_H_
