// The command `shrink`: a failing trial, reduced to what matters.

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/report/whole_file.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/output_files.h"
#include "reprise/sim/explore/cli/shrink_flags.h"
#include "reprise/sim/explore/cli/shrink_report.h"
#include "reprise/sim/explore/cli/trial_file.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/report/json_report.h"
#include "reprise/sim/explore/sweep/replay.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/replay_file.h"

namespace reprise::cli {
namespace {

// The path of the replay file: FILE's, with its folder as --out says.
std::filesystem::path PlannedPath(const Arguments& arguments,
                                  const ReplayFile& file) {
  if (arguments.positionals().empty()) {
    return std::filesystem::path(arguments.ValueOr("out", "out")) /
           ReplayFileName(file.scenario,
                          {.bug = file.bug, .options = file.timeline.options},
                          file.timeline.seed);
  }
  const std::filesystem::path played(arguments.positionals().front());
  if (!arguments.Has("out")) {
    return played.has_parent_path() ? played : "." / played;
  }
  return std::filesystem::path(arguments.Value("out")) / played.filename();
}

// The files, with the flags that ask for them, if any.
std::vector<OutputFile> OutputsOf(const Arguments& arguments,
                                  const ShrinkFiles& files) {
  OutputFile shrunk{.asked_by = files.replay_file, .path = files.replay_file};
  OutputFile page{.asked_by = files.page, .path = files.page};
  if (arguments.Has("out")) {
    shrunk.asked_by = FileOfFlag(arguments, "out").asked_by;
    page.asked_by = shrunk.asked_by;
  }
  if (arguments.Has("html")) page = FileOfFlag(arguments, "html");
  return {shrunk, page};
}

// Where the files go: beside the FILE, or where --out and --html say.
absl::StatusOr<ShrinkFiles> PlanFiles(const CommandCall& call,
                                      const ReplayFile& file) {
  const std::filesystem::path path = PlannedPath(call.arguments, file);
  ShrinkFiles files = FilesBeside(path.string());
  if (call.arguments.Has("html")) files.page = call.arguments.Value("html");
  absl::Status status = CheckOutputFiles(OutputsOf(call.arguments, files),
                                         call.arguments.positionals());
  if (!status.ok()) return status;
  const std::string folder = path.parent_path().string();
  status = ProbeFolder(
      folder, std::filesystem::path(files.replay_file).filename().string());
  if (status.ok()) status = MakeFolder(folder);
  if (status.ok()) status = checker::ProbeWholeFile(files.replay_file);
  if (status.ok()) status = checker::ProbeWholeFile(files.page);
  if (!status.ok()) return status;
  return files;
}

// The folder of the files. Goes again where it was not there before and nothing
// was written to it.
class PlannedFolder {
 public:
  explicit PlannedFolder(std::filesystem::path path)
      : path_(std::move(path)),
        was_there_(std::filesystem::exists(
            std::filesystem::symlink_status(path_, ignored_))) {}
  ~PlannedFolder() {
    if (!was_there_) std::filesystem::remove(path_, ignored_);
  }
  PlannedFolder(const PlannedFolder&) = delete;
  PlannedFolder& operator=(const PlannedFolder&) = delete;

