// The command `check`: judges recorded histories from any source.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/named_model.h"
#include "reprise/checker/report/whole_file.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/check_follow.h"
#include "reprise/sim/explore/cli/check_inputs.h"
#include "reprise/sim/explore/cli/check_report.h"
#include "reprise/sim/explore/cli/check_run.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/output_files.h"
#include "reprise/sim/explore/cli/reading_flags.h"
#include "reprise/sim/explore/cli/status_line.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/echo.h"

namespace reprise::cli {
namespace {

absl::Status ReadBudget(const Arguments& arguments, checker::Budget* budget) {
  const auto read = [&](const char* flag, uint64_t* value) -> absl::Status {
    if (!arguments.Has(flag)) return absl::OkStatus();
    const absl::StatusOr<uint64_t> given = ParseNumber(
        flag, arguments.Value(flag), 1, std::numeric_limits<uint64_t>::max());
    if (given.ok()) *value = *given;
    return given.status();
  };
  absl::Status status = read("budget-states", &budget->states);
  if (status.ok()) status = read("budget-bytes", &budget->bytes);
  if (status.ok()) status = read("budget-total-states", &budget->total_states);
  // Who asks for more states of one key means them in all, too.
  budget->total_states = std::max(budget->total_states, budget->states);
  return status;
}

absl::Status ReadNames(const CommandCall& call, CheckPlan* plan) {
  const Arguments& arguments = call.arguments;
  if (arguments.Has("model")) {
    absl::StatusOr<checker::NamedModel> model =
        FindModel(call.catalog, arguments.Value("model"));
    if (!model.ok()) return model.status();
    plan->model = *std::move(model);
  }
  const bool has_check = plan->model && plan->model->check;
  absl::StatusOr<checker::ReaderOptions> reading = ReadingOptions(
      arguments, has_check ? Operations::kAny : Operations::kKeyValue);
  if (!reading.ok()) return reading.status();
  plan->reading = *std::move(reading);
  if (has_check) plan->reading.takes_vectors = plan->model->takes_vectors;
  return absl::OkStatus();
}

// The page must not replace what is judged, and its place must take it before
// minutes are spent.
absl::Status CheckPage(const Arguments& arguments, const CheckPlan& plan) {
  if (plan.page.empty()) return absl::OkStatus();
  std::vector<std::string> inputs = plan.files;
  std::replace(inputs.begin(), inputs.end(), std::string("-"),
               std::string("/dev/stdin"));
  const absl::Status status =
      CheckOutputFiles({FileOfFlag(arguments, "html")}, inputs);
  return status.ok() ? checker::ProbeWholeFile(plan.page) : status;
}

absl::StatusOr<CheckPlan> PlanCheck(const CommandCall& call) {
  const Arguments& arguments = call.arguments;
  CheckPlan plan;
  if (arguments.positionals().empty()) {
    return absl::InvalidArgumentError(
        "needs a FILE, a folder, or - for standard input.");
  }
  absl::Status status = CheckFollowFlags(arguments);
  if (status.ok()) status = ReadNames(call, &plan);
  if (status.ok()) status = ReadBudget(arguments, &plan.budget);
  if (!status.ok()) return status;
  const absl::StatusOr<int> jobs = ParseJobs(arguments);
  if (!jobs.ok()) return jobs.status();
  plan.jobs = *jobs;
  absl::StatusOr<std::vector<std::string>> files =
      ExpandFolders(arguments.positionals());
  if (!files.ok()) return files.status();
  plan.files = *std::move(files);
  plan.page = arguments.Value("html");
  status = CheckPage(arguments, plan);
  if (!status.ok()) return status;
  plan.as_json = arguments.Has("json");
  return plan;
}

int RunCheck(const CommandCall& call) {
  const absl::StatusOr<CheckPlan> plan = PlanCheck(call);
  if (!plan.ok()) return RefuseCall(call, plan.status());
  if (call.arguments.Has("follow")) {
    const absl::StatusOr<int> status =
        RunFollow(call.arguments, *plan, call.console);
    return status.ok() ? *status : RefuseCall(call, status.status());
  }
  const InterruptGuard guard;
  CheckRun run(*plan);
  StatusLine status(call.console);
  const WorkEnd end = RunInterruptibly(
      [&] { run.Run(); }, {.grace_seconds = 0.15,
                           .look =
                               [&] {
                                 status.Update([&](double seconds) {
                                   return run.DescribeProgress(seconds);
                                 });
                               },
                           .stop = [&] { run.Stop(); }});
  status.Clear();
  const CheckReport report = run.Report(end);
  PrintCheck(report, plan->as_json, call.console);
  if (end == WorkEnd::kLeftRunning) {
    if (!plan->page.empty()) {
      call.console.err << Echo(plan->page) << ": interrupted, so not written\n";
    }
    LeaveAtOnce(call.console, kExitInterrupted);
  }
  if (!plan->page.empty()) {
    const absl::StatusOr<std::string> shown = run.WritePage();
    if (!shown.ok()) return RefuseCall(call, shown.status());
    if (!plan->as_json) {
      call.console.out << "page: " << plan->page << " shows " << *shown << "\n";
    }
  }
  return InterruptGuard::WasInterrupted() ? kExitInterrupted
                                          : report.ExitStatus();
}

}  // namespace

Command CheckCommand() {
  Command command = {
      .spec = {.name = "check",
               .about = "judge recorded histories",
               .flags = {{"model", "NAME",
                          "what the operations are of, such as queue; `list` "
                          "names all; by default of a key/value store or a "
                          "register"},
                         {"html", "FILE",
                          "write a page that shows the history"},
                         {"budget-states", "N",
                          "states that the search of one key may visit"},
                         {"budget-bytes", "N",
                          "memory that the search of one key may use"},
                         {"budget-total-states", "N",
                          "states that all searches of a history may visit, "
                          "and once more its explanation"},
                         JobsFlag(),
                         {.name = "json", .about = "print one JSON object"}},
               .positional_name = "FILE",
               .positional_about = "a file of histories, a folder of such "
                                   "files, or - for standard input",
               .many_positionals = true},
      .run = RunCheck};
  std::vector<Flag>& flags = command.spec.flags;
  const std::vector<Flag> reading = ReadingFlags();
  flags.insert(flags.begin() + 1, reading.begin(), reading.end());
  const std::vector<Flag> follow = FollowFlags();
  flags.insert(flags.begin() + 1, follow.begin(), follow.end());
  return command;
}

}  // namespace reprise::cli
