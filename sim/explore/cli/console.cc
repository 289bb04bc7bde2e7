// tidy: allow-file(environment) TERM and NO_COLOR say what a terminal shows.

#include "reprise/sim/explore/cli/console.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace reprise::cli {
namespace {

bool IsTerminal(int descriptor) {
  const char* kind = std::getenv("TERM");
  return isatty(descriptor) != 0 && kind != nullptr &&
         std::string_view(kind) != "dumb";
}

}  // namespace

Console ProcessConsole() {
  return {.out = std::cout,
          .err = std::cerr,
          .has_live_progress = IsTerminal(STDERR_FILENO),
          .use_colour =
              IsTerminal(STDOUT_FILENO) && std::getenv("NO_COLOR") == nullptr};
}

}  // namespace reprise::cli
