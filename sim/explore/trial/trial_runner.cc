#include "reprise/sim/explore/trial/trial_runner.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/digest.h"
#include "reprise/sim/trace/digest_trail.h"

namespace reprise {
namespace {

// Begins the line of a result that may come and go with the machine.
constexpr char kOfTheMachine[] = "for lack of memory or time ";

uint64_t HashEvidence(const Verdict& verdict) {
  std::string text = verdict.message;
  for (const Finding& finding : verdict.also) {
    absl::StrAppend(&text, "\n", finding.property, "\n", finding.message);
  }
  return HashContent(text);
}

// What code that broke out of the sandbox does cannot be expected to repeat.
bool IsOutside(const TrialResult& result) {
  return result.verdict.property == kSandboxProperty;
}

// What is still open of the budgets is the scenario's.
TrialOptions Sized(TrialOptions options, const Scenario& scenario) {
  if (!options.max_steps) options.max_steps = scenario.max_steps;
  if (!options.max_time) options.max_time = scenario.max_time;
  return options;
}

// Whether one of two different results says nothing about the code.
bool MayDiffer(const TrialResult& first, const TrialResult& second) {
  return (IsOutside(first) && IsOutside(second)) ||
         first.verdict.depends_on_machine || second.verdict.depends_on_machine;
}

}  // namespace

std::string DescribeResult(const TrialResult& result) {
  const Verdict& verdict = result.verdict;
  return absl::StrFormat(
      "%s%s%s%s with digest %016x after %d events, at %s, with %d operations, "
      "%d "
      "bytes held and evidence %016x",
      verdict.depends_on_machine ? kOfTheMachine : "",
      VerdictName(verdict.kind), verdict.property.empty() ? "" : " ",
      verdict.property, result.digest, result.events,
      FormatTime(result.virtual_time), result.operations, result.held_bytes,
      HashEvidence(verdict));
}

bool DependsOnMachine(std::string_view description) {
  return description.starts_with(kOfTheMachine);
}

TrialResult RunTrial(const Scenario& scenario, const TrialOptions& options,
                     TrialArena& arena) {
  const TrialOptions sized = Sized(options, scenario);
  Trial trial(sized, arena, scenario.name);
  trial.Play(scenario.run);
  return trial.Finish();
}

TrialResult RunTrial(const Scenario& scenario, const TrialOptions& options) {
  TrialArena arena;
  return RunTrial(scenario, options, arena);
}

RecordedTrial RunRecordedTrial(const Scenario& scenario, TrialOptions options,
                               TrialArena& arena) {
  options = Sized(std::move(options), scenario);
  options.record_decisions = true;
  DigestTrail trail;
  options.trail = &trail;
  Trial trial(options, arena, scenario.name);
  trial.Play(scenario.run);
  RecordedTrial recorded;
  recorded.result = trial.Finish();
  recorded.options = trial.asked_options();
  recorded.operations = trial.begun_operations();
  if (World* world = trial.world_or_null(); world != nullptr) {
    recorded.schedule = world->decisions().recorded();
    recorded.ordinary_delays = world->decisions().ordinary_delays();
    recorded.unused = world->decisions().Unused();
    recorded.unfit = world->decisions().unfit();
    recorded.digests =
        trail.Until(recorded.result.events, recorded.result.digest);
  } else if (options.edits != nullptr) {
    recorded.unused = options.edits->schedule;
  }
  return recorded;
}

RecordedTrial RunTrialAgain(const Scenario& scenario,
                            const TrialOptions& options,
                            const TrialResult& first, TrialArena& arena) {
  RecordedTrial second = RunRecordedTrial(scenario, options, arena);
  const std::string here = DescribeResult(first);
  const std::string there = DescribeResult(second.result);
  if (here == there) return second;
  if (MayDiffer(first, second.result)) return second;
  Verdict verdict{.kind = VerdictKind::kViolated,
                  .property = std::string(kDeterminismProperty),
                  .message = absl::StrFormat(
                      "two runs of seed %d differ: one ended %s, the next %s",
                      options.seed.value(), here, there)};
  const auto keep = [&verdict](const Verdict& lost) {
    if (lost.kind != VerdictKind::kViolated) return;
    verdict.also.push_back({lost.property, lost.message});
  };
  keep(first.verdict);
  keep(second.result.verdict);
  second.result.verdict = std::move(verdict);
  return second;
}

}  // namespace reprise
