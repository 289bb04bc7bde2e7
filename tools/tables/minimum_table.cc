// How near shrinking comes to the true minimum, by planted bug:
//
//   bazel run -c opt //tools:minimum_table
//   bazel run -c opt //tools:minimum_table -- --seeds=20 --only=BUG
//
// So many failing seeds of each planted bug, with a small workload, are shrunk;
// then every part of the run that is smaller than the result is tried
// (smallest_part.h). A size is the number of operations, faults and delays.
// Where there are too many parts, or the failure cannot be shrunk, it does not
// count. The line below the table has the share of results that are at most 1.5
// times as large as the minimum.

#include <algorithm>
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
#include "reprise/sim/explore/shrink/shrinker.h"
#include "reprise/sim/explore/shrink/smallest_part.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_arena.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "tests/scenarios/catalog.h"
#include "tools/tables/failing_timelines.h"

namespace reprise {
namespace {

struct Settings {
  uint64_t seeds = 10;
  uint64_t last_seed = 1000;
  uint64_t parts = 40'000;
  double cap = 10;  // Seconds for one shrinking.
  std::string only = {};
  bool lists = false;
};

// A workload of at most so much, where the scenario has the option.
constexpr std::pair<const char*, int64_t> kSmall[] = {
    {"clients", 2}, {"operations", 3}, {"iterations", 1}};

std::vector<OptionValue> SmallOptions(const Scenario& scenario,
                                      const PlantedBug& bug) {
  TrialArena arena;
  const RecordedTrial trial =
      RunRecordedTrial(scenario, {.bug = bug.name}, arena);
  std::vector<OptionValue> options;
  for (OptionValue option : trial.options) {
    for (const auto& [name, most] : kSmall) {
      if (option.name == name && option.value > most) {
        option.value = most;
        options.push_back(option);
      }
    }
  }
  return options;
}

class MinimumTable {
 public:
  explicit MinimumTable(const Settings& settings) : settings_(settings) {}

  void Add(const Scenario& scenario, const PlantedBug& bug) {
    Row row;
    const SoughtFailures sought{.count = settings_.seeds,
                                .seeds_max = settings_.last_seed,
                                .is_failure =
                                    [](const Verdict& verdict) {
                                      return verdict.kind ==
                                             VerdictKind::kViolated;
                                    },
                                .options = SmallOptions(scenario, bug)};
    for (const Timeline& timeline : FailingTimelines(scenario, bug, sought)) {
      ++row.failures;
      Measure(scenario, bug, timeline, row);
    }
    table_.AddRow({bug.name, scenario.name, absl::StrCat(row.failures),
                   absl::StrCat(row.measured), absl::StrCat(Median(row.units)),
                   absl::StrCat(Median(row.sizes)),
                   absl::StrCat(Median(row.minima)), absl::StrCat(row.smallest),
                   absl::StrCat(row.near)});
    measured_ += row.measured;
    smallest_ += row.smallest;
    near_ += row.near;
  }

  void Print() {
    std::cout << table_.ToString();
    if (measured_ == 0) return;
    std::cout << absl::StrFormat(
        "of %d: the minimum: %d; at most 1.5 times as large: %d (%.1f %%)\n",
        measured_, smallest_, near_,
        100.0 * static_cast<double>(near_) / static_cast<double>(measured_));
  }

 private:
  struct Row {
    uint64_t failures = 0;
    uint64_t measured = 0;
    uint64_t smallest = 0;
    uint64_t near = 0;
    std::vector<uint64_t> units = {};
    std::vector<uint64_t> sizes = {};
    std::vector<uint64_t> minima = {};
  };

  void Measure(const Scenario& scenario, const PlantedBug& bug,
               const Timeline& timeline, Row& row) const {
    const absl::StatusOr<Shrunk> shrunk =
        Shrink(scenario, bug.name, timeline, {.seconds = settings_.cap});
    if (!shrunk.ok()) return;
    const uint64_t size = SizeOfPart({shrunk->timeline, shrunk->trial});
    const absl::StatusOr<SmallestPart> smallest =
        FindSmallestPart(scenario, bug.name, timeline, size, settings_.parts);
    if (settings_.lists) {
      std::cout << bug.name << " " << timeline.seed.value() << ": " << size
                << ", ";
      if (smallest.ok()) {
        std::cout << "minimum " << smallest->size << " of " << smallest->units
                  << std::endl;
      } else {
        std::cout << smallest.status().message() << std::endl;
      }
    }
    if (!smallest.ok()) return;
    ++row.measured;
    if (size == smallest->size) ++row.smallest;
    if (2 * size <= 3 * smallest->size) ++row.near;
    row.units.push_back(smallest->units);
    row.sizes.push_back(size);
    row.minima.push_back(smallest->size);
  }

  const Settings& settings_;
  TextTable table_{{{"bug"},
                    {"scenario"},
                    {"failures", Align::kRight},
                    {"measured", Align::kRight},
                    {"run", Align::kRight},
                    {"shrunk", Align::kRight},
                    {"minimum", Align::kRight},
                    {"equal", Align::kRight},
                    {"within 1.5", Align::kRight}}};
  uint64_t measured_ = 0;
  uint64_t smallest_ = 0;
  uint64_t near_ = 0;
};

int Run(int argc, char** argv) {
  Settings settings;
  CLI::App app("How near shrinking comes to the true minimum.");
  app.add_option("--seeds", settings.seeds, "failing seeds of each bug");
  app.add_option("--last-seed", settings.last_seed, "where the search ends");
  app.add_option("--parts", settings.parts, "parts to try for each failure");
  app.add_option("--cap", settings.cap, "seconds for each shrinking");
  app.add_option("--only", settings.only, "the one bug to shrink");
  app.add_flag("--list", settings.lists, "prints a line for each seed");
  CLI11_PARSE(app, argc, argv);
  const Catalog catalog = LabCatalog();
  MinimumTable table(settings);
  const absl::Status status =
      ForEachBug(catalog, {.only = settings.only},
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
