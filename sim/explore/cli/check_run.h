// CheckRun: what the command `check` does, file after file, on a thread that
// another one waits for.
//
// Guarantees: what one history is found to be is kept whatever becomes of the
// next ones. After Stop() a search or an explanation ends within a tenth of a
// second.
//
//   CheckRun run(plan);
//   const WorkEnd end =
//       RunInterruptibly([&] { run.Run(); }, {.stop = [&] { run.Stop(); }});
//   Print(run.Report(end));

#ifndef REPRISE_SIM_EXPLORE_CLI_CHECK_RUN_H_
#define REPRISE_SIM_EXPLORE_CLI_CHECK_RUN_H_

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/named_model.h"
#include "reprise/sim/explore/cli/check_report.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/isolation/wall_clock.h"

namespace reprise::cli {

struct CheckPlan {
  std::vector<std::string> files = {};
  checker::ReaderOptions reading = {};
  // None: the key/value check, whatever operations there are.
  std::optional<checker::NamedModel> model = {};
  checker::Budget budget = {};
  int jobs = 1;
  std::string page = {};  // "": none is wanted
  bool as_json = false;
};

class CheckRun {
 public:
  // The plan must outlive it.
  explicit CheckRun(const CheckPlan& plan);

  void Run();

  // From the waiting thread, while Run() runs: ends it, and what it is at.
  void Stop() { monitor_.stop = true; }
  std::string DescribeProgress(double seconds);

  // What Run() has found, once it has ended or was left running.
  CheckReport Report(WorkEnd end);

  // Writes the page about the history that it is most wanted of: the first that
  // is violated, else undecided, else the first. Returns its name. Requires
  // that Run() has ended.
  absl::StatusOr<std::string> WritePage() const;

 private:
  // The page about a history, once it is known what it was found to be.
  using MakePage = absl::AnyInvocable<std::string(const CheckedHistory&) const>;

  void CheckFile(const std::string& file);
  // Read and judge the next history of the file `name`. False where there is
  // none.
  absl::StatusOr<bool> CheckKeyValue(checker::HistoryReader& reader,
                                     const std::string& name);
  absl::StatusOr<bool> CheckCalls(checker::HistoryReader& reader,
                                  const std::string& name);
  void JudgeKeyValue(CheckedHistory checked, checker::RecordedHistory recorded);
  void JudgeCalls(CheckedHistory checked, checker::CallRecording recorded,
                  checker::ModelVerdict found);

  CheckedHistory WhatIsKnown() const;
  void Begin(const std::string& name);
  CheckedHistory HasBeenRead(size_t operations);
  void End(const CheckedHistory& checked);
  void LeaveFile();
  void AddError(const std::string& name, const absl::Status& status);
  void KeepForPage(size_t operations, MakePage make);

  const CheckPlan& plan_;
  checker::CheckMonitor monitor_;
  checker::Budget budget_;  // watched by monitor_
  SharedResults results_;   // Guards what follows, but for the page.
  CheckReport report_;
  std::optional<CheckedHistory> in_progress_;
  Stopwatch since_step_;  // Since it is read, or judged.
  std::atomic<size_t> files_begun_ = 0;
  std::optional<size_t> page_place_;
  MakePage make_page_;
};

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_CHECK_RUN_H_
