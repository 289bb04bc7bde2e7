#include "sim/explore/command.h"

#include "absl/status/status.h"
#include "sim/explore/exit_status.h"

namespace reprise {

int RefuseCall(const CommandCall& call, const absl::Status& status) {
  call.console.err << call.catalog.program << " " << call.arguments.command()
                   << ": " << status.message() << "\n";
  return kExitUsage;
}

}  // namespace reprise
