#include "reprise/sim/explore/cli/check_run.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/checker/explain.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/report/call_page.h"
#include "reprise/checker/report/key_value_page.h"
#include "reprise/checker/report/whole_file.h"
#include "reprise/sim/explore/cli/check_models.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/text/numbers.h"
#include "reprise/text/printable.h"

namespace reprise::cli {
namespace {

using checker::CallRecording;
using checker::HistoryReader;
using checker::ModelVerdict;
using checker::Outcome;
using checker::RecordedHistory;

// A short history is judged before threads have begun.
constexpr size_t kWorthThreads = 1000;  // operations

// How much a page about a history is wanted.
int PageRank(const CheckedHistory& history) {
  switch (history.verdict.outcome) {
    case Outcome::kViolated:
      return 2;
    case Outcome::kUndecided:
      return 1;
    case Outcome::kHolds:
      break;
  }
  return 0;
}

// The message of an error that begins with a line of `name`.
absl::Status InFile(const std::string& name, const absl::Status& status) {
  return absl::InvalidArgumentError(
      absl::StrCat(name, ":", std::string(status.message())));
}

}  // namespace

CheckRun::CheckRun(const CheckPlan& plan) : plan_(plan), budget_(plan.budget) {
  budget_.monitor = &monitor_;
}

void CheckRun::Run() {
  for (const std::string& file : plan_.files) {
    if (InterruptGuard::WasInterrupted()) return;
    ++files_begun_;
    CheckFile(file);
  }
}

std::string CheckRun::DescribeProgress(double seconds) {
  std::string what = "reading";
  uint64_t operations = 0;
  {
    const auto lock = results_.Lock();
    if (in_progress_) {
      operations = in_progress_->operations;
      what = absl::StrCat(operations == 0 ? "reading " : "judging ",
                          Echo(in_progress_->name));
    } else if (!report_.histories.empty()) {
      // Its verdict stands.
      what = "explaining " + Echo(report_.histories.back().name);
    }
  }
  if (plan_.files.size() > 1) {
    what = absl::StrFormat("file %s of %s · %s", WithThousands(files_begun_),
                           WithThousands(plan_.files.size()), what);
  }
  if (operations > 0) {
    absl::StrAppend(&what, " · ", Count(operations, "operation"));
  }
  return absl::StrFormat("%s · %s judged, %s states so far · %.1f s", what,
                         WithThousands(monitor_.operations),
                         WithThousands(monitor_.states), seconds);
}

CheckReport CheckRun::Report(WorkEnd end) {
  CheckReport report;
  // Where the work is stuck in the middle of a change, nothing is known.
  if (end == WorkEnd::kDone || results_.TakeForEver()) {
    report = report_;
    if (end == WorkEnd::kLeftRunning && in_progress_) {
      report.histories.push_back(WhatIsKnown());
    }
  }
  report.is_interrupted |= files_begun_ < plan_.files.size();
  return report;
}

absl::StatusOr<std::string> CheckRun::WritePage() const {
  if (!page_place_) {
    return absl::InvalidArgumentError(
        absl::StrCat(Echo(plan_.page), ": there is no history to show"));
  }
  const CheckedHistory& shown = report_.histories[*page_place_];
  const absl::Status status =
      checker::WriteWholeFile(plan_.page, make_page_(shown));
  if (!status.ok()) return status;
  return shown.name;
}

void CheckRun::CheckFile(const std::string& file) {
  const std::string name = file == "-" ? "standard input" : file;
  absl::StatusOr<HistoryReader> reader =
      HistoryReader::Open(file, plan_.reading);
  if (!reader.ok()) return AddError(name, reader.status());
  const size_t first = report_.histories.size();
  for (int number = 1;; ++number) {
    Begin(number == 1 ? name : absl::StrCat(name, "#", number));
    if (InterruptGuard::WasInterrupted()) return LeaveFile();
    const absl::StatusOr<bool> more = plan_.model && plan_.model->check
                                          ? CheckCalls(*reader, name)
                                          : CheckKeyValue(*reader, name);
    if (!more.ok()) return AddError(name, more.status());
    if (!*more) break;
    if (number == 2) {
      // Of several histories each has its number.
      const auto lock = results_.Lock();
      report_.histories[first].name += "#1";
    }
  }
  const auto lock = results_.Lock();
  in_progress_.reset();
}

absl::StatusOr<bool> CheckRun::CheckKeyValue(HistoryReader& reader,
                                             const std::string& name) {
  RecordedHistory recorded;
  const absl::StatusOr<bool> more = reader.Next(recorded);
  if (!more.ok() || !*more) return more;
  if (plan_.model) {
    absl::Status status = ExpectOperationsOf(plan_.model->name, recorded);
    if (!status.ok()) return InFile(name, status);
  }
  CheckedHistory checked = HasBeenRead(recorded.history.size());
  JudgeKeyValue(std::move(checked), std::move(recorded));
  return true;
}

void CheckRun::JudgeKeyValue(CheckedHistory checked, RecordedHistory recorded) {
  const int threads = recorded.history.size() < kWorthThreads ? 1 : plan_.jobs;
  checked.verdict =
      checker::CheckKeyValueInParallel(recorded.history, budget_, threads);
  checked.is_interrupted =
      checked.verdict.outcome == Outcome::kUndecided && monitor_.stop;
  checked.seconds = since_step_.Seconds();
  End(checked);
  if (checked.verdict.outcome == Outcome::kViolated) {
    // The verdict stands, whatever becomes of its explanation.
    checker::Explanation explanation =
        Explain(recorded.history, checked.verdict, budget_);
    const auto lock = results_.Lock();
    CheckedHistory& last = report_.histories.back();
    last.illegal_line = recorded.lines[explanation.first_illegal];
    last.explanation = std::move(explanation);
    last.seconds = since_step_.Seconds();
  }
  const size_t operations = recorded.history.size();
  KeepForPage(operations, [budget = plan_.budget, kept = std::move(recorded)](
                              const CheckedHistory& shown) {
    return checker::KeyValuePage(
        {.title = shown.name,
         .recorded = kept,
         .verdict = shown.verdict,
         .explanation = shown.explanation ? &*shown.explanation : nullptr,
         .is_register = IsRegister(kept),
         .budget = budget});
  });
}

absl::StatusOr<bool> CheckRun::CheckCalls(HistoryReader& reader,
                                          const std::string& name) {
  CallRecording recorded;
  const absl::StatusOr<bool> more = reader.NextCalls(recorded);
  if (!more.ok() || !*more) return more;
  CheckedHistory checked = HasBeenRead(recorded.history.size());
  absl::StatusOr<ModelVerdict> found =
      plan_.model->check(recorded.history, budget_);
  if (!found.ok()) return InFile(name, found.status());
  checked.seconds = since_step_.Seconds();
  JudgeCalls(std::move(checked), std::move(recorded), *std::move(found));
  return true;
}

void CheckRun::JudgeCalls(CheckedHistory checked, CallRecording recorded,
                          ModelVerdict found) {
  checked.verdict = found.verdict;
  checked.is_interrupted =
      checked.verdict.outcome == Outcome::kUndecided && monitor_.stop;
  if (checked.verdict.outcome == Outcome::kViolated) {
    checked.explanation = found.explanation;
    checked.illegal_line =
        recorded.history[found.explanation.first_illegal].line;
  }
  const size_t operations = recorded.history.size();
  End(checked);
  KeepForPage(operations,
              [kept = std::move(recorded),
               found = std::move(found)](const CheckedHistory& shown) {
                return checker::CallPage(
                    {.title = shown.name, .recorded = kept, .found = found});
              });
}

// Of the history in progress. Requires that the results are locked.
CheckedHistory CheckRun::WhatIsKnown() const {
  CheckedHistory known = *in_progress_;
  (known.operations == 0 ? known.parse_seconds : known.seconds) =
      since_step_.Seconds();
  if (monitor_.is_violated) {
    known.verdict.outcome = Outcome::kViolated;
    known.is_interrupted = false;
  }
  return known;
}

// From now on an interrupt finds this history not judged.
void CheckRun::Begin(const std::string& name) {
  const auto lock = results_.Lock();
  monitor_.is_violated = false;
  since_step_ = Stopwatch();
  in_progress_ = {.name = name, .is_interrupted = true};
  in_progress_->verdict.outcome = Outcome::kUndecided;
}

// Returns what is known of the history now.
CheckedHistory CheckRun::HasBeenRead(size_t operations) {
  const auto lock = results_.Lock();
  in_progress_->operations = operations;
  in_progress_->parse_seconds = since_step_.Seconds();
  since_step_ = Stopwatch();
  CheckedHistory checked = *in_progress_;
  checked.is_interrupted = false;
  return checked;
}

void CheckRun::End(const CheckedHistory& checked) {
  const auto lock = results_.Lock();
  in_progress_.reset();
  report_.histories.push_back(checked);
}

void CheckRun::LeaveFile() {
  const auto lock = results_.Lock();
  in_progress_.reset();
  report_.is_interrupted = true;
}

void CheckRun::AddError(const std::string& name, const absl::Status& status) {
  const std::string message = Clipped(Printable(std::string(status.message())));
  End({.name = name, .error = message});
}

void CheckRun::KeepForPage(size_t operations, MakePage make) {
  if (plan_.page.empty() || operations == 0) return;
  const size_t last = report_.histories.size() - 1;
  if (page_place_ && PageRank(report_.histories[*page_place_]) >=
                         PageRank(report_.histories[last])) {
    return;
  }
  page_place_ = last;
  make_page_ = std::move(make);
}

}  // namespace reprise::cli
