// tools/kv with a planted bug, to see that tests with real processes find it:
//
//   buggy_kv_main --bug=NAME COMMAND ...
//
// The flag comes first. A bug of the server's matters to `serve`, one of the
// clerk's to `load`, none to the commands of an operator.

#include <cstdio>
#include <optional>
#include <string_view>

#include "tests/real/real_bugs.h"
#include "tests/scenarios/bugs/bug.h"
#include "tools/kv_program/common_flags.h"
#include "tools/kv_program/kv_program.h"

namespace {

constexpr std::string_view kFlag = "--bug=";

}  // namespace

int main(int argc, char** argv) {
  const std::string_view flag = argc > 1 ? argv[1] : "";
  const std::optional<reprise::Bug> bug =
      flag.starts_with(kFlag) ? reprise::FindRealBug(flag.substr(kFlag.size()))
                              : std::nullopt;
  if (!bug) {
    std::fprintf(stderr,
                 "buggy_kv_main: expected --bug=NAME of a planted bug and then "
                 "a command; got %s\n",
                 argc > 1 ? argv[1] : "nothing");
    return reprise::kv::kExitUsage;
  }
  return reprise::kv::RunKvProgram(
      argc - 1, argv + 1,
      {.servers = {.server = bug->server,
                   .durable_server = bug->durable_server,
                   .replica = bug->replica,
                   .replica_env = bug->replica_env},
       .clerk_env = bug->clerk_env});
}
