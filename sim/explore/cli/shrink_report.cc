#include "reprise/sim/explore/cli/shrink_report.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/cli/branch_report.h"
#include "reprise/sim/explore/cli/status_line.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/page/failure_page.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/sweep/replay.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise::cli {
namespace {

// In what is left of a run nothing is far from anything.
constexpr uint64_t kBranchTrials = 1000;

std::string DescribeCounts(const TrialCounts& counts) {
  return absl::StrCat(
      Count(counts.operations, "operation"), " of ",
      Count(counts.clients, "client"),
      counts.servers > 1 ? absl::StrCat(" on ", counts.servers, " servers")
                         : "",
      ", ", Count(counts.faults, "fault"), ", ", Count(counts.delays, "delay"),
      ", ", Count(counts.events, "event"));
}

// What its end means for the result.
std::string_view DescribeEnd(ShrinkEnd end) {
  switch (end) {
    case ShrinkEnd::kMinimal:
      return "leaving out any one thing more loses the failure";
    case ShrinkEnd::kTrials:
      return "it may get smaller with more trials (--shrink=TRIALS)";
    case ShrinkEnd::kSeconds:
      return "it may get smaller with more time (--shrink-seconds=N)";
    case ShrinkEnd::kStopped:
      return "it was interrupted, and may get smaller";
  }
  return "";
}

TrialOrigin OriginOf(const Catalog& catalog, const Scenario& scenario,
                     const ReplayFile& file, const std::string& replay_file,
                     const std::string& flags) {
  return {.scenario = scenario,
          .program = catalog.program,
          .bug = file.bug,
          .options = file.timeline.options,
          .replay_file = replay_file,
          .flags = flags,
          .debugged_program = catalog.debugged_program};
}

absl::StatusOr<Replay> PlayAndKeep(const Catalog& catalog,
                                   const ReplayFile& file,
                                   const ShrinkOptions& options,
                                   EventList& events) {
  PlayOptions play;
  play.watch = options.watch;
  play.should_stop = options.should_stop;
  play.shows_asides = true;
  KeepEvents(events, play);
  return Play(catalog, file, play);
}

// None where it was stopped.
std::optional<Causes> CausesOf(const Catalog& catalog, const Scenario& scenario,
                               const ReplayFile& file, const Shrunk& shrunk,
                               const ShrinkOptions& options) {
  const Stopwatch stopwatch;
  bool is_stopped = shrunk.end == ShrinkEnd::kStopped;
  const auto should_stop = [&] {
    const bool is_late =
        options.seconds &&
        shrunk.seconds + stopwatch.Seconds() > *options.seconds;
    is_stopped |= is_late || (options.should_stop && options.should_stop());
    return is_stopped;
  };
  absl::StatusOr<Causes> causes =
      FindCauses(scenario, file.bug, shrunk.timeline,
                 {.trials = kBranchTrials,
                  .jobs = options.jobs,
                  .text = catalog.text,
                  .watch = options.watch,
                  .should_stop = should_stop});
  if (is_stopped || !causes.ok()) return std::nullopt;
  return *std::move(causes);
}

// Told apart from what is wrong with the trial.
absl::Status Unwritten(const absl::Status& status) {
  return absl::DataLossError(status.message());
}

absl::StatusOr<Shrunk> ShrinkWithProgress(Console& console,
                                          const Scenario& scenario,
                                          const ReplayFile& file,
                                          ShrinkOptions options) {
  StatusLine line(console);
  options.on_progress = [&](const ShrinkProgress& progress) {
    line.Update([&](double seconds) {
      return absl::StrFormat("shrinking · %s · %s · %.1f s",
                             Count(progress.trials, "trial"),
                             DescribeCounts(progress.counts), seconds);
    });
  };
  return Shrink(scenario, file.bug, file.timeline, options);
}

}  // namespace

ShrinkFiles FilesBeside(const std::string& path) {
  std::filesystem::path base(path);
  if (base.extension() == ".json") base.replace_extension();
  return {.replay_file = base.string() + ".shrunk.json",
          .page = base.string() + ".html"};
}

absl::StatusOr<ShrunkFailure> ShrinkAndShow(const Catalog& catalog,
                                            Console& console,
                                            const ReplayFile& file,
                                            const ShrinkFiles& files,
                                            const ShrinkOptions& options) {
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(catalog, file.scenario);
  if (!scenario.ok()) return scenario.status();
  EventList original;
  const absl::StatusOr<Replay> first =
      PlayAndKeep(catalog, file, options, original);
  if (!first.ok()) return first.status();
  absl::StatusOr<Shrunk> shrunk =
      ShrinkWithProgress(console, **scenario, file, options);
  if (!shrunk.ok()) return shrunk.status();
  ShrunkFailure failure{.shrunk = *std::move(shrunk),
                        .replay_file = files.replay_file,
                        .flags = LimitFlags(**scenario, {}, options.watch)};
  failure.causes = CausesOf(catalog, **scenario, file, failure.shrunk, options);
  ReplayFile smallest =
      ToReplayFile(file.scenario, file.bug, failure.shrunk.trial,
                   failure.shrunk.timeline.edits.reseeds);
  if (failure.causes) {
    smallest.expected->turning_point = ExpectedTurnOf(*failure.causes);
  }
  if (!files.replay_file.empty()) {
    const absl::Status status = WriteReplayFile(files.replay_file, smallest);
    if (!status.ok()) return Unwritten(status);
  }
  // Who interrupts does not wait for more trials.
  if (failure.shrunk.end == ShrinkEnd::kStopped) return failure;
  EventList minimal;
  const absl::StatusOr<Replay> last =
      PlayAndKeep(catalog, smallest, options, minimal);
  if (!last.ok()) return last.status();
  const FailureToShow shown{
      .origin =
          OriginOf(catalog, **scenario, file, files.replay_file, failure.flags),
      .seed = file.timeline.seed,
      .original = {original.events(), first->trial.result.verdict,
                   original.asides()},
      .minimal = PlayedRun{minimal.events(), last->trial.result.verdict,
                           minimal.asides()},
      .curve = failure.causes ? failure.causes->turning.curve : FailureCurve(),
      .text = catalog.text};
  failure.story = StoryOf(shown);
  failure.story.page = files.page;
  if (!files.page.empty()) {
    const absl::Status status = WriteFailurePage(files.page, shown);
    if (!status.ok()) return Unwritten(status);
  }
  return failure;
}

std::string DescribeShrinking(const Shrunk& shrunk) {
  return absl::StrFormat(
      "  shrunk from %s\n      to %s\n      by %s in %.1f s; %s\n",
      DescribeCounts(shrunk.before), DescribeCounts(shrunk.after),
      Count(shrunk.trials, "trial"), shrunk.seconds, DescribeEnd(shrunk.end));
}

std::string DescribeShrunk(const Catalog& catalog, const Console& console,
                           const ReplayFile& file,
                           const ShrunkFailure& failure) {
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(catalog, file.scenario);
  if (!scenario.ok()) return "";
  const TrialOrigin origin =
      OriginOf(catalog, **scenario, file, failure.replay_file, failure.flags);
  return DescribeFailure(origin, failure.shrunk.trial.result,
                         console.use_colour, failure.story) +
         (failure.causes ? DescribeTurnAndFaults(*failure.causes, catalog.text)
                         : std::string()) +
         DescribeShrinking(failure.shrunk);
}

}  // namespace reprise::cli
