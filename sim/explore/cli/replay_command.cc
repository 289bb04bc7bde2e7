// The command `replay`: one trial again, from its seed or from a file.

#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/output_files.h"
#include "reprise/sim/explore/cli/replay_comparison.h"
#include "reprise/sim/explore/cli/replay_views.h"
#include "reprise/sim/explore/cli/trial_file.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/cli/view_flags.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/report/json_report.h"
#include "reprise/sim/explore/report/reached_marks.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/sweep/replay.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/trace/text.h"

namespace reprise::cli {
namespace {

// Keeps of the trial only what --calm-except names. From a seed, the trial is
// run once to learn its decisions.
absl::Status MakeCalm(const CommandCall& call, const PlayOptions& options,
                      ReplayFile& file) {
  Edits& edits = file.timeline.edits;
  if (edits.base == Base::kSeed || !edits.reseeds.empty()) {
    PlayOptions to_the_end = options;
    to_the_end.until.reset();
    const absl::StatusOr<Replay> whole = Play(call.catalog, file, to_the_end);
    if (!whole.ok()) return whole.status();
    edits.schedule = whole->trial.schedule;
  }
  absl::StatusOr<Schedule> kept =
      KeepOnly(edits.schedule, call.arguments.Value("calm-except"));
  if (!kept.ok()) return kept.status();
  edits = {.base = Base::kCalm, .schedule = *std::move(kept)};
  file.expected.reset();
  return absl::OkStatus();
}

// What the flags say of how to play.
absl::StatusOr<PlayOptions> ReadPlayOptions(const CommandCall& call) {
  TrialOptions budgets;
  const absl::Status status = ReadBudgets(call.arguments, budgets);
  if (!status.ok()) return status;
  const absl::StatusOr<WatchOptions> watch = ParseWatch(call.arguments);
  if (!watch.ok()) return watch.status();
  PlayOptions options;
  options.max_steps = budgets.max_steps;
  options.max_time = budgets.max_time;
  options.watch = *watch;
  options.should_stop = InterruptGuard::WasInterrupted;
  const absl::Status viewed = ReadViewFlags(call.arguments, options);
  if (!viewed.ok()) return viewed;
  return options;
}

// What the scenario of the file is to reach.
std::vector<std::string> MarksOf(const CommandCall& call,
                                 const ReplayFile& file) {
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(call.catalog, file.scenario);
  return scenario.ok() ? (*scenario)->marks : std::vector<std::string>();
}

std::string DescribeReplay(const CommandCall& call, const ReplayFile& file,
                           const Replay& replay) {
  const TrialResult& result = replay.trial.result;
  std::string text =
      DescribeVerdict(file.scenario, result, call.console.use_colour);
  text += DescribeFaultsAndMix(result);
  text +=
      DescribeMarkCounts(FindReachedMarks({MarksOf(call, file)}, result.marks));
  absl::StrAppendFormat(&text, "  digest %016x · %s · %s virtual · %s · %s\n",
                        result.digest, Count(result.events, "event"),
                        FormatTime(result.virtual_time),
                        Count(result.network.calls, "call"),
                        Count(result.operations, "operation"));
  if (replay.trial.is_repeated) {
    text += "  repeated in another process: no difference\n";
  }
  return text + DescribeComparison(replay) + DescribeUnused(replay);
}

// Whether what is written can be: no file is the one that is played, or that of
// another flag.
absl::Status CheckFiles(const CommandCall& call, const ReplayViews& views,
                        const ReplayFile& file) {
  std::vector<OutputFile> outputs = views.Files();
  std::string name;
  if (call.arguments.Has("out")) {
    const absl::StatusOr<const Scenario*> scenario =
        FindScenario(call.catalog, file.scenario);
    if (!scenario.ok()) return scenario.status();
    const absl::StatusOr<std::string> saved = NameToSave(call.arguments, file);
    if (!saved.ok()) return saved.status();
    name = *saved;
    outputs.push_back(FileInFolder(call.arguments, "out", name));
  }
  absl::Status status = CheckOutputFiles(outputs, call.arguments.positionals());
  if (status.ok()) status = views.Check();
  if (status.ok() && call.arguments.Has("out")) {
    status = ProbeFolder(call.arguments.Value("out"), name);
  }
  return status;
}

absl::Status SaveReplay(const CommandCall& call, const ReplayFile& file,
                        const Replay& replay) {
  const absl::StatusOr<std::string> name = NameToSave(call.arguments, file);
  if (!name.ok()) return name.status();
  const std::string folder = call.arguments.Value("out");
  absl::Status status = MakeFolder(folder);
  if (!status.ok()) return status;
  const std::string path = absl::StrCat(folder, "/", *name);
  status =
      WriteReplayFile(path, ToReplayFile(file.scenario, file.bug, replay.trial,
                                         file.timeline.edits.reseeds));
  if (status.ok()) call.console.err << "saved " << path << "\n";
  return status;
}

// Null where nobody asked for it: neither the user nor a file whose trial was
// different in two processes.
absl::StatusOr<std::unique_ptr<Determinism>> StartDeterminism(
    const CommandCall& call, const ReplayFile& file) {
  const bool is_expected =
      file.expected && file.expected->property == kDeterminismProperty;
  if (!is_expected && !call.arguments.Has("check-determinism")) return nullptr;
  return Determinism::Start(call.second_process, {.text = call.catalog.text});
}

// One replay, from the reading of its file to what is known of it.
class ReplayRun {
 public:
  explicit ReplayRun(const CommandCall& call)
      : call_(call),
        has_file_(!call.arguments.positionals().empty()),
        as_json_(call.arguments.Has("json")),
        story_(as_json_ ? call.console.err : call.console.out),
        views_(call.arguments, call.catalog),
        file_(NamedTrial(call.arguments, call.catalog)) {}

