// The command `branch`: what made one trial fail.

#include <cstdint>
#include <filesystem>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/branch/causes.h"
#include "reprise/sim/explore/branch/turning_point.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/branch_report.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/replay_comparison.h"
#include "reprise/sim/explore/cli/status_line.h"
#include "reprise/sim/explore/cli/trial_file.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise::cli {
namespace {

constexpr uint64_t kTrialsMax = 100'000'000;

class BranchRun {
 public:
  explicit BranchRun(const CommandCall& call)
      : call_(call),
        as_json_(call.arguments.Has("json")),
        status_line_(call.console),
        file_(NamedTrial(call.arguments, call.catalog)) {}

  // Returns the exit status.
  int Run() {
    absl::Status status = ReadFlags();
    if (status.ok()) status = Find();
    status_line_.Clear();
    if (causes_.ok()) Print();
    if (InterruptGuard::WasInterrupted()) {
      if (!causes_.ok()) PrintInterrupted();
      return kExitInterrupted;
    }
    if (status.ok() && call_.arguments.Has("out")) status = Save();
    if (!status.ok()) return RefuseCall(call_, status);
    const VerdictKind kind = causes_->run.result().verdict.kind;
    return ExitStatusOf(kind == VerdictKind::kViolated,
                        kind == VerdictKind::kUndecided);
  }

 private:
  absl::Status ReadFlags() {
    const absl::StatusOr<WatchOptions> watch = ParseWatch(call_.arguments);
    if (!watch.ok()) return watch.status();
    const absl::StatusOr<int> jobs = ParseJobs(call_.arguments);
    if (!jobs.ok()) return jobs.status();
    if (call_.arguments.Has("trials")) {
      const absl::StatusOr<uint64_t> trials =
          ParseNumber("trials", call_.arguments.Value("trials"),
                      kBranchTrialsMin, kTrialsMax);
      if (!trials.ok()) return trials.status();
      options_.trials = *trials;
    }
    options_.watch = *watch;
    options_.jobs = *jobs;
    options_.text = call_.catalog.text;
    options_.should_stop = InterruptGuard::WasInterrupted;
    options_.on_progress = [this](uint64_t trials) { Tell(trials); };
    absl::StatusOr<ReplayFile> file =
        ReadTrial(call_.arguments, call_.catalog,
                  {.watch = *watch, .should_stop = options_.should_stop});
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    return call_.arguments.Has("out") ? CheckOut() : absl::OkStatus();
  }

  absl::Status Find() {
    const absl::StatusOr<const Scenario*> scenario =
        FindScenario(call_.catalog, file_.scenario);
    if (!scenario.ok()) return scenario.status();
    if (!file_.bug.empty()) {
      const absl::StatusOr<const PlantedBug*> bug =
          FindBug(call_.catalog, file_.bug);
      if (!bug.ok()) return bug.status();
    }
    causes_ = FindCauses(**scenario, file_.bug, file_.timeline, options_);
    return causes_.status();
  }

  void Tell(uint64_t trials) {
    status_line_.Update([&](double) {
      return absl::StrCat(file_.scenario, " · ", WithThousands(trials), " of ",
                          WithThousands(options_.trials), " trials");
    });
  }

  void Print() {
    std::ostream& out = call_.console.out;
    if (as_json_) {
      out << CausesJson(file_.scenario, *causes_, options_.text,
                        status_line_.Seconds());
      return;
    }
    const TrialResult& result = causes_->run.result();
    out << DescribeVerdict(file_.scenario, result, call_.console.use_colour);
    if (result.verdict.kind == VerdictKind::kViolated) {
      out << DescribeCauses(*causes_, options_.text)
          << absl::StrFormat("  %s in %.1f s\n",
                             Count(causes_->trials, "trial"),
                             status_line_.Seconds());
    } else {
      out << DescribeNoFailure(result);
    }
  }

  // There is nothing to branch.
  std::string DescribeNoFailure(const TrialResult& result) const {
    return absl::StrFormat(
               "  it does not fail, so nothing is branched; digest %016x\n",
               result.digest) +
           DescribeComparison(
               {.trial = causes_->run.trial, .expected = file_.expected});
  }

  void PrintInterrupted() {
    Causes nothing;
    nothing.run.trial.result = InterruptedResult(file_);
    call_.console.out << (as_json_ ? CausesJson(file_.scenario, nothing,
                                                options_.text,
                                                status_line_.Seconds())
                                   : DescribeVerdict(file_.scenario,
                                                     nothing.run.result(),
                                                     call_.console.use_colour));
  }

  // Where --out saves the file: under the name of the one that was given, or as
  // a sweep would name it.
  std::string NameOfOut() const {
    if (!call_.arguments.positionals().empty()) {
      return std::filesystem::path(call_.arguments.positionals().front())
          .filename()
          .string();
    }
    return ReplayFileName(file_.scenario,
                          {.bug = file_.bug, .options = file_.timeline.options},
                          file_.timeline.seed);
  }

  absl::Status CheckOut() const {
    const std::string folder = call_.arguments.Value("out");
    const std::string path = absl::StrCat(folder, "/", NameOfOut());
    std::error_code missing;
    if (std::filesystem::exists(path, missing)) {
      return absl::InvalidArgumentError(
          absl::StrCat("--out=", Echo(folder), " would replace ", Echo(path),
                       "; expected another folder."));
    }
    return ProbeFolder(folder, NameOfOut());
  }

  // The trial as it was played, with its turning point.
  absl::Status Save() const {
    ReplayFile file =
        ToReplayFile(file_.scenario, file_.bug, causes_->run.trial,
                     file_.timeline.edits.reseeds);
    file.expected->turning_point = ExpectedTurnOf(*causes_);
    const std::string folder = call_.arguments.Value("out");
    absl::Status status = MakeFolder(folder);
    if (!status.ok()) return status;
    const std::string path = absl::StrCat(folder, "/", NameOfOut());
    status = WriteReplayFile(path, file);
    if (status.ok()) call_.console.err << "saved " << path << "\n";
    return status;
  }

  const CommandCall& call_;
  const bool as_json_;
  StatusLine status_line_;
  ReplayFile file_;
  CausesOptions options_;
  absl::StatusOr<Causes> causes_ = absl::UnknownError("nothing was played");
};

int RunBranch(const CommandCall& call) {
  const InterruptGuard interrupt;
  return BranchRun(call).Run();
}

}  // namespace

Command BranchCommand() {
  return {
      .spec = {.name = "branch",
               .about = "find the event at which a failing trial turned",
               .flags = {ScenarioFlag(),
                         {"seed", "N", "the seed to run"},
                         BugFlag(),
                         OptionFlag(),
                         {.name = "trials",
                          .value_name = "N",
                          .about = absl::StrCat(
                              "runs that other seeds take over; by default ",
                              kUsualBranchTrials)},
                         JobsFlag(),
                         WatchdogFlag(),
                         {"out", "DIR",
                          "save the trial with its turning point as a replay "
                          "file"},
                         {.name = "json", .about = "print one JSON object"}},
               .positional_name = "FILE",
               .positional_about = "a replay file, as sweep saves them"},
      .run = RunBranch};
}

}  // namespace reprise::cli
