#include "sim/explore/trial_runner.h"

#include <string>
#include <utility>

#include "absl/strings/str_format.h"

namespace reprise {
namespace {

bool IsSame(const TrialResult& a, const TrialResult& b) {
  return a.digest == b.digest && a.events == b.events &&
         a.virtual_time == b.virtual_time && a.operations == b.operations &&
         a.verdict == b.verdict;
}

std::string Describe(const TrialResult& result) {
  return absl::StrFormat("%s%s%s with digest %016x after %d events",
                         VerdictName(result.verdict.kind),
                         result.verdict.property.empty() ? "" : " ",
                         result.verdict.property, result.digest, result.events);
}

}  // namespace

TrialResult RunTrial(const Scenario& scenario, const TrialOptions& options,
                     TrialArena& arena) {
  Trial trial(options, arena);
  scenario.run(trial);
  return trial.Finish();
}

TrialResult RunTrial(const Scenario& scenario, const TrialOptions& options) {
  TrialArena arena;
  return RunTrial(scenario, options, arena);
}

RecordedTrial RunRecordedTrial(const Scenario& scenario, TrialOptions options,
                               TrialArena& arena) {
  options.record_decisions = true;
  Trial trial(options, arena);
  scenario.run(trial);
  RecordedTrial recorded;
  recorded.result = trial.Finish();
  recorded.options = trial.asked_options();
  if (World* world = trial.world_or_null(); world != nullptr) {
    recorded.schedule = world->decisions().recorded();
    recorded.unused = world->decisions().Unused();
  } else if (options.schedule != nullptr) {
    recorded.unused = *options.schedule;
  }
  return recorded;
}

RecordedTrial RunTrialAgain(const Scenario& scenario,
                            const TrialOptions& options,
                            const TrialResult& first, TrialArena& arena) {
  RecordedTrial second = RunRecordedTrial(scenario, options, arena);
  if (IsSame(first, second.result)) return second;
  Verdict verdict{
      .kind = VerdictKind::kViolated,
      .property = "determinism",
      .message = absl::StrFormat(
          "two runs of seed %d differ: one ended %s, the next %s",
          options.seed.value(), Describe(first), Describe(second.result))};
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
