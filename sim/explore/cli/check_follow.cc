#include "reprise/sim/explore/cli/check_follow.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "reprise/checker/followed_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/sim/explore/cli/check_models.h"
#include "reprise/sim/explore/cli/check_report.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/follow_run.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/status_line.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/suggestion.h"

namespace reprise::cli {
namespace {

constexpr uint64_t kMostIdleSeconds = 1'000'000;

absl::StatusOr<FollowPlan> PlanFollow(const Arguments& arguments,
                                      const CheckPlan& check) {
  FollowPlan plan = {.file = check.files.front(), .budget = check.budget};
  plan.options.reading = check.reading;
  if (check.model && check.model->check) {
    plan.options.model = check.model;
  } else if (check.model) {
    plan.options.expect = [model = check.model->name](
                              checker::OperationKind kind, uint32_t line) {
      return ExpectKindOf(model, kind, line);
    };
  }
  if (arguments.Has("order")) {
    const std::string order = arguments.Value("order");
    if (order != "calls" && order != "any") {
      return UnknownName("value of --order", order, {"any", "calls"});
    }
    if (order == "calls") plan.options.order = checker::LineOrder::kByCall;
  }
  if (arguments.Has("idle-seconds")) {
    const absl::StatusOr<uint64_t> seconds = ParseNumber(
        "idle-seconds", arguments.Value("idle-seconds"), 1, kMostIdleSeconds);
    if (!seconds.ok()) return seconds.status();
    plan.idle_seconds = *seconds;
  }
  return plan;
}

// Says once that there will be no verdict before the end.
void TellOfTheEnd(Console& console, const FollowRun& run, StatusLine& status,
                  bool& has_told) {
  if (has_told || !run.IsJudgedAtEnd()) return;
  has_told = true;
  status.Clear();
  console.err
      << "judged only at the end, as a line may still tell of an earlier call; "
         "lines of calls (\"return\":\"later\") or --order=calls would change "
         "that\n";
  console.err.flush();
}

}  // namespace

std::vector<Flag> FollowFlags() {
  return {{.name = "follow",
           .about = "judge FILE while it is written, until an answer is "
                    "illegal, a pipe ends or Ctrl-C"},
          {"order", "ORDER",
           "of followed lines that are whole operations: any, or calls; by "
           "default any, which is judged at the end"},
          {"idle-seconds", "N",
           "end a followed history when nothing has come for so long"}};
}

absl::Status CheckFollowFlags(const Arguments& arguments) {
  if (!arguments.Has("follow")) {
    for (const char* flag : {"order", "idle-seconds"}) {
      if (!arguments.Has(flag)) continue;
      return absl::InvalidArgumentError(
          absl::StrCat("--", flag, " needs --follow."));
    }
    return absl::OkStatus();
  }
  for (const char* flag : {"html", "jobs"}) {
    if (!arguments.Has(flag)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("--", flag, " does not go with --follow; `check FILE --",
                     flag, "=...` judges what has been written."));
  }
  std::error_code ignored;
  const std::vector<std::string>& files = arguments.positionals();
  if (files.size() == 1 &&
      !std::filesystem::is_directory(files.front(), ignored)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      files.size() == 1
          ? Echo(files.front()) + ": found a folder, expected a file to follow"
          : "--follow needs one FILE, or - for standard input.");
}

absl::StatusOr<int> RunFollow(const Arguments& arguments,
                              const CheckPlan& check, Console& console) {
  const absl::StatusOr<FollowPlan> plan = PlanFollow(arguments, check);
  if (!plan.ok()) return plan.status();
  const InterruptGuard guard;
  FollowRun run(*plan);
  StatusLine status(console);
  bool has_told = false;
  const WorkEnd end = RunInterruptibly(
      [&] { run.Run(); }, {.grace_seconds = 0.8,
                           .look =
                               [&] {
                                 TellOfTheEnd(console, run, status, has_told);
                                 status.Update([&](double seconds) {
                                   return run.DescribeProgress(seconds);
                                 });
                               },
                           .stop = [&] { run.Stop(); }});
  status.Clear();
  const CheckReport report = run.Report(end);
  PrintCheck(report, check.as_json, console);
  if (end == WorkEnd::kLeftRunning) {
    LeaveAtOnce(console, kExitInterrupted);
  }
  return InterruptGuard::WasInterrupted() ? kExitInterrupted
                                          : report.ExitStatus();
}

}  // namespace reprise::cli
