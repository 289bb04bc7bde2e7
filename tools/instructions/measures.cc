#include "tools/instructions/measures.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
// tidy: allow(include) histories of any size, which a measure needs, too
#include "reprise/checker/testing/generate.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/ids.h"
// tidy: allow(include) the trial that the benchmarks measure
#include "reprise/sim/explore/testing/one_call.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "tests/scenarios/catalog.h"
#include "tools/benchmarks/workload_w.h"

namespace reprise {
namespace {

void RunCalls(int clients, uint64_t calls) {
  TrialArena arena;
  Trial trial({.seed = Seed(1)}, arena);
  RunWorkloadW(trial, {.clients = clients,
                       .calls_each = static_cast<int>(calls) / clients});
}

// Of the seeds from 0 on.
void RunTrials(const Scenario& scenario, uint64_t trials) {
  TrialArena arena;
  for (uint64_t seed = 0; seed < trials; ++seed) {
    const TrialResult result = RunTrial(scenario, {.seed = Seed(seed)}, arena);
    REPRISE_CHECK(result.verdict.kind == VerdictKind::kHolds,
                  result.verdict.message);
  }
}

// A history as the lab's tests record them: 5 clients with 100 operations each,
// which Get, Put and Append on five keys.
void JudgeHistory(uint64_t times) {
  const checker::GeneratedHistory made =
      checker::Generate({.clients = 5,
                         .operations = 100,
                         .keys = 5,
                         .gets = 450,
                         .puts = 50,
                         .values = checker::ValueStyle::kLab,
                         .seed = 11});
  checker::History history;
  checker::AppendTimed(made.operations, history);
  for (uint64_t i = 0; i < times; ++i) {
    const checker::Verdict verdict =
        checker::CheckKeyValue(history, checker::Budget());
    REPRISE_CHECK(verdict.outcome == checker::Outcome::kHolds);
  }
}

Measure CallsOf(int clients) {
  return {.name = absl::StrCat("w-", clients, "-clients"),
          .about = absl::StrCat("a call of workload W, ", clients, " clients"),
          .few = 20'000,
          .many = 70'000,
          .run = [clients](uint64_t count) { RunCalls(clients, count); }};
}

Measure TrialsOf(const std::string& name, uint64_t few, uint64_t many) {
  const auto run = [name](uint64_t count) {
    const Catalog catalog = LabCatalog();
    const absl::StatusOr<const Scenario*> scenario =
        FindScenario(catalog, name);
    REPRISE_CHECK(scenario.ok(), scenario.status().message());
    RunTrials(**scenario, count);
  };
  return {.name = name,
          .about = absl::StrCat("a trial, the mean of ", many - few, " seeds"),
          .few = few,
          .many = many,
          .run = run};
}

}  // namespace

std::vector<Measure> Measures() {
  const auto run_one_call = [](uint64_t count) {
    RunTrials(OneCallScenario(), count);
  };
  return {CallsOf(5),
          CallsOf(50),
          TrialsOf("lab-random-keys", 5, 30),
          TrialsOf("lab-unreliable", 5, 30),
          TrialsOf("raft-swarm", 2, 12),
          {.name = "check-lab-history",
           .about = "judging 500 operations of 5 clients on 5 keys",
           .few = 20,
           .many = 220,
           .run = JudgeHistory},
          {.name = "one-call",
           .about = "a trial of a world made, one call, the world ended",
           .few = 200,
           .many = 2200,
           .run = run_one_call}};
}

}  // namespace reprise