 private:
  std::error_code ignored_;
  const std::filesystem::path path_;
  const bool was_there_;
};

// Says that the file plays without the failure that it is about.
int SayThatItHolds(const CommandCall& call, const ReplayFile& file,
                   const absl::Status& status) {
  const std::string message = absl::StrCat(
      "nothing to shrink: ", std::string(status.message()),
      file.expected && file.expected->verdict == VerdictKind::kViolated
          ? absl::StrCat("; the file expects that it violates ",
                         Echo(file.expected->property))
          : std::string());
  if (call.arguments.Has("json")) {
    call.console.out << NothingToShrinkJson(file.scenario, file.timeline.seed,
                                            message);
  } else {
    call.console.out << message << "\n";
  }
  return kExitHolds;
}

void SayThatItWasInterrupted(const CommandCall& call, const ReplayFile& file) {
  const std::string message = "interrupted before anything was left out";
  if (call.arguments.Has("json")) {
    call.console.out << NothingToShrinkJson(file.scenario, file.timeline.seed,
                                            message);
  } else {
    call.console.out << message << "\n";
  }
}

int RunShrink(const CommandCall& call) {
  const InterruptGuard interrupt;
  const absl::StatusOr<WatchOptions> watch = ParseWatch(call.arguments);
  if (!watch.ok()) return RefuseCall(call, watch.status());
  absl::StatusOr<ShrinkOptions> options = ReadShrinkFlags(call.arguments, {});
  if (!options.ok()) return RefuseCall(call, options.status());
  const absl::StatusOr<int> jobs = ParseJobs(call.arguments);
  if (!jobs.ok()) return RefuseCall(call, jobs.status());
  const absl::StatusOr<ReplayFile> file = ReadTrial(
      call.arguments, call.catalog,
      {.watch = *watch, .should_stop = InterruptGuard::WasInterrupted});
  if (InterruptGuard::WasInterrupted()) {
    SayThatItWasInterrupted(
        call, file.ok() ? *file : NamedTrial(call.arguments, call.catalog));
    return kExitInterrupted;
  }
  if (!file.ok()) return RefuseCall(call, file.status());
  const PlannedFolder folder(PlannedPath(call.arguments, *file).parent_path());
  const absl::StatusOr<ShrinkFiles> files = PlanFiles(call, *file);
  if (!files.ok()) return RefuseCall(call, files.status());
  options->jobs = *jobs;
  options->watch = *watch;
  options->should_stop = InterruptGuard::WasInterrupted;
  absl::StatusOr<std::unique_ptr<Determinism>> determinism = nullptr;
  if (call.second_process != nullptr) {
    determinism =
        Determinism::Start(call.second_process, {.text = call.catalog.text});
    if (determinism.ok()) options->determinism = determinism->get();
  }
  absl::StatusOr<ShrunkFailure> failure = absl::CancelledError("interrupted");
  // A step of a run of hundreds of thousands of decisions takes seconds.
  if (RunInterruptibly([&] {
        failure =
            ShrinkAndShow(call.catalog, call.console, *file, *files, *options);
      }) == WorkEnd::kLeftRunning) {
    SayThatItWasInterrupted(call, *file);
    LeaveAtOnce(call.console, kExitInterrupted);
  }
  if (absl::IsCancelled(failure.status())) {
    SayThatItWasInterrupted(call, *file);
    return kExitInterrupted;
  }
  if (absl::IsFailedPrecondition(failure.status())) {
    return SayThatItHolds(call, *file, failure.status());
  }
  if (!failure.ok()) return RefuseCall(call, failure.status());
  if (call.arguments.Has("json")) {
    call.console.out << ShrinkJson(file->scenario, failure->shrunk,
                                   failure->replay_file, failure->story);
  } else {
    call.console.out << DescribeShrunk(call.catalog, call.console, *file,
                                       *failure);
  }
  return InterruptGuard::WasInterrupted() ? kExitInterrupted : kExitViolated;
}

}  // namespace

Command ShrinkCommand() {
  return {
      .spec = {.name = "shrink",
               .about = "reduce a failing trial to the operations and faults "
                        "that matter",
               .flags = {ScenarioFlag(),
                         {"seed", "N", "the seed to shrink"},
                         BugFlag(),
                         OptionFlag(),
                         ShrinkFlag(),
                         ShrinkSecondsFlag(),
                         JobsFlag(),
                         {.name = "out",
                          .value_name = "DIR",
                          .about = "folder for what is left; by default that "
                                   "of FILE, or out"},
                         {.name = "html",
                          .value_name = "FILE",
                          .about = "the page that draws it; by default beside "
                                   "what is left"},
                         WatchdogFlag(),
                         {.name = "json", .about = "print one JSON object"}},
               .positional_name = "FILE",
               .positional_about = "a replay file, as sweep saves them"},
      .run = RunShrink};
}

}  // namespace reprise::cli
