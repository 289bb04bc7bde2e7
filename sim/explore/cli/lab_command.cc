// The command `lab`: the lab's tests, one seed each, in the lab's own format.

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/report/json_report.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise::cli {
namespace {

// "  ... Passed --  t  3.0 nrpc 31135 ops 31135"; where a test bounds memory,
// also what the server held and the limit.
std::string DescribeTest(const CommandCall& call, const Scenario& scenario,
                         const TrialResult& result) {
  if (result.verdict.kind == VerdictKind::kHolds) {
    const double seconds =
        static_cast<double>(result.virtual_time.nanoseconds()) / 1e9;
    const std::string memory =
        result.limit_bytes == 0
            ? ""
            : absl::StrFormat(" held %d limit %d", result.held_bytes,
                              result.limit_bytes);
    return absl::StrFormat("  ... Passed --  t %4.1f nrpc %5d ops %4d%s\n",
                           seconds, result.network.calls, result.operations,
                           memory);
  }
  return absl::StrFormat(
      "  ... %s\n%s",
      result.verdict.kind == VerdictKind::kViolated ? "FAILED" : "UNDECIDED",
      DescribeFailure({.scenario = scenario, .program = call.catalog.program},
                      result, call.console.use_colour));
}

int RunLab(const CommandCall& call) {
  uint64_t seed = 0;
  if (call.arguments.Has("seed")) {
    const absl::StatusOr<uint64_t> given =
        ParseNumber("seed", call.arguments.Value("seed"), 0,
                    std::numeric_limits<uint64_t>::max());
    if (!given.ok()) return RefuseCall(call, given.status());
    seed = *given;
  }
  const bool as_json = call.arguments.Has("json");
  const InterruptGuard interrupt;
  std::vector<LabTest> tests;
  TrialArena arena;
  uint64_t violated = 0;
  uint64_t undecided = 0;
  for (const Scenario& scenario : call.catalog.scenarios) {
    if (scenario.lab_title.empty()) continue;
    if (InterruptGuard::WasInterrupted()) break;
    if (!as_json) {
      call.console.out << "Test: " << scenario.lab_title << " ...\n"
                       << std::flush;
    }
    TrialResult result = RunTrial(scenario, {.seed = Seed(seed)}, arena);
    violated += result.verdict.kind == VerdictKind::kViolated ? 1 : 0;
    undecided += result.verdict.kind == VerdictKind::kUndecided ? 1 : 0;
    if (!as_json) {
      call.console.out << DescribeTest(call, scenario, result) << std::flush;
    }
    tests.push_back({scenario.name, scenario.lab_title, std::move(result)});
  }
  if (as_json) call.console.out << LabJson(tests);
  if (InterruptGuard::WasInterrupted()) return kExitInterrupted;
  return ExitStatusOf(violated, undecided);
}

}  // namespace

Command LabCommand() {
  return {
      .spec = {.name = "lab",
               .about = "run the lab's tests, one seed each",
               .flags = {{.name = "seed",
                          .value_name = "N",
                          .about = "the seed of every test; by default 0"},
                         {.name = "json", .about = "print one JSON object"}}},
      .run = RunLab};
}

}  // namespace reprise::cli
