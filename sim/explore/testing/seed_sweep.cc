#include "reprise/sim/explore/testing/seed_sweep.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest-spi.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/shrink_report.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/explore/report/reached_marks.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {
namespace {

void RecordProperties(const SweepResult& result, uint64_t planned,
                      double seconds, const char* failure_name) {
  const uint64_t seeds = result.totals.seeds;
  testing::Test::RecordProperty("seeds", absl::StrCat(seeds));
  testing::Test::RecordProperty("seeds_planned", absl::StrCat(planned));
  if (seconds > 0) {
    testing::Test::RecordProperty(
        "seeds_per_second",
        WithThreeFigures(static_cast<double>(seeds) / seconds));
  }
  if (!result.violated.empty()) {
    testing::Test::RecordProperty(
        failure_name, absl::StrCat(result.violated[0].seed.value()));
  }
}

// Leaves a replay file for people; says where, or why not.
std::string Save(const std::string& scenario, const SeedSweepOptions& options,
                 const TestEnvironment& environment,
                 const RecordedTrial& trial) {
  if (environment.outputs_folder.empty()) return "";
  const std::string name =
      ReplayFileName(scenario, options.trial, trial.result.seed);
  const absl::Status status =
      WriteReplayFile(absl::StrCat(environment.outputs_folder, "/", name),
                      ToReplayFile(scenario, options.trial.bug, trial));
  if (!status.ok()) return absl::StrCat("  ", status.message(), "\n");
  return absl::StrCat("  saved:   ", name,
                      " among the test's undeclared outputs\n");
}

// Shrinks the first violation; says what is left of it, or why nothing is.
std::string DescribeSmallest(const Scenario& scenario,
                             const SeedSweepOptions& options,
                             const TestEnvironment& environment, double seconds,
                             Determinism* determinism,
                             const TrialResult& violation) {
  const Catalog catalog{.scenarios = {scenario},
                        .bugs = {{.name = options.trial.bug}},
                        .program = options.program,
                        .text = options.text};
  const ReplayFile file{
      .scenario = scenario.name,
      .bug = options.trial.bug,
      .timeline = {.seed = violation.seed, .options = options.trial.options}};
  cli::ShrinkFiles files;
  if (!environment.outputs_folder.empty()) {
    files = cli::FilesBeside(absl::StrCat(
        environment.outputs_folder, "/",
        ReplayFileName(scenario.name, options.trial, violation.seed)));
  }
  std::ostringstream unheard;
  cli::Console console{.out = unheard, .err = unheard};
  const absl::StatusOr<cli::ShrunkFailure> failure =
      cli::ShrinkAndShow(catalog, console, file, files,
                         {.seconds = seconds,
                          .jobs = options.jobs,
                          .watch = options.watch,
                          .determinism = determinism});
  if (!failure.ok()) {
    return absl::StrCat("not shrunk: ", failure.status().message(), "\n");
  }
  return absl::StrCat("\nThe same, shrunk:\n",
                      cli::DescribeShrunk(catalog, console, file, *failure));
}

// Adds what the seeds of other shards reach, as far as something is missed.
void AddOtherShards(const Scenario& scenario, SweepOptions sweep,
                    const SeedRange& all, MarkCounts& marks) {
  constexpr uint64_t kSeedsAtATime = 200;
  sweep.determinism = nullptr;
  sweep.on_failure = nullptr;
  sweep.max_failures = 0;
  uint64_t done = sweep.seeds.count;
  while (done < all.count && !sweep.should_stop() &&
         !FindReachedMarks({scenario.marks}, marks).not_reached.empty()) {
    sweep.seeds = {.first = all.first + done,
                   .count = std::min(kSeedsAtATime, all.count - done)};
    AddMarks(Sweep(scenario, sweep).marks, marks);
    done += sweep.seeds.count;
  }
}

// What must be said of marks that no seed of `all` reaches. Requires that the
// first of them, which are this shard's, hold.
std::string JudgeReached(const Scenario& scenario, const SweepOptions& sweep,
                         const SeedRange& all, MarkCounts marks) {
  AddOtherShards(scenario, sweep, all, marks);
  if (sweep.should_stop()) return "";
  const ReachedMarks reached = FindReachedMarks({scenario.marks}, marks);
  if (reached.not_reached.empty()) return "";
  return absl::StrCat(scenario.name, " · VIOLATED: ", ToAbsl(kReachedProperty),
                      "\n  ", DescribeGap(reached, all.count), "\n");
}

// GoogleTest's assertions in a trial, which runs in a process of its own, would
// be lost there: a failed one violates the property "assertion".
Scenario WithAssertions(const Scenario& scenario) {
  Scenario asserting = scenario;
  asserting.run = [run = scenario.run](Trial& trial) {
    testing::TestPartResultArray results;
    {
      const testing::ScopedFakeTestPartResultReporter reporter(
          testing::ScopedFakeTestPartResultReporter::
              INTERCEPT_ONLY_CURRENT_THREAD,
          &results);
      run(trial);
    }
    for (int i = 0; i < results.size(); ++i) {
      const testing::TestPartResult& result = results.GetTestPartResult(i);
      if (!result.failed()) continue;
      const char* file = result.file_name();
      trial.Violate("assertion",
                    absl::StrCat(file != nullptr ? file : "somewhere", ":",
                                 result.line_number(), ": ", result.message()));
    }
  };
  return asserting;
}

// Brings a second process to the test that is running.
std::string OnlyThisTest() {
  const testing::TestInfo& test =
      *testing::UnitTest::GetInstance()->current_test_info();
  return absl::StrCat("--gtest_filter=", test.test_suite_name(), ".",
                      test.name());
}

std::string DescribeUndecided(const TrialOrigin& origin,
                              const SweepResult& result) {
  if (result.undecided.empty()) return "";
  return absl::StrCat(Count(result.undecided.size(), "undecided seed"),
                      ", which is no pass; the first:\n",
                      DescribeFailure(origin, result.undecided.front()));
}

std::string DescribeLeftOver(const SweepResult& result, uint64_t planned) {
  if (!result.was_stopped) return "";
  if (!result.violated.empty()) {
    return absl::StrCat("ended at the first violation: ran ",
                        WithThousands(result.totals.seeds), " of ",
                        Count(planned, "planned seed"), "\n");
  }
  return absl::StrCat("out of time: ran ", WithThousands(result.totals.seeds),
                      " of ", Count(planned, "planned seed"), "; the other ",
                      WithThousands(planned - result.totals.seeds),
                      " are not known to hold\n");
}

// Those of all shards.
SeedRange AllSeedsOfTest(uint64_t seeds, const TestEnvironment& environment) {
  constexpr uint64_t kSeedsToShare = 100;
  if (environment.seeds) return *environment.seeds;
  const uint64_t percent = seeds < kSeedsToShare ? 100 : environment.percent;
  return {.first = (environment.run_number - 1) * seeds,
          .count = seeds * percent / 100};
}

}  // namespace

