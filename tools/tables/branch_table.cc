// How often the turning point of a failing run is the event that the author of
// the planted bug would blame: a row for each bug of the catalog.
//
//   bazel run -c opt //tools:branch_table
//   bazel run -c opt //tools:branch_table -- --seeds=5 --only=BUG --curves
//
// So many failing seeds of each bug are shrunk, and then branched. The table
// has medians: the events of the shrunk run, the share of failures before the
// turning point and after it, and seconds of branching. --skip leaves out the
// first failing seeds of each bug, for a table of others than those by which
// the search was made.

#include <cstdint>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/branch/blamed_event.h"
#include "reprise/sim/explore/branch/causes.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/cli/branch_report.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/shrink/shrinker.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/trace_names.h"
#include "tests/scenarios/catalog.h"
#include "tools/tables/failing_timelines.h"

namespace reprise {
namespace {

struct Options {
  uint64_t seeds = 20;
  uint64_t skipped = 0;
  uint64_t seeds_tried_max = 2000;
  uint64_t trials = kUsualBranchTrials;
  int jobs = static_cast<int>(std::thread::hardware_concurrency());
  ChosenBugs bugs;
  bool lists = false;
  bool lists_curves = false;
  bool shrinks = true;
};

// What was found for one bug, summed over its seeds.
struct Row {
  uint64_t runs = 0;
  uint64_t hits = 0;
  uint64_t necessary_hits = 0;  // Runs of which a necessary fault is blamed.
  std::vector<double> events;
  std::vector<double> before;
  std::vector<double> after;
  std::vector<double> seconds;
};

// What the search saw, and what is blamed instead.
void PrintMiss(const PlantedBug& bug, const Causes& causes,
               const TextOptions& text) {
  for (const std::string& pattern : bug.blamed) {
    absl::PrintF("    expected: %s\n", pattern);
  }
  std::fputs(cli::DescribeCauses(causes, text).c_str(), stdout);
}

void Add(const Catalog& catalog, const Scenario& scenario,
         const PlantedBug& bug, const Timeline& timeline,
         const Options& options, Row& row) {
  Timeline smallest = timeline;
  if (options.shrinks) {
    const absl::StatusOr<Shrunk> shrunk =
        Shrink(scenario, bug.name, timeline, {.jobs = options.jobs});
    if (shrunk.ok()) smallest = shrunk->timeline;
  }
  const Stopwatch stopwatch;
  const absl::StatusOr<Causes> causes = FindCauses(
      scenario, bug.name, smallest,
      {.trials = options.trials, .jobs = options.jobs, .text = catalog.text});
  if (!causes.ok()) {
    absl::PrintF("  seed %d: %s\n", timeline.seed.value(),
                 causes.status().message());
    return;
  }
  const Turning& turning = causes->turning;
  const std::string& text = turning.curve.turning_text;
  const bool is_hit = IsBlamed(bug, text);
  bool has_necessary = false;
  for (const size_t place : causes->necessary.places) {
    const uint64_t event = causes->run.decisions[place].event;
    has_necessary |=
        IsBlamed(bug, TextOfEvent(causes->run, event, catalog.text));
  }
  const Share before = ShareOf(turning.before);
  const Share after = ShareOf(turning.after);
  ++row.runs;
  row.hits += is_hit ? 1 : 0;
  row.necessary_hits += has_necessary ? 1 : 0;
  row.events.push_back(static_cast<double>(causes->run.event_count()));
  row.before.push_back(before.middle);
  row.after.push_back(after.middle);
  row.seconds.push_back(stopwatch.Seconds());
  if (!options.lists) return;
  absl::PrintF("  seed %d %s %.0f %% -> %.0f %%, %d of %d faults: %s\n",
               timeline.seed.value(), is_hit ? "hit" : "MISS",
               before.middle * 100, after.middle * 100,
               causes->necessary.places.size(), causes->necessary.faults, text);
  if (options.lists_curves && !is_hit) PrintMiss(bug, *causes, catalog.text);
  std::fflush(stdout);
}

Row RowOf(const Catalog& catalog, const Scenario& scenario,
          const PlantedBug& bug, const Options& options) {
  Row row;
  const SoughtFailures sought{.count = options.seeds,
                              .seeds_max = options.seeds_tried_max,
                              .skipped = options.skipped,
                              .jobs = options.jobs,
                              .is_failure = [&](const Verdict& verdict) {
                                return verdict.property == bug.property;
                              }};
  for (const Timeline& timeline : FailingTimelines(scenario, bug, sought)) {
    Add(catalog, scenario, bug, timeline, options, row);
  }
  return row;
}

void PrintTitles() {
  absl::PrintF("%-30s %5s %5s %9s %7s %7s %7s %8s\n", "bug", "runs", "hits",
               "necessary", "events", "before", "after", "seconds");
}

void PrintRow(const PlantedBug& bug, const Row& row) {
  absl::PrintF("%-30s %5d %5d %9d %7.0f %5.0f %% %5.0f %% %8.2f\n", bug.name,
               row.runs, row.hits, row.necessary_hits, Median(row.events),
               Median(row.before) * 100, Median(row.after) * 100,
               Median(row.seconds));
  std::fflush(stdout);
}

int PrintTable(const Options& options) {
  const Catalog catalog = LabCatalog();
  uint64_t bugs = 0;
  uint64_t runs = 0;
  uint64_t hits = 0;
  const absl::Status status =
      ForEachBug(catalog, options.bugs,
                 [&](const Scenario& scenario, const PlantedBug& bug) {
                   if (bugs++ == 0) PrintTitles();
                   const Row row = RowOf(catalog, scenario, bug, options);
                   runs += row.runs;
                   hits += row.hits;
                   PrintRow(bug, row);
                 });
  if (!status.ok()) {
    absl::FPrintF(stderr, "%s\n", status.message());
    return 2;
  }
  absl::PrintF(
      "%d of %d turning points hit the event that is blamed (%.0f %%)\n", hits,
      runs,
      runs > 0 ? 100.0 * static_cast<double>(hits) / static_cast<double>(runs)
               : 0.0);
  return 0;
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  reprise::Options options;
  CLI::App app("Whether turning points are the events that are blamed");
  app.add_option("--seeds", options.seeds, "failing seeds of each bug");
  app.add_option("--skip", options.skipped, "failing seeds to leave out first");
  app.add_option("--without", options.bugs.without,
                 "leave out the bugs of scenarios like this: \"raft-*\"");
  app.add_option("--tried", options.seeds_tried_max, "seeds to find them");
  app.add_option("--trials", options.trials, "of each seed");
  app.add_option("--jobs", options.jobs, "processes");
  app.add_option("--only", options.bugs.only, "the one bug to branch");
  app.add_flag("--list", options.lists, "a line for each seed");
  app.add_flag("--curves", options.lists_curves, "the curve of each miss");
  app.add_flag("--whole{false}", options.shrinks, "does not shrink first");
  CLI11_PARSE(app, argc, argv);
  options.lists |= options.lists_curves;
  return reprise::PrintTable(options);
}
