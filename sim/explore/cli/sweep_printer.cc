#include "reprise/sim/explore/cli/sweep_printer.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/shrink_report.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise::cli {
namespace {

// Of each scenario: classes that are saved and shrunk, and those of them, and
// undecided seeds, that are printed.
constexpr uint64_t kFilesMax = 20;
constexpr uint64_t kPrintedMax = 5;

}  // namespace

void SayThatNothingIsSaved(Console& console, const absl::Status& status) {
  console.err << "failures are not saved: "
              << Clipped(std::string(status.message())) << "\n";
}

SweepPrinter::SweepPrinter(const Catalog& catalog, Console& console,
                           const SweepPlan& plan, const PlannedSweep& sweep,
                           Determinism* determinism,
                           absl::Status& folder_status)
    : catalog_(catalog),
      console_(console),
      plan_(plan),
      folder_status_(folder_status),
      scenario_(*sweep.scenario),
      progress_(console, scenario_.name, sweep.seeds.count) {
  swept_.scenario = scenario_.name;
  swept_.marks = scenario_.marks;
  swept_.seeds_planned = sweep.seeds.count;
  options_.seeds = sweep.seeds;
  options_.jobs = plan.jobs;
  options_.in_process = plan.in_process;
  options_.watch = plan.watch;
  options_.trial = plan.trial;
  options_.schedules_max = kFilesMax;
  options_.determinism = determinism;
  options_.grace_seconds = kGraceSeconds;
  options_.should_stop = InterruptGuard::WasInterrupted;
  options_.on_failure = [this](const RecordedTrial& t) { AddFailure(t); };
  options_.on_progress = [this](const SweepTotals& totals) {
    progress_.Update(totals);
  };
}

ScenarioSweep SweepPrinter::Run(uint64_t max_failures) {
  options_.max_failures = max_failures;
  swept_.result = Sweep(scenario_, options_);
  swept_.seconds = progress_.Seconds();
  progress_.Clear();
  swept_.classes = FindClasses(swept_.result);
  for (FoundClass& found : swept_.classes) {
    found.replay_file = files_[found.failure];
  }
  if (Shrinks()) ShrinkClasses();
  SayWhatWasLeftOut();
  for (const TrialResult& result : swept_.result.undecided) {
    PrintUndecided(result);
  }
  return std::move(swept_);
}

void SweepPrinter::AddFailure(const RecordedTrial& trial) {
  const auto [file, is_new] =
      files_.emplace(ClassOf(trial.result.verdict), std::string());
  if (is_new && files_.size() <= kFilesMax) file->second = Save(trial);
  swept_.replay_files.push_back(is_new ? file->second : std::string());
  if (plan_.as_json || !is_new || files_.size() > kPrintedMax) return;
  progress_.Clear();
  console_.out << DescribeFailure(Origin(file->second), trial.result,
                                  console_.use_colour)
               << "\n"
               << std::flush;
}

std::string SweepPrinter::Save(const RecordedTrial& trial) {
  if (!folder_status_.ok()) return "";
  const std::string path = absl::StrCat(
      plan_.folder, "/",
      ReplayFileName(scenario_.name, plan_.trial, trial.result.seed));
  // Behind many failures of other classes it was not recorded.
  std::optional<IsolatedTrial> again;
  if (swept_.replay_files.size() >= kFilesMax) {
    TrialOptions options = plan_.trial;
    options.seed = trial.result.seed;
    again = RunIsolated(
        scenario_, options,
        {.watch = plan_.watch, .should_stop = InterruptGuard::WasInterrupted});
    if (!again) return "";
  }
  folder_status_ = MakeFolder(plan_.folder);
  if (folder_status_.ok()) {
    folder_status_ =
        WriteReplayFile(path, ToReplayFile(scenario_.name, plan_.trial.bug,
                                           again ? again->recorded : trial));
  }
  if (folder_status_.ok()) return path;
  progress_.Clear();
  SayThatNothingIsSaved(console_, folder_status_);
  return "";
}

TrialOrigin SweepPrinter::Origin(const std::string& replay_file) const {
  return {.scenario = scenario_,
          .program = catalog_.program,
          .bug = plan_.trial.bug,
          .options = plan_.trial.options,
          .replay_file = replay_file,
          .flags = LimitFlags(scenario_, plan_.trial, plan_.watch),
          .debugged_program = catalog_.debugged_program};
}

void SweepPrinter::ShrinkClasses() {
  uint64_t printed = 0;
  for (FoundClass& found : swept_.classes) {
    if (found.replay_file.empty() || InterruptGuard::WasInterrupted()) continue;
    if (++printed > kPrintedMax && !plan_.as_json) return;
    if (!folder_status_.ok()) return;
    ShrinkClass(found);
  }
}

void SweepPrinter::ShrinkClass(FoundClass& found) {
  const ReplayFile file{
      .scenario = scenario_.name,
      .bug = plan_.trial.bug,
      .timeline = {.seed = found.first_seed, .options = plan_.trial.options}};
  ShrinkOptions options = plan_.shrink;
  options.jobs = plan_.jobs;
  options.watch = plan_.watch;
  options.determinism = options_.determinism;
  options.should_stop = InterruptGuard::WasInterrupted;
  absl::StatusOr<ShrunkFailure> failure = ShrinkAndShow(
      catalog_, console_, file, FilesBeside(found.replay_file), options);
  if (!failure.ok()) {
    if (absl::IsCancelled(failure.status())) return;
    console_.err << scenario_.name << " · seed " << found.first_seed.value()
                 << " is not shrunk: "
                 << Clipped(std::string(failure.status().message())) << "\n";
    if (absl::IsDataLoss(failure.status())) folder_status_ = failure.status();
    return;
  }
  found.replay_file = failure->replay_file;
  found.page = failure->story.page;
  if (!plan_.as_json) {
    console_.out << Count(found.count, "failure")
                 << " of this class, the fastest seed "
                 << found.fastest_seed.value() << "; the first, shrunk:\n"
                 << DescribeShrunk(catalog_, console_, file, *failure) << "\n"
                 << std::flush;
  }
  found.shrunk = std::move(failure->shrunk);
}

void SweepPrinter::SayWhatWasLeftOut() {
  const uint64_t violated = swept_.result.totals.violated;
  const uint64_t classes = swept_.classes.size();
  if (plan_.as_json || violated <= classes) return;
  console_.out << scenario_.name << " · " << Count(violated, "violation")
               << " of " << classes << (classes == 1 ? " class" : " classes")
               << "\n\n";
}

void SweepPrinter::PrintUndecided(const TrialResult& result) {
  if (undecided_printed_++ == kPrintedMax) {
    console_.err << scenario_.name << " · "
                 << Count(swept_.result.undecided.size() - kPrintedMax,
                          "more undecided seed")
                 << "\n\n";
  }
  if (undecided_printed_ > kPrintedMax) return;
  std::ostream& stream = plan_.as_json ? console_.err : console_.out;
  stream << DescribeFailure(Origin(""), result, console_.use_colour) << "\n";
}

}  // namespace reprise::cli
