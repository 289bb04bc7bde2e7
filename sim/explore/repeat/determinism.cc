#include "reprise/sim/explore/repeat/determinism.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <semaphore>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/fiber_pool.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/isolation/kept_errors.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/repeat/divergence.h"
#include "reprise/sim/explore/repeat/perturbation.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {
namespace {

// What the other process is asked: the first byte of a request; a replay file
// follows.
constexpr char kRun = 'r';
// Both run the trial and exchange its events; then it says what it did there.
constexpr char kCompare = 'c';

// How often a second process looks whether its service has ended by itself.
constexpr int kServicePollMilliseconds = 100;
// What a service without a parent gets to end by itself.
constexpr std::chrono::milliseconds kServiceGrace(200);

// Whether the trial may be held to be the same elsewhere.
bool IsComparable(const TrialResult& result) {
  return result.verdict.property != kSandboxProperty &&
         !result.verdict.depends_on_machine;
}

std::string RequestOf(char kind, const Scenario& scenario,
                      const TrialOptions& options) {
  ReplayFile file{
      .scenario = scenario.name,
      .bug = options.bug,
      .timeline = {.seed = options.seed, .options = options.options}};
  if (options.edits != nullptr) file.timeline.edits = *options.edits;
  return absl::StrCat(std::string(1, kind), FormatReplayFile(file));
}

// What the other process answers kRun.
std::string AnswerOf(Seed seed, std::string_view result) {
  return absl::StrCat(seed.value(), " ", ToAbsl(result));
}

// Runs the trial again on both sides and says where they part. Nothing: the
// other process is gone.
std::optional<std::string> DescribeDivergence(const Scenario& scenario,
                                              TrialOptions options,
                                              const TextOptions& text,
                                              ProcessChannel& channel,
                                              TrialArena& arena) {
  if (!channel.Send(RequestOf(kCompare, scenario, options))) return {};
  Divergence divergence(channel, text);
  options.sink = &divergence;
  RunTrial(scenario, options, arena);
  divergence.End();
  const std::optional<std::string> there = channel.Receive();
  if (!there) return {};
  if (!divergence.event()) {
    return "Run once more, both did the same, event by event: what differs is "
           "not among the events, or comes and goes.\n";
  }
  return absl::StrFormat(
      "Run once more, event %d is the first that differs%s%sHere:\n%sIn the "
      "other process:\n%s",
      *divergence.event(),
      divergence.before().empty() ? ".\n" : "; before it:\n",
      divergence.before(), divergence.here(), *there);
}

// The divergence as the other process looks for it. Comparing leaves the same
// on the stack in both, where a task that starts next may read it: here it is
// written over.
class PerturbedDivergence final : public Divergence {
 public:
  using Divergence::Divergence;

  void OnEvent(const TraceEvent& event, std::string_view content) override {
    Divergence::OnEvent(event, content);
    PerturbStackBelow();
  }
};

// Before exit() ends anything else, it ends what is local to its thread. Of
// code under test it would end what the other threads use.
struct ExitWitness {
  bool is_serving = true;

  ~ExitWitness() {
    if (!is_serving) return;
    std::cerr << "a trial called exit()\n" << std::flush;
    std::_Exit(kLastWordsStatus);
  }
};

class Service {
 public:
  Service(const ServiceOptions& options, ProcessChannel& channel)
      : options_(options), channel_(channel) {}

  void Run() {
    while (const std::optional<std::string> request = channel_.Receive()) {
      if (!Answer(*request)) return;
    }
  }

