// What shrinking leaves of the planted bugs' failures:
//
//   bazel run -c opt //tools:shrink_table
//   bazel run -c opt //tools:shrink_table -- --seeds=100 --only=BUG
//   bazel run -c opt //tools:shrink_table -- --of=raft- --option=servers=5
//
// For each planted bug, so many failing seeds are shrunk with one process. The
// table has medians, before and after; `servers` are the nodes that a request
// or a message came to. The line below it has the share that took at most two
// seconds (--within) of a core, and of a clock: the two differ where the
// machine has something else to do.

#include <cstdint>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/shrink/shrink_options.h"
#include "reprise/sim/explore/shrink/shrinker.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "tests/scenarios/catalog.h"
#include "tools/tables/core_seconds.h"
#include "tools/tables/failing_timelines.h"

namespace reprise {
namespace {

struct Settings {
  uint64_t seeds = 20;
  uint64_t last_seed = 3000;
  double cap = 60;  // Seconds for one failure.
  ChosenBugs bugs = {};
  double within = 2;  // Seconds that are wanted.
  std::vector<OptionValue> options = {};
  bool lists = false;
};

std::string Change(const std::vector<Shrunk>& all,
                   uint64_t TrialCounts::*member) {
  std::vector<uint64_t> before;
  std::vector<uint64_t> after;
  for (const Shrunk& shrunk : all) {
    before.push_back(shrunk.before.*member);
    after.push_back(shrunk.after.*member);
  }
  return absl::StrCat(Median(before), " > ", Median(after));
}

class ShrinkTable {
 public:
  explicit ShrinkTable(const Settings& settings) : settings_(settings) {}

  void Add(const Scenario& scenario, const PlantedBug& bug) {
    std::vector<Shrunk> all;
    std::vector<uint64_t> trials;
    std::vector<double> seconds;
    uint64_t minimal = 0;
    const SoughtFailures sought{.count = settings_.seeds,
                                .seeds_max = settings_.last_seed,
                                .is_failure =
                                    [](const Verdict& verdict) {
                                      return verdict.kind ==
                                             VerdictKind::kViolated;
                                    },
                                .options = settings_.options};
    for (const Timeline& timeline : FailingTimelines(scenario, bug, sought)) {
      const double before = CoreSeconds();
      absl::StatusOr<Shrunk> shrunk =
          Shrink(scenario, bug.name, timeline, {.seconds = settings_.cap});
      if (!shrunk.ok()) {
        std::cerr << bug.name << " " << timeline.seed.value() << ": "
                  << shrunk.status().message() << "\n";
        continue;
      }
      const double of_core = CoreSeconds() - before;
      if (settings_.lists) List(*shrunk, of_core);
      ++shrinks_;
      // What the cap ended has not come to its end.
      const bool has_ended = shrunk->end != ShrinkEnd::kSeconds;
      if (has_ended && of_core <= settings_.within) ++fast_of_core_;
      if (has_ended && shrunk->seconds <= settings_.within) ++fast_;
      if (shrunk->end == ShrinkEnd::kMinimal) ++minimal;
      const TrialCounts& after = shrunk->after;
      if (after.clients <= 2 && after.operations <= 4 && after.faults <= 1) {
        ++small_;
      }
      // None before: trials end their process, and nobody knows the servers.
      if (shrunk->before.servers > 0 && after.servers <= 3 &&
          after.operations <= 6) {
        ++small_of_servers_;
      }
      trials.push_back(shrunk->trials);
      seconds.push_back(of_core);
      all.push_back(*std::move(shrunk));
    }
    table_.AddRow(
        {bug.name, scenario.name, absl::StrCat(all.size()),
         Change(all, &TrialCounts::servers), Change(all, &TrialCounts::clients),
         Change(all, &TrialCounts::operations),
         Change(all, &TrialCounts::faults), Change(all, &TrialCounts::delays),
         Change(all, &TrialCounts::events), absl::StrCat(Median(trials)),
         absl::StrFormat("%.2f", Median(seconds)), absl::StrCat(minimal)});
  }

  void Print() {
    std::cout << table_.ToString();
    if (shrinks_ == 0) return;
    std::cout << absl::StrFormat(
        "within %g s of a core: %d of %d, of the clock: %d; at most 2 "
        "clients, 4 operations and 1 fault: %d; at most 3 servers and 6 "
        "operations: %d\n",
        settings_.within, fast_of_core_, shrinks_, fast_, small_,
        small_of_servers_);
  }

 private:
  static void List(const Shrunk& shrunk, double of_core) {
    std::cout << absl::StrFormat(
        "seed %d: %d servers, %d clients, %d operations, %d faults, %d delays, "
        "%d trials, "
        "%.2f s of a core, %.2f s: %s\n",
        shrunk.timeline.seed.value(), shrunk.after.servers,
        shrunk.after.clients, shrunk.after.operations, shrunk.after.faults,
        shrunk.after.delays, shrunk.trials, of_core, shrunk.seconds,
        shrunk.trial.result.verdict.message.substr(
            0, shrunk.trial.result.verdict.message.find('\n')));
  }

  const Settings& settings_;
  TextTable table_{{{"bug"},
                    {"scenario"},
                    {"failures", Align::kRight},
                    {"servers", Align::kRight},
                    {"clients", Align::kRight},
                    {"operations", Align::kRight},
                    {"faults", Align::kRight},
                    {"delays", Align::kRight},
                    {"events", Align::kRight},
                    {"trials", Align::kRight},
                    {"core s", Align::kRight},
                    {"minimal", Align::kRight}}};
  uint64_t shrinks_ = 0;
  uint64_t fast_of_core_ = 0;
  uint64_t fast_ = 0;
  uint64_t small_ = 0;
  uint64_t small_of_servers_ = 0;
};

int Run(int argc, char** argv) {
  Settings settings;
  CLI::App app("What shrinking leaves of the planted bugs' failures.");
  app.add_option("--seeds", settings.seeds, "failing seeds of each bug");
  app.add_option("--last-seed", settings.last_seed, "where the search ends");
  app.add_option("--cap", settings.cap, "seconds for each failure");
  app.add_option("--only", settings.bugs.only, "the one bug to shrink");
  app.add_option("--scenario", settings.bugs.scenario,
                 "instead of the bug's own");
  app.add_option("--of", settings.bugs.of,
                 "bugs whose own scenarios have names that begin so");
  app.add_option("--within", settings.within, "seconds that are wanted");
  std::vector<std::string> options;
  app.add_option("--option", options, "NAME=VALUE, of the scenarios");
  app.add_flag("--list", settings.lists, "prints a line for each seed");
  CLI11_PARSE(app, argc, argv);
  for (const std::string& text : options) {
    absl::StatusOr<OptionValue> option = ParseOption(text);
    if (!option.ok()) {
      std::cerr << option.status().message() << "\n";
      return 2;
    }
    settings.options.push_back(*std::move(option));
  }
  const Catalog catalog = LabCatalog();
  ShrinkTable table(settings);
  const absl::Status status =
      ForEachBug(catalog, settings.bugs,
                 [&](const Scenario& scenario, const PlantedBug& bug) {
                   table.Add(scenario, bug);
                 });
  if (!status.ok()) {
    std::cerr << status.message() << "\n";
    return 2;
  }
  table.Print();
  return 0;
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) { return reprise::Run(argc, argv); }
