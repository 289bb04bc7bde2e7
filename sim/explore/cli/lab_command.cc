// The command `lab`: the lab's tests, one seed each, in the lab's own format.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/isolation/death.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
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

// Runs the tests one by one, each in a process of its own, and prints each as
// it ends.
class LabRun {
 public:
  LabRun(const CommandCall& call, Seed seed)
      : call_(call), seed_(seed), as_json_(call.arguments.Has("json")) {}

  // Returns the exit status.
  int Run() {
    absl::Status refusal;
    for (const Scenario& scenario : call_.catalog.scenarios) {
      if (scenario.lab_title.empty()) continue;
      refusal = RunTest(scenario);
      if (!refusal.ok()) break;
    }
    if (as_json_) call_.console.out << LabJson(tests_);
    if (InterruptGuard::WasInterrupted()) return kExitInterrupted;
    if (!refusal.ok()) return RefuseCall(call_, refusal);
    return ExitStatusOf(Count(VerdictKind::kViolated),
                        Count(VerdictKind::kUndecided));
  }

 private:
  absl::Status RunTest(const Scenario& scenario) {
    Print(absl::StrCat("Test: ", scenario.lab_title, " ...\n"));
    const std::optional<IsolatedTrial> trial = RunIsolated(
        scenario, {.seed = seed_},
        {.should_stop = InterruptGuard::WasInterrupted,
         .run = [&](const TrialOptions& options, const Teller&) {
           return RecordedTrial{.result = RunTrial(scenario, options)};
         }});
    if (!trial) return absl::CancelledError("interrupted");
    if (trial->is_refusal) return RefusalError(trial->printed);
    call_.console.err << (trial->has_died ? "" : trial->printed);
    Print(DescribeTest(call_, scenario, trial->recorded.result));
    tests_.push_back(
        {scenario.name, scenario.lab_title, trial->recorded.result});
    return absl::OkStatus();
  }

  void Print(const std::string& text) {
    if (!as_json_) call_.console.out << text << std::flush;
  }

  uint64_t Count(VerdictKind kind) const {
    return static_cast<uint64_t>(std::count_if(
        tests_.begin(), tests_.end(),
        [&](const LabTest& test) { return test.result.verdict.kind == kind; }));
  }

  const CommandCall& call_;
  const Seed seed_;
  const bool as_json_;
  std::vector<LabTest> tests_;
};

int RunLab(const CommandCall& call) {
  uint64_t seed = 0;
  if (call.arguments.Has("seed")) {
    const absl::StatusOr<uint64_t> given =
        ParseNumber("seed", call.arguments.Value("seed"), 0,
                    std::numeric_limits<uint64_t>::max());
    if (!given.ok()) return RefuseCall(call, given.status());
    seed = *given;
  }
  const InterruptGuard interrupt;
  return LabRun(call, Seed(seed)).Run();
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
