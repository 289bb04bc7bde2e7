#include "reprise/sim/explore/cli/follow_run.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/checker/judgement.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/text/numbers.h"
#include "reprise/text/printable.h"

namespace reprise::cli {
namespace {

using checker::FollowedHistory;
using checker::HistoryReader;
using checker::Judgement;
using checker::Outcome;

// How long a line may be there before it is read.
constexpr std::chrono::milliseconds kPoll(20);

}  // namespace

FollowRun::FollowRun(const FollowPlan& plan)
    : plan_(plan), name_(plan.file == "-" ? "standard input" : plan.file) {}

void FollowRun::Run() {
  absl::StatusOr<HistoryReader> reader = HistoryReader::Open(
      plan_.file, plan_.options.reading, [this] { return AwaitMore(); });
  if (!reader.ok()) {
    return Add(
        {.name = name_, .error = std::string(reader.status().message())});
  }
  for (int number = 1; !is_violated_; ++number) {
    const std::string name =
        number == 1 ? name_ : absl::StrCat(name_, "#", number);
    const absl::StatusOr<bool> more = FollowNext(*reader, name);
    if (is_stopped_) return;
    if (!more.ok()) {
      return Add(
          {.name = name,
           .error = Clipped(Printable(std::string(more.status().message())))});
    }
    if (!*more) return;
  }
}

void FollowRun::Stop() {
  is_stopped_ = true;
  stop_.release();
}

bool FollowRun::AwaitMore() {
  if (plan_.idle_seconds &&
      since_line_.Seconds() >= static_cast<double>(*plan_.idle_seconds)) {
    is_idle_ = true;
    return false;
  }
  if (!stop_.try_acquire_for(kPoll)) return true;
  stop_.release();
  return false;
}

// Reads and judges the next history. False where there is none.
absl::StatusOr<bool> FollowRun::FollowNext(HistoryReader& reader,
                                           const std::string& name) {
  FollowedHistory history(plan_.options);
  absl::StatusOr<bool> more =
      reader.NextLines([&](std::string_view text, uint32_t line) {
        return TakeLine(history, text, line);
      });
  if (history.operations() == 0) return more;
  if (!more.ok() && !is_stopped_) return more;
  absl::Status status = history.Finish();
  if (status.ok()) status = Judge(history, name);
  if (!status.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat(name_, ":", std::string(status.message())));
  }
  return true;
}

absl::StatusOr<bool> FollowRun::TakeLine(FollowedHistory& history,
                                         std::string_view text, uint32_t line) {
  // A line that is only half written may be the last one.
  if (is_stopped_) return false;
  absl::Status status = history.Add(text, line);
  if (!status.ok()) return status;
  since_line_ = Stopwatch();
  operations_ = history.operations();
  kept_ = history.kept_operations();
  is_judged_at_end_ = !history.IsFollowed();
  return !history.IsViolated();
}

absl::Status FollowRun::Judge(FollowedHistory& history,
                              const std::string& name) {
  CheckedHistory checked = {.name = name,
                            .operations = history.operations(),
                            .parse_seconds = since_begin_.Seconds(),
                            .remark = Remark()};
  const Stopwatch judging;
  absl::StatusOr<Judgement> found = history.Judge(plan_.budget);
  if (!found.ok()) return found.status();
  checked.seconds = judging.Seconds();
  checked.verdict = std::move(found->verdict);
  checked.explanation = std::move(found->explanation);
  checked.illegal_line = found->illegal_line;
  is_violated_ = checked.verdict.outcome == Outcome::kViolated;
  Add(checked);
  return absl::OkStatus();
}

// How it came that no more lines were read.
std::string FollowRun::Remark() const {
  if (is_stopped_) return "followed until it was interrupted";
  if (!is_idle_) return "";
  return absl::StrCat("followed until nothing came for ",
                      Count(*plan_.idle_seconds, "second"));
}

void FollowRun::Add(const CheckedHistory& checked) {
  const auto lock = results_.Lock();
  report_.histories.push_back(checked);
}

std::string FollowRun::DescribeProgress(double seconds) const {
  return absl::StrFormat("following %s · %s, %s kept · %.1f s", Echo(name_),
                         Count(operations_, "operation"), WithThousands(kept_),
                         seconds);
}

CheckReport FollowRun::Report(WorkEnd end) {
  CheckReport report;
  if (end == WorkEnd::kDone || results_.TakeForEver()) report = report_;
  const bool is_cut = is_stopped_ && report.histories.empty();
  if (end != WorkEnd::kLeftRunning && !is_cut) return report;
  CheckedHistory cut = {
      .name = name_, .operations = operations_, .is_interrupted = true};
  cut.verdict.outcome = Outcome::kUndecided;
  report.histories.push_back(cut);
  return report;
}

}  // namespace reprise::cli
