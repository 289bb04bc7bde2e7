// The command `check`: judges recorded histories from any source.

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/explain.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/report/key_value_page.h"
#include "reprise/checker/report/whole_file.h"
#include "reprise/sim/explore/cli/arguments.h"
#include "reprise/sim/explore/cli/check_inputs.h"
#include "reprise/sim/explore/cli/check_models.h"
#include "reprise/sim/explore/cli/check_report.h"
#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/cli/reading_flags.h"
#include "reprise/sim/explore/cli/trial_flags.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/sweep/wall_clock.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/file_error.h"
#include "reprise/sim/explore/trial/models.h"
#include "reprise/sim/explore/trial/suggestion.h"

namespace reprise::cli {
namespace {

using checker::Outcome;
using checker::RecordedHistory;

constexpr size_t kWorthThreads = 1000;  // operations

struct CheckPlan {
  std::vector<std::string> files = {};
  checker::ReaderOptions reading = {};
  std::string model = {};  // "": whatever operations there are
  checker::Budget budget = {};
  int jobs = 1;
  std::string page = {};
  bool as_json = false;
};

absl::Status ReadBudget(const Arguments& arguments, checker::Budget* budget) {
  const auto read = [&](const char* flag, uint64_t* value) -> absl::Status {
    if (!arguments.Has(flag)) return absl::OkStatus();
    const absl::StatusOr<uint64_t> given = ParseNumber(
        flag, arguments.Value(flag), 1, std::numeric_limits<uint64_t>::max());
    if (given.ok()) *value = *given;
    return given.status();
  };
  absl::Status status = read("budget-states", &budget->states);
  return status.ok() ? read("budget-bytes", &budget->bytes) : status;
}

absl::Status ReadNames(const Arguments& arguments, CheckPlan* plan) {
  absl::StatusOr<checker::ReaderOptions> reading = ReadingOptions(arguments);
  if (!reading.ok()) return reading.status();
  plan->reading = *std::move(reading);
  if (!arguments.Has("model")) return absl::OkStatus();
  plan->model = arguments.Value("model");
  std::vector<std::string> valid;
  for (const ModelInfo& model : Models()) {
    if (model.name == plan->model) return absl::OkStatus();
    valid.push_back(model.name);
  }
  return UnknownName("model", plan->model, valid);
}

// The page must not replace what is judged, and its place must take it before
// minutes are spent.
absl::Status CheckPage(const CheckPlan& plan) {
  if (plan.page.empty()) return absl::OkStatus();
  std::error_code missing;
  for (const std::string& file : plan.files) {
    if (!std::filesystem::equivalent(plan.page, file, missing)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("--html=", Echo(plan.page),
                     " would replace a history that is judged; expected "
                     "another file."));
  }
  const bool is_there = std::filesystem::exists(plan.page, missing);
  errno = 0;
  // Appending leaves what is there as it is.
  if (!std::ofstream(plan.page, std::ios::binary | std::ios::app)) {
    return FileError(plan.page, "cannot be written", errno);
  }
  if (!is_there) std::filesystem::remove(plan.page, missing);
  return absl::OkStatus();
}

absl::StatusOr<CheckPlan> PlanCheck(const Arguments& arguments) {
  CheckPlan plan;
  if (arguments.positionals().empty()) {
    return absl::InvalidArgumentError(
        "needs a FILE, a folder, or - for standard input.");
  }
  absl::Status status = ReadNames(arguments, &plan);
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
  status = CheckPage(plan);
  if (!status.ok()) return status;
  plan.as_json = arguments.Has("json");
  return plan;
}

// Judges one file after the other and keeps the history that a page is most
// wanted of: the first that is violated, else undecided, else the first.
class CheckRun {
 public:
  CheckRun(const CheckPlan& plan, std::ostream& errors)
      : plan_(plan), errors_(errors) {}

  void Run() {
    for (const std::string& file : plan_.files) {
      if (InterruptGuard::WasInterrupted()) return;
      ++files_begun_;
      CheckFile(file);
    }
  }

  // What Run() has found, once it has ended or was left running.
  CheckReport Report(WorkEnd end) {
    CheckReport report;
    if (end == WorkEnd::kDone || results_.TakeForEver()) report = report_;
    report.is_interrupted |= files_begun_ < plan_.files.size();
    if (end == WorkEnd::kLeftRunning && in_progress_) {
      report.histories.push_back(*in_progress_);
    }
    return report;
  }

  // What the page shows, or an error if there is no history or no such place.
  absl::StatusOr<std::string> WritePage() const {
    if (!page_place_) {
      return absl::InvalidArgumentError(
          absl::StrCat(Echo(plan_.page), ": there is no history to show"));
    }
    const CheckedHistory& shown = report_.histories[*page_place_];
    const absl::Status status = checker::WriteWholeFile(
        plan_.page,
        checker::KeyValuePage(
            {.title = shown.name,
             .recorded = page_history_,
             .verdict = shown.verdict,
             .explanation = shown.explanation ? &*shown.explanation : nullptr,
             .is_register = IsRegister(page_history_),
             .budget = plan_.budget}));
    if (!status.ok()) return status;
    return shown.name;
  }