 private:
  bool Answer(const std::string& request) {
    const absl::StatusOr<ReplayFile> file =
        ParseReplayFile("request", std::string_view(request).substr(1));
    if (!file.ok()) return false;
    const Scenario* scenario = Find(file->scenario);
    if (scenario == nullptr) return false;
    TrialOptions trial = options_.trial;
    trial.bug = file->bug;
    trial.seed = file->timeline.seed;
    trial.options = file->timeline.options;
    trial.edits = &file->timeline.edits;
    if (request.front() == kCompare) return Compare(*scenario, trial);
    // A scenario's very first trial is the second one here, as it is not there:
    // what is kept from trial to trial shows.
    if (has_run_.insert(scenario->name).second) Perform(*scenario, trial);
    return channel_.Send(
        AnswerOf(trial.seed, DescribeResult(Perform(*scenario, trial))));
  }

  const Scenario* Find(const std::string& name) const {
    for (const Scenario& scenario : options_.scenarios) {
      if (scenario.name == name) return &scenario;
    }
    return nullptr;
  }

  TrialResult Perform(const Scenario& scenario, const TrialOptions& trial) {
    PerturbStacks();
    return RunTrial(scenario, trial, arena_);
  }

  bool Compare(const Scenario& scenario, TrialOptions trial) {
    PerturbedDivergence divergence(channel_, options_.text);
    trial.sink = &divergence;
    Perform(scenario, trial);
    divergence.End();
    return channel_.Send(divergence.here());
  }

  const ServiceOptions& options_;
  ProcessChannel& channel_;
  const HeapPerturbation heap_;
  TrialArena arena_;
  std::set<std::string> has_run_;  // Scenarios.
};

}  // namespace

absl::StatusOr<std::unique_ptr<Determinism>> Determinism::Start(
    const SecondProcessOptions* process, const DeterminismOptions& options) {
  if (process == nullptr) {
    return absl::UnavailableError(
        "this program cannot be started a second time.");
  }
  std::unique_ptr<Determinism> determinism(new Determinism(*process, options));
  // At the same time: each takes as long as a main() does.
  std::vector<std::thread> others;
  for (int i = 1; i < options.processes; ++i) {
    others.emplace_back([&] {
      auto other = SecondProcess::Start(*process);
      if (other.ok()) determinism->GiveBack(*std::move(other));
    });
  }
  absl::StatusOr<std::unique_ptr<SecondProcess>> first =
      SecondProcess::Start(*process);
  for (std::thread& other : others) other.join();
  if (!first.ok()) return first.status();
  determinism->GiveBack(*std::move(first));
  return determinism;
}

bool Determinism::Covers(const Scenario& scenario, Seed seed) const {
  const uint64_t word = StreamKey(seed, scenario.name, "repeat");
  return word % 100 < static_cast<uint64_t>(options_.percent);
}

std::unique_ptr<SecondProcess> Determinism::Ask(const Scenario& scenario,
                                                const TrialOptions& options) {
  absl::StatusOr<std::unique_ptr<SecondProcess>> process = TakeProcess();
  if (!process.ok()) return nullptr;
  // If it has ended, its answer is missed later.
  (*process)->channel().Send(RequestOf(kRun, scenario, options));
  return *std::move(process);
}

Repetition Determinism::Compare(std::unique_ptr<SecondProcess> asked,
                                const Scenario& scenario,
                                const TrialOptions& options,
                                const TrialResult& first, TrialArena& arena) {
  if (!IsComparable(first)) {
    Ignore(std::move(asked));
    return {};
  }
  ProcessChannel& channel = asked->channel();
  NoteRepeating(true);
  std::optional<std::string> there = channel.Receive();
  NoteRepeating(false);
  // Code under test closed this end, or did so before an answer was read: a
  // process like that is of no use.
  if (!there && channel.WasClosed()) return {};
  const std::string start = AnswerOf(options.seed, "");
  if (there && !there->starts_with(start)) return {};
  if (there) there->erase(0, start.size());
  const std::string here = DescribeResult(first);
  if (there == here) {
    GiveBack(std::move(asked));
    return {.is_done = true};
  }
  if (there && DependsOnMachine(*there)) return {};
  Verdict verdict{.kind = VerdictKind::kViolated,
                  .property = std::string(kDeterminismProperty)};
  if (there) {
    verdict.message = absl::StrFormat(
        "two processes differ on seed %d: one ended %s, the other %s.\n",
        options.seed.value(), here, *there);
    if (const std::optional<std::string> divergence = DescribeDivergence(
            scenario, options, options_.text, channel, arena)) {
      verdict.message += *divergence;
      GiveBack(std::move(asked));
    }
  } else {
    const std::string end = asked->DescribeEnd();
    verdict.message = absl::StrFormat(
        "seed %d ended %s here, but the other process %s.\n%s",
        options.seed.value(), here, end, QuotePrinted(asked->TakeErrors()));
  }
  if (first.verdict.kind == VerdictKind::kViolated) {
    verdict.also.push_back({first.verdict.property, first.verdict.message});
  }
  return {.is_done = true, .difference = std::move(verdict)};
}