SeedRange SeedsOfTest(uint64_t seeds, const TestEnvironment& environment) {
  return PartOf(AllSeedsOfTest(seeds, environment), environment.shard_index,
                environment.shard_total);
}

SeedSweepFindings SweepSeeds(const Scenario& scenario,
                             const SeedSweepOptions& options,
                             const TestEnvironment& environment,
                             Determinism* determinism) {
  const Stopwatch stopwatch;
  const SeedRange seeds = SeedsOfTest(options.seeds, environment);
  const TrialOrigin origin{
      .scenario = scenario,
      .program = options.program,
      .bug = options.trial.bug,
      .options = options.trial.options,
      .flags = LimitFlags(scenario, options.trial, options.watch)};
  SeedSweepFindings findings{.seeds_planned = seeds.count};
  SweepOptions sweep{.seeds = seeds,
                     .jobs = options.jobs,
                     .in_process = options.in_process,
                     .watch = options.watch,
                     .max_failures = 1,
                     .trial = options.trial,
                     .schedules_max = 1,
                     .determinism = determinism};
  sweep.should_stop = [&] {
    return environment.seconds_left &&
           stopwatch.Seconds() > *environment.seconds_left;
  };
  sweep.on_failure = [&](const RecordedTrial& trial) {
    findings.failure =
        absl::StrCat(DescribeFailure(origin, trial.result),
                     Save(scenario.name, options, environment, trial));
  };
  const Scenario asserting = WithAssertions(scenario);
  findings.result = Sweep(asserting, sweep);
  findings.seconds = stopwatch.Seconds();
  double shrink_seconds = options.in_process ? 0 : options.shrink_seconds;
  if (environment.seconds_left) {
    shrink_seconds = std::min(
        shrink_seconds, (*environment.seconds_left - findings.seconds) / 2);
  }
  if (!findings.result.violated.empty() && shrink_seconds > 0) {
    absl::StrAppend(
        &findings.failure,
        DescribeSmallest(asserting, options, environment, shrink_seconds,
                         determinism, findings.result.violated.front()));
  }
  const bool is_whole = findings.result.totals.passed == seeds.count;
  const bool has_own_seeds = !environment.seeds && environment.percent == 100;
  if (options.requires_reached && is_whole && has_own_seeds &&
      environment.shard_index == 0) {
    findings.failure = JudgeReached(asserting, sweep,
                                    AllSeedsOfTest(options.seeds, environment),
                                    findings.result.marks);
  }
  absl::StrAppend(&findings.failure, DescribeUndecided(origin, findings.result),
                  findings.result.refusal
                      ? *findings.result.refusal
                      : DescribeLeftOver(findings.result, seeds.count));
  return findings;
}

