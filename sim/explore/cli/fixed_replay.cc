// `replay FILE --fixed`: whether the bug is gone of which FILE is left.

#include <cstdint>
#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/branch/fixed_check.h"
#include "reprise/sim/explore/branch/timed_run.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/branch_report.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/output_files.h"
#include "reprise/sim/explore/cli/status_line.h"
#include "reprise/sim/explore/cli/trial_file.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise::cli {
namespace {

// What goes with --fixed.
constexpr const char* kOtherFlags[] = {
    "trace",       "log-level",  "until",
    "break",       "in-process", "html",
    "perfetto",    "events",     "check-determinism",
    "calm-except", "max-steps",  "max-time"};

class FixedReplay {
 public:
  explicit FixedReplay(const CommandCall& call)
      : call_(call),
        as_json_(call.arguments.Has("json")),
        status_line_(call.console) {}

  // Returns the exit status.
  int Run() {
    absl::Status status = ReadFlags();
    if (status.ok()) status = Check();
    status_line_.Clear();
    if (check_.ok()) Print();
    if (InterruptGuard::WasInterrupted()) {
      if (!check_.ok()) PrintInterrupted();
      return kExitInterrupted;
    }
    if (status.ok()) status = SaveFailure();
    if (!status.ok()) return RefuseCall(call_, status);
    const VerdictKind kind = check_->run.result().verdict.kind;
    return ExitStatusOf(
        check_->failures + (kind == VerdictKind::kViolated ? 1 : 0),
        check_->undecided + (kind == VerdictKind::kUndecided ? 1 : 0));
  }

 private:
  absl::Status ReadFlags() {
    for (const char* flag : kOtherFlags) {
      if (!call_.arguments.Has(flag)) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          "--fixed plays many runs; --", flag, " cannot be given with it."));
    }
    if (call_.arguments.positionals().empty()) {
      return absl::InvalidArgumentError(
          "--fixed needs the FILE of a failure that has been mended.");
    }
    const absl::StatusOr<WatchOptions> watch = ParseWatch(call_.arguments);
    if (!watch.ok()) return watch.status();
    watch_ = *watch;
    absl::StatusOr<ReplayFile> file = ReadTrial(
        call_.arguments, call_.catalog,
        {.watch = watch_, .should_stop = InterruptGuard::WasInterrupted});
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    if (file_.bug.empty()) return absl::OkStatus();
    return FindBug(call_.catalog, file_.bug).status();
  }

  absl::Status Check() {
    const absl::StatusOr<const Scenario*> scenario =
        FindScenario(call_.catalog, file_.scenario);
    if (!scenario.ok()) return scenario.status();
    const absl::Status status = PlanOut();
    if (!status.ok()) return status;
    const FixedCheckOptions options{
        .jobs = DefaultJobs(),
        .watch = watch_,
        .should_stop = InterruptGuard::WasInterrupted,
        .on_progress = [this](uint64_t runs, uint64_t planned) {
          Tell(runs, planned);
        }};
    // A step of a run of hundreds of thousands of decisions takes seconds.
    if (RunInterruptibly([&] {
          check_ = CheckFixed(**scenario, file_, options);
        }) == WorkEnd::kLeftRunning) {
      status_line_.Clear();
      PrintInterrupted();
      LeaveAtOnce(call_.console, kExitInterrupted);
    }
    return check_.status();
  }

  // Where --out saves a failure, if anywhere: not over the file that is played.
  absl::Status PlanOut() {
    if (!call_.arguments.Has("out")) return absl::OkStatus();
    const absl::StatusOr<std::string> name = NameToSave(call_.arguments, file_);
    if (!name.ok()) return name.status();
    const std::string fixed = absl::StrCat("fixed-", *name);
    const OutputFile saved = FileInFolder(call_.arguments, "out", fixed);
    out_ = saved.path;
    const absl::Status status =
        CheckOutputFiles({saved}, call_.arguments.positionals());
    if (!status.ok()) return status;
    return ProbeFolder(call_.arguments.Value("out"), fixed);
  }

  void Tell(uint64_t runs, uint64_t planned) {
    // The line is no more that of the thread that plays.
    if (InterruptGuard::WasInterrupted()) return;
    status_line_.Update([&](double) {
      return absl::StrCat(file_.scenario, " · ", WithThousands(runs), " of ",
                          WithThousands(planned), " runs");
    });
  }

  void Print() {
    if (as_json_) {
      call_.console.out << FixedJson(file_.scenario, *check_);
      return;
    }
    call_.console.out << DescribeVerdict(file_.scenario, check_->run.result(),
                                         call_.console.use_colour)
                      << DescribeFixed(*check_);
    if (check_->failures == 0) return;
    call_.console.out << DescribeVerdict(
        "the first that fails", check_->failure, call_.console.use_colour);
    if (!call_.arguments.Has("out")) {
      call_.console.out << "  --out=DIR saves it as a replay file\n";
    }
  }

  void PrintInterrupted() {
    FixedCheck nothing;
    nothing.run.trial.result = InterruptedResult(file_);
    call_.console.out << (as_json_ ? FixedJson(file_.scenario, nothing)
                                   : DescribeVerdict(file_.scenario,
                                                     nothing.run.result(),
                                                     call_.console.use_colour));
  }

  absl::Status SaveFailure() const {
    if (!check_->failing || out_.empty()) return absl::OkStatus();
    absl::Status status = MakeFolder(call_.arguments.Value("out"));
    if (!status.ok()) return status;
    const Verdict& verdict = check_->failure.verdict;
    status = WriteReplayFile(
        out_, {.scenario = file_.scenario,
               .bug = file_.bug,
               .timeline = *check_->failing,
               .expected = ExpectedResult{.verdict = verdict.kind,
                                          .property = verdict.property,
                                          .message = verdict.message,
                                          .digest = check_->failure.digest}});
    if (status.ok()) call_.console.err << "saved " << out_ << "\n";
    return status;
  }

  const CommandCall& call_;
  const bool as_json_;
  StatusLine status_line_;
  WatchOptions watch_;
  ReplayFile file_;
  std::string out_;  // Where a failure is saved; empty: nowhere.
  absl::StatusOr<FixedCheck> check_ = absl::UnknownError("nothing was played");
};

}  // namespace

int RunFixedReplay(const CommandCall& call) {
  const InterruptGuard interrupt;
  return FixedReplay(call).Run();
}

}  // namespace reprise::cli
