// How soon each planted bug is found:
//
//   bazel run -c opt //tools:bug_table
//   bazel run -c opt //tools:bug_table -- --only=BUG --ranges=3 --seeds=10000
//
// A row for each bug, in Markdown: its scenario and the property that finds it;
// seeds and seconds of a core to the first failure of each range of seeds; how
// many seeds of the first range until the clients' history alone shows it
// ("no": not in that range; "-": not asked, see bug_search.h); and where the
// bug was seen in the wild. Then the shares: found in all ranges, within a
// thousand seeds of each, by the history alone, and with a source. Rows come as
// they are known; Ctrl-C ends it with those so far.

#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/status_line.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/scenarios/catalog.h"
#include "tools/tables/bug_search.h"
#include "tools/tables/failing_timelines.h"

namespace reprise {
namespace {

constexpr uint64_t kSoon = 1000;

class BugTable {
 public:
  explicit BugTable(const BugSearchOptions& options)
      : seeds_(options.seeds), search_(WithProgress(options)) {}

  void Add(const Scenario& scenario, const PlantedBug& bug) {
    if (cli::InterruptGuard::WasInterrupted()) return;
    sought_ = bug.name;
    const FoundBug found = search_.Find(scenario, bug);
    status_.Clear();
    if (cli::InterruptGuard::WasInterrupted()) return;
    if (bugs_++ == 0) PrintTitles();
    found_ += found.IsFoundWithin(seeds_) ? 1 : 0;
    soon_ += found.IsFoundWithin(kSoon) ? 1 : 0;
    by_history_ += found.by_history.has_value() ? 1 : 0;
    with_source_ += bug.source.empty() ? 0 : 1;
    PrintRow(bug, found);
  }

  void PrintShares() const {
    const auto share = [this](uint64_t count, const std::string& what) {
      std::cout << absl::StrFormat("- %s: %d of %d (%.0f %%)\n", what, count,
                                   bugs_, 100.0 * count / bugs_);
    };
    if (bugs_ == 0) return;
    std::cout << "\n";
    share(found_,
          absl::StrCat("found within ", seeds_, " seeds in all ranges"));
    share(soon_, absl::StrCat("found within ", kSoon, " seeds in all ranges"));
    share(by_history_, "shown by the history alone");
    share(with_source_, "seen in the wild");
  }

 private:
  BugSearchOptions WithProgress(BugSearchOptions options) {
    options.look = [this](uint64_t seeds) {
      status_.Update([&](double) {
        return absl::StrCat(sought_, ": ", seeds, " seeds of ", seeds_);
      });
    };
    return options;
  }

  static void PrintTitles() {
    std::cout << "| bug | scenario | property | seeds | core s | history | "
                 "source |\n|---|---|---|--:|--:|--:|---|\n";
  }

  static std::string HistoryOf(const FoundBug& found) {
    if (found.by_history) return absl::StrCat(found.by_history->seeds);
    return found.is_history_asked ? "no" : "-";
  }

  static void PrintRow(const PlantedBug& bug, const FoundBug& found) {
    std::vector<std::string> seeds;
    std::vector<std::string> seconds;
    for (const std::optional<FirstFailure>& failure : found.failures) {
      seeds.push_back(failure ? absl::StrCat(failure->seeds) : "none");
      seconds.push_back(failure ? absl::StrFormat("%.2f", failure->core_seconds)
                                : "-");
    }
    std::cout << "| `" << bug.name << "` | `" << bug.scenario << "` | `"
              << bug.property << "` | " << absl::StrJoin(seeds, ", ") << " | "
              << absl::StrJoin(seconds, ", ") << " | " << HistoryOf(found)
              << " | " << bug.source << " |\n"
              << std::flush;
  }

  const uint64_t seeds_;
  cli::Console console_ = cli::ProcessConsole();
  cli::StatusLine status_{console_};
  std::string sought_;
  BugSearch search_;
  uint64_t bugs_ = 0;
  uint64_t found_ = 0;
  uint64_t soon_ = 0;
  uint64_t by_history_ = 0;
  uint64_t with_source_ = 0;
};

int Run(int argc, char** argv) {
  BugSearchOptions options;
  options.should_stop = cli::InterruptGuard::WasInterrupted;
  std::string only;
  CLI::App app("How soon each planted bug is found.");
  app.add_option("--only", only, "the one bug to seek");
  app.add_option("--ranges", options.ranges, "of seeds, with none in common")
      ->check(CLI::Range(1, 1000));
  app.add_option("--seeds", options.seeds, "of each range")
      ->check(CLI::Range(1, 1'000'000'000));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::kExitHolds : cli::kExitUsage;
  }
  const cli::InterruptGuard guard;
  const Catalog catalog = LabCatalog();
  BugTable table(options);
  const absl::Status status =
      ForEachBug(catalog, {.only = only},
                 [&](const Scenario& scenario, const PlantedBug& bug) {
                   table.Add(scenario, bug);
                 });
  if (!status.ok()) {
    std::cerr << status.message() << "\n";
    return cli::kExitUsage;
  }
  table.PrintShares();
  return cli::InterruptGuard::WasInterrupted() ? cli::kExitInterrupted
                                               : cli::kExitHolds;
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) { return reprise::Run(argc, argv); }
