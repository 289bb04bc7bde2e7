// The command `sweep`: many trials, in several processes.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/shrink_flags.h"
#include "reprise/sim/explore/cli/sweep_printer.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/isolation/death.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/report/json_report.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/replay_file.h"

namespace reprise::cli {
namespace {

constexpr char kCheckDeterminism[] = "check-determinism";
constexpr char kRequireReached[] = "require-reached";
// Of each class, so that a sweep ends.
constexpr double kUsualShrinkSeconds = 30;

absl::StatusOr<std::vector<PlannedSweep>> PlanSweeps(
    const CommandCall& call, const TrialSelection& selection) {
  SeedRange seeds;
  if (call.arguments.Has("seeds")) {
    absl::StatusOr<SeedRange> given = ParseSeeds(call.arguments.Value("seeds"));
    if (!given.ok()) return given.status();
    seeds = *given;
  }
  std::vector<PlannedSweep> sweeps;
  for (const Scenario& scenario : call.catalog.scenarios) {
    const bool is_named = &scenario == selection.scenario;
    const bool is_usual =
        selection.scenario == nullptr && scenario.sweep_seeds > 0;
    if (!is_named && !is_usual) continue;
    const SeedRange usual{.first = 0,
                          .count = std::max<uint64_t>(1, scenario.sweep_seeds)};
    sweeps.push_back({&scenario, seeds.count > 0 ? seeds : usual});
  }
  return sweeps;
}

absl::Status ReadNumbers(const Arguments& arguments, SweepPlan& plan) {
  const absl::StatusOr<int> jobs = ParseJobs(arguments);
  if (!jobs.ok()) return jobs.status();
  plan.jobs = *jobs;
  if (arguments.Has("max-failures")) {
    const absl::StatusOr<uint64_t> failures =
        ParseNumber("max-failures", arguments.Value("max-failures"), 1,
                    std::numeric_limits<uint64_t>::max());
    if (!failures.ok()) return failures.status();
    plan.max_failures = *failures;
  }
  if (arguments.Has(kCheckDeterminism)) {
    const absl::StatusOr<uint64_t> percent = ParseNumber(
        kCheckDeterminism, arguments.Value(kCheckDeterminism), 0, 100);
    if (!percent.ok()) return percent.status();
    plan.repeated_percent = static_cast<int>(*percent);
  }
  return absl::OkStatus();
}

std::string LongestFileName(const SweepPlan& plan) {
  std::string longest;
  for (const PlannedSweep& sweep : plan.sweeps) {
    std::string name = ReplayFileName(sweep.scenario->name, plan.trial,
                                      Seed(sweep.seeds.last()));
    if (name.size() > longest.size()) longest = std::move(name);
  }
  return longest;
}

absl::StatusOr<SweepPlan> MakePlan(const CommandCall& call) {
  const absl::StatusOr<TrialSelection> selection =
      SelectTrials(call.arguments, call.catalog);
  if (!selection.ok()) return selection.status();
  SweepPlan plan;
  absl::StatusOr<std::vector<PlannedSweep>> sweeps =
      PlanSweeps(call, *selection);
  if (!sweeps.ok()) return sweeps.status();
  plan.sweeps = *std::move(sweeps);
  plan.trial.bug = selection->bug;
  plan.trial.options = selection->options;
  plan.as_json = call.arguments.Has("json");
  plan.in_process = call.arguments.Has("in-process");
  plan.folder = call.arguments.ValueOr("out", "out");
  absl::Status status = ReadNumbers(call.arguments, plan);
  const absl::StatusOr<ShrinkOptions> shrink =
      ReadShrinkFlags(call.arguments, {.seconds = kUsualShrinkSeconds});
  if (!shrink.ok()) return shrink.status();
  plan.shrink = *shrink;
  if (status.ok()) status = ReadBudgets(call.arguments, plan.trial);
  const absl::StatusOr<WatchOptions> watch = ParseWatch(call.arguments);
  if (!watch.ok()) return watch.status();
  plan.watch = *watch;
  for (const PlannedSweep& sweep : plan.sweeps) {
    if (!status.ok()) return status;
    TrialOptions trial = plan.trial;
    trial.seed = Seed(sweep.seeds.first);
    status = CheckOptionNames(
        *sweep.scenario, trial,
        {.watch = plan.watch, .should_stop = InterruptGuard::WasInterrupted});
  }
  if (!status.ok()) return status;
  plan.folder_status = ProbeFolder(plan.folder, LongestFileName(plan));
  // A folder that was asked for must work before hours are spent.
  if (call.arguments.Has("out")) {
    if (!plan.folder_status.ok()) return plan.folder_status;
    status = MakeFolder(plan.folder);
    if (!status.ok()) return status;
  }
  return plan;
}

// Afterwards `folder_status` is why failures were not saved.
SweepReport RunPlan(const CommandCall& call, const SweepPlan& plan,
                    Determinism* determinism, absl::Status& folder_status) {
  const Stopwatch stopwatch;
  SweepReport report{.jobs = plan.jobs,
                     .requires_reached = call.arguments.Has(kRequireReached)};
  std::vector<ScenarioSweep>& done = report.scenarios;
  bool is_refused = false;
  folder_status = plan.folder_status;
  if (!folder_status.ok()) SayThatNothingIsSaved(call.console, folder_status);
  uint64_t failures_left = plan.max_failures;
  for (const PlannedSweep& sweep : plan.sweeps) {
    const bool has_enough = plan.max_failures > 0 && failures_left == 0;
    if (has_enough || is_refused || InterruptGuard::WasInterrupted()) {
      // Not run, and not to be taken for held.
      done.push_back({.scenario = sweep.scenario->name,
                      .marks = sweep.scenario->marks,
                      .seeds_planned = sweep.seeds.count});
      continue;
    }
    SweepPrinter printer(call.catalog, call.console, plan, sweep, determinism,
                         folder_status);
    done.push_back(printer.Run(failures_left));
    failures_left -=
        std::min(failures_left, done.back().result.totals.violated);
    is_refused = done.back().result.refusal.has_value();
  }
  report.seconds = stopwatch.Seconds();
  return report;
}

// As many as have something to repeat at the same time.
int RepeatingProcesses(const SweepPlan& plan) {
  if (plan.in_process) return 1;
  uint64_t most = 1;
  for (const PlannedSweep& sweep : plan.sweeps) {
    most = std::max(most, sweep.seeds.count / 100 *
                              static_cast<uint64_t>(plan.repeated_percent));
  }
  return static_cast<int>(
      std::min(most, static_cast<uint64_t>(std::max(plan.jobs, 1))));
}

// Null where no trial is repeated. An error only where the user asked for it:
// otherwise it is said and the sweep goes on without.
absl::StatusOr<std::unique_ptr<Determinism>> StartDeterminism(
    const CommandCall& call, const SweepPlan& plan) {
  const bool is_asked_for = call.arguments.Has(kCheckDeterminism);
  if (plan.repeated_percent == 0) return nullptr;
  if (call.second_process == nullptr && !is_asked_for) return nullptr;
  absl::StatusOr<std::unique_ptr<Determinism>> determinism = Determinism::Start(
      call.second_process, {.percent = plan.repeated_percent,
                            .processes = RepeatingProcesses(plan),
                            .text = call.catalog.text});
  if (determinism.ok() || is_asked_for) return determinism;
  call.console.err << "no trial is repeated, to check determinism: "
                   << determinism.status().message() << "\n";
  return nullptr;
}

void PrintReport(const CommandCall& call, const SweepReport& report) {
  call.console.out << (call.arguments.Has("json") ? SweepJson(report)
                                                  : DescribeSweep(report));
}

absl::Status Refusal(const SweepReport& report) {
  for (const ScenarioSweep& swept : report.scenarios) {
    if (swept.result.refusal) return RefusalError(*swept.result.refusal);
  }
  return absl::OkStatus();
}

int RunSweep(const CommandCall& call) {
  const InterruptGuard interrupt;
  const absl::StatusOr<SweepPlan> plan = MakePlan(call);
  if (!plan.ok() && !InterruptGuard::WasInterrupted()) {
    return RefuseCall(call, plan.status());
  }
  absl::StatusOr<std::unique_ptr<Determinism>> determinism = nullptr;
  // To start a program a second time takes as long as its main() does.
  const WorkEnd end = RunInterruptibly([&] {
    if (plan.ok()) determinism = StartDeterminism(call, *plan);
  });
  if (!plan.ok() || end == WorkEnd::kLeftRunning) {
    PrintReport(call, {});
    LeaveAtOnce(call.console, kExitInterrupted);
  }
  if (!determinism.ok()) return RefuseCall(call, determinism.status());
  absl::Status folder_status;
  const SweepReport report =
      RunPlan(call, *plan, determinism->get(), folder_status);
  PrintReport(call, report);
  const absl::Status refusal = Refusal(report);
  if (!refusal.ok()) return RefuseCall(call, refusal);
  if (InterruptGuard::WasInterrupted()) return kExitInterrupted;
  // It was said when it was found out.
  if (call.arguments.Has("out") && !folder_status.ok()) return kExitUsage;
  const SweepTotals totals = report.Totals();
  const bool is_violated = totals.violated > 0 || report.HasGap();
  return ExitStatusOf(is_violated, totals.undecided);
}

}  // namespace

Command SweepCommand() {
  return {
      .spec = {.name = "sweep",
               .about = "run many seeds, in several processes",
               .flags = {ScenarioFlag(),
                         {.name = "seeds",
                          .value_name = "COUNT|FROM..TO",
                          .about = "0..COUNT-1, or FROM to TO, both included"},
                         JobsFlag(),
                         {.name = "out",
                          .value_name = "DIR",
                          .about = "folder for replay files of failures; by "
                                   "default out"},
                         {.name = "max-failures",
                          .value_name = "N",
                          .about = "end with the Nth violation"},
                         {.name = kCheckDeterminism,
                          .value_name = "PERCENT",
                          .about = "run so many of a hundred seeds a second "
                                   "time, in another process; by default 5, "
                                   "without a number all",
                          .bare_value = "100"},
                         ShrinkFlag(),
                         ShrinkSecondsFlag(),
                         {.name = kRequireReached,
                          .about = "fail where a mark was never reached"},
                         BugFlag(),
                         OptionFlag(),
                         MaxStepsFlag(),
                         MaxTimeFlag(),
                         WatchdogFlag(),
                         {.name = "in-process",
                          .about = "run the trials in this process, for a "
                                   "debugger; a crash ends it"},
                         {.name = "json", .about = "print one JSON object"}}},
      .run = RunSweep};
}

}  // namespace reprise::cli
