// Trial: one seeded run of a scenario, as the scenario sees it.
//
// Guarantees: everything that a trial hands out is a function of the seed, the
// planted bug and the options; the same three give the same digest and verdict
// in every process and on every thread. What Option() answered is recorded and
// becomes part of replay files.
//
//   void OneClerk(Trial& trial) {
//     World& world = trial.NewWorld(fault::Lab{.reliable = false});
//     Node& server = world.AddNode("server");
//     ...
//     Recorder<KeyValueModel> recorder(trial);
//     ...
//     trial.Run();
//     trial.Expect(Linearizable(recorder));
//   }
//
// Code of nodes may use what the scenario owns, because the world ends before
// the scenario returns: Run() ends it, and so does End() after other runs. Code
// of nodes may call all of the trial but NewWorld(), the runs and End().
// Whatever a trial keeps is charged to no node.

#ifndef REPRISE_SIM_EXPLORE_TRIAL_TRIAL_H_
#define REPRISE_SIM_EXPLORE_TRIAL_TRIAL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/task_failure.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/log.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/explore/trial/client_operations.h"
#include "reprise/sim/explore/trial/trial_arena.h"
#include "reprise/sim/explore/trial/trial_asides.h"
#include "reprise/sim/explore/trial/trial_marks.h"
#include "reprise/sim/explore/trial/trial_observation.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/trial_watch.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/world.h"
#include "reprise/text/text_view.h"

