#include "reprise/sim/explore/cli/command.h"

#include <string>

#include "absl/status/status.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/trial/echo.h"

namespace reprise::cli {

int RefuseCall(const CommandCall& call, const absl::Status& status) {
  call.console.err << call.catalog.program << " " << call.arguments.command()
                   << ": " << Clipped(std::string(status.message())) << "\n";
  return kExitUsage;
}

}  // namespace reprise::cli