testing::AssertionResult HoldsForSeeds(const Scenario& scenario,
                                       const SeedSweepOptions& options) {
  const SecondProcessOptions process{
      .place = absl::StrCat(scenario.name, " ", options.trial.bug),
      .more_arguments = {OnlyThisTest()}};
  if (IsSecondProcess()) {
    // The test's own end is not for this process.
    if (ServeTrials({process.place,
                     {WithAssertions(scenario)},
                     options.trial,
                     options.text})) {
      std::_Exit(0);
    }
    return testing::AssertionSuccess();
  }
  std::unique_ptr<Determinism> determinism;
  if (options.repeated_percent > 0) {
    absl::StatusOr<std::unique_ptr<Determinism>> started = Determinism::Start(
        &process, {.percent = options.repeated_percent, .text = options.text});
    if (!started.ok()) {
      return testing::AssertionFailure() << started.status().message();
    }
    determinism = *std::move(started);
  }
  const absl::StatusOr<TestEnvironment> environment = ReadTestEnvironment();
  if (!environment.ok()) {
    return testing::AssertionFailure() << environment.status().message();
  }
  const absl::Status known =
      CheckOptionNames(scenario, options.trial, {.watch = options.watch});
  if (!known.ok()) return testing::AssertionFailure() << known.message();
  const SeedSweepFindings findings =
      SweepSeeds(scenario, options, *environment, determinism.get());
  RecordProperties(findings.result, findings.seeds_planned, findings.seconds,
                   "failing_seed");
  if (findings.failure.empty()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "\n" << findings.failure;
}

testing::AssertionResult FindsBug(const Catalog& catalog, const PlantedBug& bug,
                                  SeedSweepOptions options) {
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(catalog, bug.scenario);
  if (!scenario.ok()) {
    return testing::AssertionFailure() << scenario.status().message();
  }
  absl::StatusOr<TestEnvironment> environment = ReadTestEnvironment();
  if (!environment.ok()) {
    return testing::AssertionFailure() << environment.status().message();
  }
  if (environment->shard_index > 0) return testing::AssertionSuccess();
  environment->shard_total = 1;
  environment->percent = 100;  // It needs those that it was given to find it.
  const absl::Status known =
      CheckOptionNames(**scenario, options.trial, {.watch = options.watch});
  if (!known.ok()) return testing::AssertionFailure() << known.message();

  const Stopwatch stopwatch;
  std::atomic<bool> is_found = false;
  std::string others;
  SweepOptions sweep{.seeds = SeedsOfTest(options.seeds, *environment),
                     .jobs = options.jobs,
                     .in_process = options.in_process,
                     .watch = options.watch,
                     .trial = std::move(options.trial)};
  sweep.trial.bug = bug.name;
  sweep.on_failure = [&](const RecordedTrial& trial) {
    if (trial.result.verdict.property == bug.property) is_found = true;
    if (others.empty()) others = DescribeVerdict(bug.scenario, trial.result);
  };
  sweep.should_stop = [&] {
    return is_found || (environment->seconds_left &&
                        stopwatch.Seconds() > *environment->seconds_left);
  };
  const TrialOrigin origin{
      .scenario = **scenario,
      .program = options.program,
      .bug = bug.name,
      .options = sweep.trial.options,
      .flags = LimitFlags(**scenario, sweep.trial, options.watch)};
  const SweepResult result = Sweep(WithAssertions(**scenario), sweep);
  RecordProperties(result, sweep.seeds.count, stopwatch.Seconds(),
                   "found_seed");
  if (is_found) return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << "\n"
         << bug.name << " was not found by " << bug.property << " in "
         << Count(result.totals.seeds, "seed") << " of " << bug.scenario
         << ", of " << WithThousands(sweep.seeds.count) << " planned\n"
         << (others.empty() ? "" : "but by another property:\n" + others)
         << DescribeUndecided(origin, result);
}

}  // namespace reprise