namespace reprise {

class Trial : public checker::RecordingSink,
              public TrialObservation,
              private OperationLog {
 public:
  // All must outlive the trial. `scenario`: its name, for messages.
  Trial(const TrialOptions& options, TrialArena& arena,
        std::string_view scenario = {});
  ~Trial() override;
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  Seed seed() const { return options_.seed; }
  // The planted bug that this trial is to run with; "" is the correct system.
  std::string_view bug() const { return options_.bug; }
  // A number that replay files, the shrinker and --option may replace. A value
  // outside `range` is refused: it ends the program with status 2.
  int64_t Option(TextView name, int64_t default_value,
                 const OptionRange& range = {});
  // Whether the faults are those that edits name and no others, however
  // frequent the mix would make them.
  bool IsCalmAtBase() const {
    return options_.edits != nullptr && options_.edits->base == Base::kCalm;
  }

  // Makes the trial's only world.
  World& NewWorld(const FaultMix& faults);
  // Requires NewWorld().
  World& world();

  // The draws of one operation of one client's workload: they do not move when
  // other clients or operations come or go.
  RandomStream Workload(int client, uint64_t operation_index) const;

  // Operations of one client's workload, those of `count` indices from `first`
  // on; edits may leave some out. To be called in the task that does them. Two
  // operations of a client have different indices.
  ClientOperations Operations(int client,
                              int64_t count = ClientOperations::kNoEnd,
                              int64_t first = 0);

  // The operations that recorders (checker/recorder/recorder.h) have told of.
  uint64_t operations() const { return operations_; }

  // Lets code of nodes call what the sandbox forbids, for a system whose calls
  // decide nothing. What is not allowed violates the property "sandbox" in a
  // program that links //sim/core:sandbox.
  void Allow(Forbidden kind) { forbidden_calls_.Allow(kind); }

  // Runs the world until nothing is left to do, and ends it. A deadlock
  // violates the property "no-deadlock"; a budget that runs out leaves the
  // trial undecided.
  RunResult Run();

  // As Run(), but the world lives on, for a scenario that changes it and runs
  // it again, or looks at what its tasks own. End() comes last.
  RunResult RunUntilIdle();

  // Runs the world with its faults until `faults_end`, ends them, and goes on
  // until the work is done. Property "liveness": it is by `faults_end` +
  // `bound`; the evidence says who waits for what. A budget that runs out and a
  // Scheduler::Stop() before the work is done leave the trial undecided.
  // Returns whether the work is done; false where the trial was stopped. The
  // world lives on, until End().
  bool RunWithLiveness(const Liveness& liveness);

  // Ends the faults and, once the system has come to rest, watches over a calm.
  // Property "calm". The world lives on, until End().
  void RunCalm(const Calm& calm);

  // Ends the world (World::End): its tasks unwind while what they use is alive.
  // Then the scenario judges: Expect() and Violate() count, and what the world
  // counted, the memory of its nodes and its leaks can be read as they were.
  // Objects on the stacks of tasks are gone; BeforeEnd() sees them. Does
  // nothing when the world has ended. A scenario that returns without it while
  // tasks are left violates the property "world-ended".
  void End();
  // `look` is called when the world is about to end, with all its tasks still
  // there: by Run() or End(). Of several, the first given is the first called.
  void BeforeEnd(std::function<void()> look);

  // Property "linearizability"; an undecided verdict leaves the trial
  // undecided.
  void Expect(const checker::Verdict& verdict);
  // `message` is one whole sentence of evidence, used when `holds` is false.
  // Where it costs something to build, test first and call Violate().
  void Expect(bool holds, TextView property, TextView message);
  // The run goes on; what is violated later becomes further evidence.
  void Violate(TextView property, TextView message);
  // As Violate(), and the trial ends here, because nothing that comes later
  // could be judged: the run in progress ends after the event that is firing (a
  // task that calls this goes on until it suspends), later runs do nothing, and
  // properties that are stated later are passed over.
  void ViolateAndStop(TextView property, TextView message);
  // The trial cannot be judged, for this reason. A violation outweighs that and
  // has the reason in its evidence.
  void Undecided(TextView reason);
  // An exception has left the code under test or the scenario: violates
  // "no-crash", or leaves the trial undecided where the machine had no memory
  // left. Nothing that comes later counts.
  void Fail(const TaskFailure& failure);
  bool violated() const { return verdict_.kind == VerdictKind::kViolated; }

  // For reports: what the server held at its fullest, and its limit.
  void ReportMemory(uint64_t held_bytes, uint64_t limit_bytes);

  // As a sink of recorders: operations enter the trace and the digest. At the
  // first response that a recorder knows to be illegal the trial ends as by
  // ViolateAndStop(), with "linearizability" and the instant.
  void Within(absl::FunctionRef<void()> write) override;
  void Write(absl::FunctionRef<void()> write) override;
  void OnCalled(const checker::OperationNote& note) override;
  void OnReturned(const checker::OperationNote& note) override;
  void OnIllegal(const checker::Recording& recording) override;
  uint64_t FirstNumber(const checker::Recording& recording) const override;
  checker::Budget budget() const override { return options_.checker_budget; }
  void Attach(const checker::Recording& recording) override;
  void Detach(const checker::Recording& recording) override;
  std::unique_ptr<checker::Recording> Reuse(const void* type) override;
  void Recycle(const void* type,
               std::unique_ptr<checker::Recording> recording) override;

  // As World::Log. Nobody hears what comes before NewWorld().
  void Log(LogLevel level, TextView text, LogFields fields = {}) {
    if (world_ != nullptr) world_->Log(level, text, fields);
  }

  // For the runner: runs the scenario. What it throws violates "no-crash".
  // Where it returns or throws while tasks are left, nothing of theirs runs any
  // more, their destructors included, because what they use is gone.
  void Play(const std::function<void(Trial&)>& scenario);
  // For the runner: the verdict, undecided where no property was stated, and
  // what was measured.
  TrialResult Finish();
  const std::vector<OptionValue>& asked_options() const {
    return arena_.asked_;
  }
  const std::vector<BegunOperation>& begun_operations() const { return begun_; }
  World* world_or_null() { return world_.get(); }  // Null before NewWorld().

 private:
  // Whether tasks unwind: what they tell the trial is not heard.
  bool IsEnding() const { return world_ != nullptr && world_->IsEnding(); }
  void Watch(World& world);
  void StopHere(const TraceEvent& event);
  void RequireScenario(std::string_view function) const;
  // Leaves the world of a scenario that is gone as it is, for ever.
  void Abandon();
  // Whether this part of the run is the last one.
  bool IsCutShort(const RunResult& result);
  bool IsDone(const Liveness& liveness);
  // Whether the work is done although the run was cut short.
  void OnOperation(const BegunOperation& operation) override;
  bool IsDoneEarly(const Liveness& liveness);
  void TraceNamed(EventKind kind, const checker::OperationNote& note);
  // Its number among those of all recorders.
  uint64_t NumberOf(const checker::OperationNote& note) const;
  // As Violate(), with the operations of the contradiction.
  void ViolateOrder(const checker::Contradiction& found, TextView message);
  std::string DescribeOpenOperations() const;
  void JudgeIllegal();
  // Violates "sandbox" if something forbidden was called.
  void JudgeForbiddenCalls();

  const TrialOptions& options_;
  TrialArena& arena_;
  TrialMarks marks_;
  ForbiddenCalls forbidden_calls_;
  bool has_judged_calls_ = false;
  const std::string_view scenario_;      // Its name, or empty.
  std::unique_ptr<TrialAsides> asides_;  // Null where nobody asks for it.
  std::unique_ptr<TrialWatch> watch_;    // So is this.
  std::unique_ptr<World> world_;
  bool is_abandoned_ = false;
  std::vector<std::function<void()>> before_end_;
  Verdict verdict_;
  bool has_properties_ = false;
  // Of recorders in use, in the order of their beginning; null: it has ended.
  std::vector<const checker::Recording*> recordings_;
  const checker::Recording* illegal_ = nullptr;  // null: none is known to be
  uint64_t operations_ = 0;
  std::vector<BegunOperation> begun_;  // Where decisions are recorded.
  bool has_stopped_ = false;           // Nothing that comes later counts.
  uint64_t held_bytes_ = 0;
  uint64_t limit_bytes_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_TRIAL_H_