 private:
  void CheckFile(const std::string& file) {
    const std::string name = file == "-" ? "standard input" : file;
    absl::StatusOr<checker::HistoryReader> reader =
        checker::HistoryReader::Open(file, plan_.reading);
    if (!reader.ok()) return AddError(name, reader.status());
    const size_t first = report_.histories.size();
    for (int number = 1;; ++number) {
      const std::string numbered =
          number == 1 ? name : absl::StrCat(name, "#", number);
      Begin(numbered);
      if (InterruptGuard::WasInterrupted()) return LeaveFile();
      RecordedHistory recorded;
      const Stopwatch stopwatch;
      const absl::StatusOr<bool> more = reader->Next(recorded);
      const double parse_seconds = stopwatch.Seconds();
      if (!more.ok()) return AddError(name, more.status());
      if (!*more) break;
      const absl::Status fits = plan_.model.empty()
                                    ? absl::OkStatus()
                                    : ExpectOperationsOf(plan_.model, recorded);
      if (!fits.ok()) {
        return AddError(name, absl::InvalidArgumentError(
                                  absl::StrCat(name, ":", fits.message())));
      }
      CheckedHistory checked =
          HasBeenRead(recorded.history.size(), parse_seconds);
      Judge(std::move(checked), std::move(recorded));
      if (number == 2) {
        // Of several histories each has its number.
        const auto lock = results_.Lock();
        report_.histories[first].name += "#1";
      }
    }
    const auto lock = results_.Lock();
    in_progress_.reset();
  }

  void LeaveFile() {
    const auto lock = results_.Lock();
    in_progress_.reset();
    report_.is_interrupted = true;
  }

  // From now on an interrupt finds this history not judged.
  void Begin(const std::string& name) {
    const auto lock = results_.Lock();
    in_progress_ = {.name = name, .is_interrupted = true};
    in_progress_->verdict.outcome = Outcome::kUndecided;
  }

  // Returns what is known of the history now.
  CheckedHistory HasBeenRead(size_t operations, double parse_seconds) {
    const auto lock = results_.Lock();
    in_progress_->operations = operations;
    in_progress_->parse_seconds = parse_seconds;
    CheckedHistory checked = *in_progress_;
    checked.is_interrupted = false;
    return checked;
  }

  void End(const CheckedHistory& checked) {
    const auto lock = results_.Lock();
    in_progress_.reset();
    report_.histories.push_back(checked);
  }

  void Judge(CheckedHistory checked, RecordedHistory recorded) {
    const Stopwatch stopwatch;
    // A short history is judged before threads have begun.
    const int threads =
        recorded.history.size() < kWorthThreads ? 1 : plan_.jobs;
    checked.verdict =
        CheckKeyValueInParallel(recorded.history, plan_.budget, threads);
    checked.seconds = stopwatch.Seconds();
    const bool is_violated = checked.verdict.outcome == Outcome::kViolated;
    End(checked);
    if (is_violated) {
      // The verdict stands, whatever becomes of its explanation.
      checker::Explanation explanation =
          Explain(recorded.history, checked.verdict, plan_.budget);
      const auto lock = results_.Lock();
      CheckedHistory& last = report_.histories.back();
      last.illegal_line = recorded.lines[explanation.first_illegal];
      last.explanation = std::move(explanation);
      last.seconds = stopwatch.Seconds();
    }
    KeepForPage(std::move(recorded));
  }

  void KeepForPage(RecordedHistory recorded) {
    if (plan_.page.empty() || recorded.history.empty()) return;
    const auto rank = [&](size_t place) {
      const Outcome outcome = report_.histories[place].verdict.outcome;
      return outcome == Outcome::kViolated    ? 2
             : outcome == Outcome::kUndecided ? 1
                                              : 0;
    };
    const size_t last = report_.histories.size() - 1;
    if (page_place_ && rank(*page_place_) >= rank(last)) return;
    page_place_ = last;
    page_history_ = std::move(recorded);
  }

  void AddError(const std::string& name, const absl::Status& status) {
    const std::string message = Clipped(std::string(status.message()));
    End({.name = name, .error = message});
    errors_ << message << "\n";
  }

  const CheckPlan& plan_;
  std::ostream& errors_;
  SharedResults results_;  // Guards what follows, but for the page.
  CheckReport report_;
  std::optional<CheckedHistory> in_progress_;
  std::atomic<size_t> files_begun_ = 0;
  std::optional<size_t> page_place_;
  RecordedHistory page_history_;
};

void PrintReport(const CommandCall& call, const CheckReport& report) {
  call.console.out << (call.arguments.Has("json") ? CheckJson(report)
                                                  : DescribeCheck(report));
}

int RunCheck(const CommandCall& call) {
  const absl::StatusOr<CheckPlan> plan = PlanCheck(call.arguments);
  if (!plan.ok()) return RefuseCall(call, plan.status());
  const InterruptGuard guard;
  CheckRun run(*plan, call.console.err);
  const WorkEnd end = RunInterruptibly([&] { run.Run(); });
  const CheckReport report = run.Report(end);
  PrintReport(call, report);
  if (end == WorkEnd::kLeftRunning) {
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
                          "key-value or register; by default every "
                          "operation is accepted"},
                         {"html", "FILE",
                          "write a page that shows the history"},
                         {"budget-states", "N",
                          "states that the search of one key may visit"},
                         {"budget-bytes", "N",
                          "memory that the search of one key may use"},
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
  return command;
}

}  // namespace reprise::cli
