// The runs of a trial's world, and its end.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/debug_stop.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/misuse.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/task_failure.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_asides.h"
#include "reprise/sim/explore/trial/trial_watch.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/node_set.h"

namespace reprise {

void Trial::Watch(World& world) {
  Trace& trace = world.trace();
  TraceSink* sink = options_.sink;
  if (options_.shows_asides && sink != nullptr) {
    asides_ = std::make_unique<TrialAsides>(world, *sink);
    sink = asides_.get();
    ShowNodesIn(asides_.get());
  }
  trace.SetSink(sink);
  if (options_.record_decisions || options_.until) {
    watch_ = std::make_unique<TrialWatch>(
        sink, options_.until,
        [this](const TraceEvent& event) { StopHere(event); });
    trace.SetSink(watch_.get());
  }
  if (trace.HasSink()) trace.SetLogLevel(options_.log_level);
}

void Trial::StopHere(const TraceEvent& event) {
  Undecided(absl::StrCat("it was stopped after event ", watch_->events(), " (",
                         ToAbsl(KindName(event.kind)), "), at ",
                         FormatTime(event.time), ", as was asked"));
  has_stopped_ = true;
  world_->scheduler().Stop();
  if (options_.until->raises_trap) StopInDebugger();
}

RunResult Trial::Run() {
  RunResult result = RunUntilIdle();
  End();
  return result;
}

RunResult Trial::RunUntilIdle() {
  RequireScenario("trial.Run() or trial.RunUntilIdle()");
  has_properties_ = true;
  if (has_stopped_) return {.end = RunEnd::kStopped};
  RunResult result = world().RunUntilIdle();
  if (!IsCutShort(result) && result.end == RunEnd::kDeadlocked) {
    Violate(kNoDeadlockProperty,
            absl::StrCat("nothing is left to happen, but tasks still wait\n",
                         result.report, world_->DescribeUnserved()));
  }
  return result;
}

bool Trial::IsCutShort(const RunResult& result) {
  JudgeForbiddenCalls();
  if (illegal_ != nullptr) JudgeIllegal();
  if (result.failure) Fail(*result.failure);
  if (has_stopped_ || result.end == RunEnd::kStopped) return true;
  if (result.end != RunEnd::kOutOfBudget) return false;
  Undecided(absl::StrFormat("the world was still busy at %s, but %s%s",
                            FormatTime(world_->now()), result.report,
                            world_->DescribeUnserved()));
  return true;
}

void Trial::End() {
  if (world_ == nullptr || world_->HasEnded()) return;
  RequireScenario("trial.End()");
  for (const std::function<void()>& look : before_end_) look();
  // What is judged later is told with what there was.
  if (options_.record_decisions && !violated()) NoteNodes();
  world_->End();
}

void Trial::BeforeEnd(std::function<void()> look) {
  const FrameworkMemoryScope scope;
  if (world_ != nullptr && world_->HasEnded()) {
    Misuse("trial.BeforeEnd() was called after the end of the world",
           "call it before trial.Run() or trial.End()");
  }
  before_end_.push_back(std::move(look));
}

void Trial::RequireScenario(std::string_view function) const {
  if (CurrentContext().task == nullptr) return;
  Misuse(absl::StrCat(ToAbsl(function), " was called inside a task"),
         "the scenario itself runs and ends the world; a task waits by "
         "env.clock().SleepFor()");
}

void Trial::Play(const std::function<void(Trial&)>& scenario) {
  Context context = CurrentContext();
  context.scenario = scenario_;
  context.marks = &marks_;
  context.offers = &offers();
  const ScopedContext scope(context);
  try {
    scenario(*this);
    // tidy: allow(catch-all) no task unwinds here
  } catch (...) {
    TaskFailure failure = DescribeException();
    failure.who = "the scenario's own code";
    Fail(failure);
  }
  if (world_ == nullptr || world_->HasEnded()) return;
  if (world_->scheduler().Tasks().empty()) {
    world_->End();
  } else {
    Abandon();
  }
}

// What the tasks use is gone, so nothing of theirs may run: no code, and no
// destructor of what they captured. What they wait for may be gone, too.
void Trial::Abandon() {
  std::string text = DescribeMisuse(
      absl::StrCat("the scenario ", ToAbsl(scenario_),
                   " is over, but tasks of its world are left, which may use "
                   "what it owned"),
      "call trial.End() when the last run is over, before anything that the "
      "nodes use goes out of scope; trial.Run() does it by itself");
  absl::StrAppend(&text, "\nfor example ",
                  world_->scheduler().Tasks().front()->FullName());
  if (verdict_.kind == VerdictKind::kHolds) {
    Violate(kWorldEndedProperty, text);
  } else {
    absl::StrAppend(&verdict_.message, "\n", text);
  }
  is_abandoned_ = true;
  world_->Abandon();
}

bool Trial::RunWithLiveness(const Liveness& liveness) {
  RequireScenario("trial.RunWithLiveness()");
  // How often the work is looked at.
  constexpr Duration kLook = Milliseconds(10);
  has_properties_ = true;
  REPRISE_CHECK(liveness.bound > Duration(), "no time to make progress in");
  if (has_stopped_) return false;
  if (IsCutShort(world().RunUntil(liveness.faults_end))) {
    return IsDoneEarly(liveness);
  }
  world_->EndFaults(liveness.core.empty() ? NodeSet::All()
                                          : NodeSet(liveness.core));
  const VirtualTime end = liveness.faults_end + liveness.bound;
  while (!IsDone(liveness) && !has_stopped_ && world_->now() < end) {
    const VirtualTime look = std::min(end, world_->now() + kLook);
    const RunResult result = world_->RunUntil(look);
    if (IsCutShort(result)) return IsDoneEarly(liveness);
    // Nothing would ever happen again.
    if (result.end != RunEnd::kTimeReached) break;
  }
  if (has_stopped_) return false;
  if (IsDone(liveness)) return true;
  Violate(kLivenessProperty,
          absl::StrCat("faults ended at ", FormatTime(liveness.faults_end),
                       ", but the work was not done ",
                       FormatDuration(liveness.bound), " later.\n",
                       DescribeOpenOperations(),
                       world_->scheduler().DescribeWaitingTasks(),
                       world_->DescribeUnserved()));
  return false;
}

bool Trial::IsDone(const Liveness& liveness) {
  if (liveness.is_done != nullptr) return liveness.is_done();
  if (liveness.core.empty()) {
    return world_->scheduler().unfinished_tasks() == 0;
  }
  return std::all_of(liveness.core.begin(), liveness.core.end(),
                     [this](NodeId node) {
                       return world_->node(node).UnfinishedTasks() == 0;
                     });
}

bool Trial::IsDoneEarly(const Liveness& liveness) {
  if (verdict_.kind != VerdictKind::kHolds) return false;
  if (IsDone(liveness)) return true;
  Undecided(absl::StrCat("the scenario stopped the world at ",
                         FormatTime(world_->now()),
                         ", before the work was done"));
  return false;
}

// The operations that clients still wait for.
std::string Trial::DescribeOpenOperations() const {
  constexpr size_t kShown = 5;
  std::string text;
  size_t open = 0;
  for (const checker::Recording* recording : recordings_) {
    const size_t size = recording != nullptr ? recording->size() : 0;
    for (checker::OperationId id = 0; id < size; ++id) {
      const bool is_open = recording->EndingOf(id) == checker::Ending::kUnknown;
      if (!is_open || ++open > kShown) continue;
      absl::StrAppend(&text, "  client ", recording->ClientOf(id),
                      " waits for operation #", id, "\n");
    }
  }
  if (open > kShown) {
    absl::StrAppend(&text, "  ... and ", open - kShown, " more operations\n");
  }
  return text;
}

}  // namespace reprise
