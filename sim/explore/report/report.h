// What a trial or a sweep found, as text for people.
//
//   harsh-random-keys · seed 417 · VIOLATED: linearizability
//     key "2": clerk-3 read "x 1 4 y" although clerk-0 had replaced it
//     1. 0.010 s: clerk-0 calls Put("2", "x") as operation 0; ...
//     faults in this run: 11 requests and 9 replies lost, 13 duplicates, 4 late
//     drawn from:
//       requests: 0 s to 26 ms, late 1 % (200 ms to 2 s), lost 10 %, ...
//     again:   tools/reprise replay out/harsh-random-keys-417.json --trace
//     bazel:   bazel test //tests:lab_sweep --test_env=REPRISE_SEEDS=417..417
//     ...

#ifndef REPRISE_SIM_EXPLORE_REPORT_REPORT_H_
#define REPRISE_SIM_EXPLORE_REPORT_REPORT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/report/failure_classes.h"
#include "reprise/sim/explore/report/reached_marks.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/fault_table.h"

namespace reprise {

// Where a trial came from: all that it takes to play it again.
struct TrialOrigin {
  const Scenario& scenario;
  std::string program = {};  // As Catalog::program.
  std::string bug = {};
  std::vector<OptionValue> options = {};
  std::string replay_file = {};  // Empty where none was written.
  // More of `replay`, as a shell takes them, such as LimitFlags().
  std::string flags = {};
  // As Catalog::debugged_program; empty: `program`.
  std::string debugged_program = {};
};

// The flags of `replay` that set what the trial may take, where that is not the
// usual: "--max-steps=10 --watchdog=60". They take whole seconds; a part of one
// counts as one.
std::string LimitFlags(const Scenario& scenario, const TrialOptions& trial,
                       const WatchOptions& watch);

// What more is known of a failure than its verdict.
struct FailureStory {
  std::vector<std::string> sentences = {};  // As TellStory (page/run_story.h).
  // The number of the event at which it went wrong; 0: the last one.
  uint64_t event = 0;
  std::string page =
      {};  // The file that draws it; empty where none was written.
};

// The first line and, unless it holds, the evidence. With colour, for a
// terminal, the verdict stands out.
std::string DescribeVerdict(std::string_view scenario,
                            const TrialResult& result, bool use_colour = false);

// As above, with the faults of the run and the lines that play it again. Each
// line ends with a line break. With a story also its sentences, numbered, and
// the lines to look at the run and to debug it.
std::string DescribeFailure(const TrialOrigin& origin,
                            const TrialResult& result, bool use_colour = false,
                            const FailureStory& story = {});

// "11 requests and 9 replies lost, 13 duplicates, 4 late, 2 pauses"; "none".
// Says how many have struck where not all did: "12 partitions (none stopped a
// packet)".
std::string DescribeFaults(const FaultCounts& counts);

// "faults that struck nothing: 12 of 40 partitions, 3 of 9 pauses" and a line
// break; empty where all have struck.
std::string DescribeIdleFaults(const FaultCounts& counts);

// The faults of the run and the mix that they were drawn from, as lines of a
// report.
std::string DescribeFaultsAndMix(const TrialResult& result);

// The command that plays the trial again.
std::string ReplayCommand(const TrialOrigin& origin, Seed seed);
// The one that stops in a debugger after the event of that number.
std::string DebugCommand(const TrialOrigin& origin, Seed seed, uint64_t event);

// `text` as one word of a shell's command line.
std::string ShellWord(std::string_view text);

// The name of a scenario inside a GoogleTest name: "harsh_random_keys".
std::string TestName(std::string_view scenario);

// The sweep of one scenario.
struct ScenarioSweep {
  std::string scenario = {};
  std::vector<std::string> marks = {};  // As Scenario::marks.
  uint64_t seeds_planned = 0;
  SweepResult result = {};
  double seconds = 0;
  // One for each violated trial; empty where no file was written.
  std::vector<std::string> replay_files = {};
  std::vector<FoundClass> classes = {};
};

// One run of the command `sweep`.
struct SweepReport {
  std::vector<ScenarioSweep> scenarios = {};
  double seconds = 0;
  int jobs = 1;
  // Whether a mark that no seed has reached violates "reached".
  bool requires_reached = false;

  SweepTotals Totals() const;
  uint64_t SeedsPlanned() const;
  ReachedMarks Marks() const;
  // Whether "reached" is violated. Where seeds were left out, nobody knows.
  bool HasGap() const;
};

// The table of scenarios and the line below it.
std::string DescribeSweep(const SweepReport& report);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPORT_REPORT_H_