  // Returns the exit status.
  int Run() {
    absl::Status status = TryToRun();
    // The results count, too, where they could not be saved.
    if (replay_.ok()) Print();
    if (status.ok()) status = views_.Write(file_, *replay_, story_);
    if (InterruptGuard::WasInterrupted()) {
      if (!replay_.ok()) PrintInterrupted();
      return kExitInterrupted;
    }
    if (!status.ok()) return RefuseCall(call_, status);
    const VerdictKind kind = replay_->trial.result.verdict.kind;
    return ExitStatusOf(kind == VerdictKind::kViolated,
                        kind == VerdictKind::kUndecided);
  }

 private:
  absl::Status TryToRun() {
    const absl::StatusOr<PlayOptions> options = ReadPlayOptions(call_);
    if (!options.ok()) return options.status();
    absl::StatusOr<ReplayFile> file =
        ReadTrial(call_.arguments, call_.catalog,
                  {.watch = options->watch,
                   .should_stop = InterruptGuard::WasInterrupted});
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    // Before the trial takes its time.
    absl::Status status = CheckFiles(call_, views_, file_);
    if (!status.ok()) return status;
    if (call_.arguments.Has("calm-except")) {
      status = MakeCalm(call_, *options, file_);
      if (!status.ok()) return status;
    }
    status = PlayOnce(*options);
    // With other options the run has other nodes.
    if (status.ok() && has_file_ && !call_.arguments.Has("option")) {
      status = CheckWords(call_.arguments.positionals().front(), *replay_);
    }
    if (status.ok() && call_.arguments.Has("out")) {
      status = SaveReplay(call_, file_, *replay_);
    }
    return status;
  }

  absl::Status PlayOnce(PlayOptions options) {
    options.text = call_.catalog.text;
    options.text.use_colour = !as_json_ && call_.console.use_colour;
    if (call_.arguments.Has("trace")) {
      options.on_line = [&](std::string_view line) { story_ << line << "\n"; };
      options.on_pause = [&] { story_.flush(); };
    }
    absl::StatusOr<std::unique_ptr<Determinism>> determinism = nullptr;
    // To start a program a second time takes as long as its main() does.
    if (RunInterruptibly([&] {
          determinism = StartDeterminism(call_, file_);
        }) == WorkEnd::kLeftRunning) {
      PrintInterrupted();
      LeaveAtOnce(call_.console, kExitInterrupted);
    }
    if (!determinism.ok()) return determinism.status();
    options.determinism = determinism->get();
    options.profiles_memory = true;
    views_.Watch(options);
    replay_ = Play(call_.catalog, file_, options);
    if (replay_.ok()) call_.console.err << replay_->printed;
    return replay_.status();
  }

  void Print() {
    if (as_json_) {
      const ReplayComparison comparison{
          .is_alike = replay_->IsAlike(),
          .unused_decisions =
              replay_->trial.unused.size() + replay_->trial.unfit.size(),
          .first_difference = replay_->FirstDifference()};
      call_.console.out << ReplayJson(file_.scenario, replay_->trial.result,
                                      MarksOf(call_, file_),
                                      has_file_ ? &comparison : nullptr);
    } else {
      call_.console.out << DescribeReplay(call_, file_, *replay_);
    }
  }

  void PrintInterrupted() {
    const TrialResult result = InterruptedResult(file_);
    call_.console.out << (as_json_ ? ReplayJson(file_.scenario, result,
                                                MarksOf(call_, file_), nullptr)
                                   : DescribeVerdict(file_.scenario, result,
                                                     call_.console.use_colour));
  }

  const CommandCall& call_;
  const bool has_file_;
  const bool as_json_;
  // With --json one object and nothing else is on standard output.
  std::ostream& story_;
  ReplayViews views_;
  ReplayFile file_;
  absl::StatusOr<Replay> replay_ = absl::UnknownError("it was not played");
};

int RunReplay(const CommandCall& call) {
  if (call.arguments.Has("fixed")) return RunFixedReplay(call);
  const InterruptGuard interrupt;
  return ReplayRun(call).Run();
}

}  // namespace

Command ReplayCommand() {
  return {
      .spec = {.name = "replay",
               .about = "run one trial again, from its seed or from a file",
               .flags = {ScenarioFlag(),
                         {"seed", "N", "the seed to run"},
                         BugFlag(),
                         OptionFlag(),
                         TraceFlag(),
                         LogLevelFlag(),
                         UntilFlag(),
                         BreakFlag(),
                         InProcessFlag(),
                         {.name = "check-determinism",
                          .about = "run it a second time, in another process, "
                                   "and compare"},
                         {.name = "calm-except",
                          .value_name = "DECISIONS",
                          .about = "make every decision calm but these: "
                                   "ENTITY, PURPOSE or "
                                   "ENTITY:PURPOSE[:PLACE], comma-separated",
                          .may_be_empty = true},
                         {.name = "fixed",
                          .about = "re-seed where the FILE turned: whether the "
                                   "bug is gone"},
                         {"out", "DIR",
                          "save what was played as a replay file"},
                         HtmlFlag(),
                         PerfettoFlag(),
                         EventsFlag(),
                         MaxStepsFlag(),
                         MaxTimeFlag(),
                         WatchdogFlag(),
                         {.name = "json", .about = "print one JSON object"}},
               .positional_name = "FILE",
               .positional_about = "a replay file, as sweep saves them"},
      .run = RunReplay};
}

}  // namespace reprise::cli