void Determinism::Ignore(std::unique_ptr<SecondProcess> asked) {
  if (asked->channel().Receive()) GiveBack(std::move(asked));
}

Repetition Determinism::Repeat(const Scenario& scenario,
                               const TrialOptions& options,
                               const TrialResult& first, TrialArena& arena) {
  if (!IsComparable(first)) return {};
  std::unique_ptr<SecondProcess> asked = Ask(scenario, options);
  if (asked == nullptr) return {};
  return Compare(std::move(asked), scenario, options, first, arena);
}

std::unique_ptr<SecondProcess> Determinism::Lend() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (idle_.empty()) return nullptr;
  std::unique_ptr<SecondProcess> process = std::move(idle_.back());
  idle_.pop_back();
  return process;
}

void Determinism::TakeBack(std::unique_ptr<SecondProcess> lent, bool is_idle) {
  if (is_idle && !lent->HasEnded()) return GiveBack(std::move(lent));
  std::lock_guard<std::mutex> lock(mutex_);
  if (const pid_t id = lent->Abandon(); id != 0) abandoned_.push_back(id);
  std::erase_if(abandoned_,
                [](pid_t id) { return waitpid(id, nullptr, WNOHANG) != 0; });
}

void Determinism::LeaveProcesses(std::unique_ptr<SecondProcess> borrowed) {
  std::lock_guard<std::mutex> lock(mutex_);
  for (const std::unique_ptr<SecondProcess>& process : idle_) process->Leave();
  idle_.clear();
  if (borrowed == nullptr) return;
  borrowed->Borrow();
  idle_.push_back(std::move(borrowed));
}

absl::StatusOr<std::unique_ptr<SecondProcess>> Determinism::TakeProcess() {
  if (std::unique_ptr<SecondProcess> idle = Lend()) return idle;
  return SecondProcess::Start(process_);
}

void Determinism::GiveBack(std::unique_ptr<SecondProcess> process) {
  process->ForgetErrors();
  std::lock_guard<std::mutex> lock(mutex_);
  idle_.push_back(std::move(process));
}

bool ServeTrials(const ServiceOptions& options) {
  std::optional<ProcessChannel> channel = ParentChannel(options.place);
  if (!channel) return false;
  // As in the parent's workers.
  LeaveSignalsToParent();
  // On another thread: with a heap and stacks of its own.
  std::binary_semaphore is_done{0};
  std::thread service([&] {
    // What tasks run on is to be there when the witness looks.
    CurrentFiberPool();
    // tidy: allow(global) only its end matters
    static thread_local ExitWitness witness;
    Service(options, *channel).Run();
    witness.is_serving = false;
    is_done.release();
  });
  while (!is_done.try_acquire()) {
    if (!channel->WaitUntilClosed(kServicePollMilliseconds)) continue;
    // The parent is gone, and whatever trial runs here was for nobody.
    if (is_done.try_acquire_for(kServiceGrace)) break;
    std::_Exit(0);
  }
  service.join();
  return true;
}

}  // namespace reprise
