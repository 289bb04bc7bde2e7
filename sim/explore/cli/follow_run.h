// FollowRun: what `check --follow` does, on a thread that another one waits
// for: judges a history while it is written.
//
// Guarantees: ends at the first answer that no order explains, at the end of a
// pipe, after Stop(), and where nothing has come for as long as the plan says.
// Stop() ends the reading within a tenth of a second, unless the file cannot be
// opened yet; what was read until then is still judged, and may be left
// running.
//
//   FollowRun run(plan);
//   const WorkEnd end =
//       RunInterruptibly([&] { run.Run(); }, {.stop = [&] { run.Stop(); }});
//   Print(run.Report(end));

#ifndef REPRISE_SIM_EXPLORE_CLI_FOLLOW_RUN_H_
#define REPRISE_SIM_EXPLORE_CLI_FOLLOW_RUN_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/followed_history.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/sim/explore/cli/check_report.h"
#include "reprise/sim/explore/cli/interrupt.h"
#include "reprise/sim/explore/isolation/wall_clock.h"

namespace reprise::cli {

struct FollowPlan {
  std::string file = {};
  checker::FollowOptions options = {};
  checker::Budget budget = {};
  std::optional<uint64_t> idle_seconds = {};  // none: it is waited for ever
};

class FollowRun {
 public:
  // The plan must outlive it.
  explicit FollowRun(const FollowPlan& plan);

  void Run();

  // From the waiting thread, while Run() runs.
  void Stop();
  std::string DescribeProgress(double seconds) const;
  // Whether the history can be judged only at its end.
  bool IsJudgedAtEnd() const { return is_judged_at_end_; }

  // What Run() has found, once it has ended or was left running.
  CheckReport Report(WorkEnd end);

 private:
  bool AwaitMore();
  absl::StatusOr<bool> FollowNext(checker::HistoryReader& reader,
                                  const std::string& name);
  absl::StatusOr<bool> TakeLine(checker::FollowedHistory& history,
                                std::string_view text, uint32_t line);
  absl::Status Judge(checker::FollowedHistory& history,
                     const std::string& name);
  std::string Remark() const;
  void Add(const CheckedHistory& checked);

  const FollowPlan& plan_;
  const std::string name_;
  std::atomic<bool> is_stopped_ = false;
  std::binary_semaphore stop_{0};
  Stopwatch since_line_;
  Stopwatch since_begin_;
  bool is_violated_ = false;
  bool is_idle_ = false;
  std::atomic<uint64_t> operations_ = 0;
  std::atomic<uint64_t> kept_ = 0;
  std::atomic<bool> is_judged_at_end_ = false;
  SharedResults results_;  // Guards what follows.
  CheckReport report_;
};

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_FOLLOW_RUN_H_
