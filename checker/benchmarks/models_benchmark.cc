// How fast histories of models are judged, from a ModelHistory to the verdict
// with its counterexample.

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "benchmark/benchmark.h"
#include "reprise/checker/benchmarks/peak_memory.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/models/fenced_lease.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/set.h"
#include "reprise/checker/models/stack.h"
#include "reprise/checker/testing/container_models.h"
#include "reprise/checker/testing/container_simulation.h"
#include "reprise/checker/testing/lease_history.h"
#include "reprise/checker/testing/model_sample.h"
#include "reprise/checker/testing/named_lease.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_model_history.h"

namespace reprise::checker {
namespace {

enum class Quality : uint8_t { kGood, kBad };

// Counters: the most memory that the process held meanwhile, the history
// included, and without; the states of searches; the operations that a
// counterexample names.
template <typename Model>
void Judge(benchmark::State& state, const ModelHistory<Model>& history,
           Quality quality) {
  const Outcome expected =
      quality == Quality::kBad ? Outcome::kViolated : Outcome::kHolds;
  RestartPeak();
  const size_t given = PeakBytes();
  ModelVerdict found;
  for (auto _ : state) {
    found = CheckModel(history, Budget());
    REPRISE_REQUIRE(found.verdict.outcome == expected, "a verdict is wrong");
  }
  const double operations = static_cast<double>(history.size());
  state.counters["operations"] = operations;
  state.counters["peak_MB"] = static_cast<double>(PeakBytes()) / 1e6;
  state.counters["own_MB"] = static_cast<double>(PeakBytes() - given) / 1e6;
  state.counters["states"] =
      static_cast<double>(found.verdict.statistics.states);
  state.counters["named"] =
      static_cast<double>(found.explanation.operations.size());
}

void Register(const std::string& name, Quality quality, size_t size,
              std::function<void(benchmark::State&)> judge) {
  const std::string full = "BM_Model/" + name +
                           (quality == Quality::kBad ? "/bad/" : "/good/") +
                           std::to_string(size);
  benchmark::RegisterBenchmark(full.c_str(), [judge = std::move(judge)](
                                                 benchmark::State& state) {
    judge(state);
  })->Unit(benchmark::kMillisecond);
}

// 10 clients on one object. A bad history has two answers exchanged near the
// end, or one turned around.
template <typename Model>
void RegisterContainer(const std::string& name, ContainerType type) {
  for (const size_t size : {1'000, 1'000'000}) {
    for (const Quality quality : {Quality::kGood, Quality::kBad}) {
      Register(name, quality, size, [=](benchmark::State& state) {
        std::vector<ContainerOperation> operations =
            SimulateContainer({.type = type,
                               .clients = 10,
                               .operations = static_cast<uint32_t>(size),
                               .questions = 30,
                               .elements = 1000,
                               .seed = 71});
        if (quality == Quality::kBad) {
          REPRISE_REQUIRE(PlantViolation(type, &operations),
                          "nothing to change");
        }
        ModelHistory<Model> history = AsContainerHistory<Model>(operations);
        operations = {};
        Judge(state, history, quality);
      });
    }
  }
}

// By its model, and by one as a user may write it.
void RegisterLease(size_t size) {
  const std::pair<const char*, LeaseBug> kBugs[] = {
      {"", LeaseBug::kNone},
      {"-granted-twice", LeaseBug::kGrantsTwice},
      {"-takes-old", LeaseBug::kTakesOld}};
  for (const auto& [name, bug] : kBugs) {
    const Quality quality =
        bug == LeaseBug::kNone ? Quality::kGood : Quality::kBad;
    const std::string suffix = name;
    Register("fenced-lease" + suffix, quality, size,
             [=, bug = bug](benchmark::State& state) {
               Judge(state, SimulateLease({.operations = size, .bug = bug}),
                     quality);
             });
    Register(
        "named-lease" + suffix, quality, size,
        [=, bug = bug](benchmark::State& state) {
          Judge(state,
                AsNamedLease(SimulateLease({.operations = size, .bug = bug})),
                quality);
        });
  }
}

// The share of answers that are wrong is of 1,000; 0: it holds.
template <typename Sample>
void RegisterSample(const std::string& name, ModelHistoryOptions options) {
  const Quality quality = options.wrong > 0 ? Quality::kBad : Quality::kGood;
  Register(name, quality, options.operations, [=](benchmark::State& state) {
    Random random(7);
    Judge(state, RandomModelHistory<Sample>(options, random), quality);
  });
}

template <typename Sample>
void RegisterSamples(const std::string& name, ModelHistoryOptions options) {
  RegisterSample<Sample>(name, options);
  options.wrong = 20;
  RegisterSample<Sample>(name, options);
}

// As Jepsen's test of sets: each element is added once, and now and then
// somebody reads the whole set.
struct DistinctSetSample : SetSample {
  static SetModel::Input RandomInput(Random& random) {
    if (random.Chance(1, 20)) return {.function = SetFunction::kRead};
    return {.function = SetFunction::kAdd,
            .element = Element::Integer(static_cast<int64_t>(random.Next()))};
  }
};

const bool kIsRegistered = [] {
  RegisterContainer<QueueModel>("queue", ContainerType::kQueue);
  RegisterContainer<StackModel>("stack", ContainerType::kStack);
  RegisterContainer<PriorityQueueModel>("priority-queue",
                                        ContainerType::kPriorityQueue);
  RegisterContainer<SetModel>("set", ContainerType::kSet);
  RegisterLease(440);
  RegisterSamples<CounterSample>(
      "counter", {.operations = 1000, .clients = 10, .unanswered = 20});
  RegisterSamples<LogSample>(
      "log", {.operations = 1000, .clients = 10, .unanswered = 20});
  RegisterSamples<DistinctSetSample>(
      "set-with-reads", {.operations = 1000, .clients = 10, .unanswered = 50});
  RegisterSamples<MutexSample>(
      "mutex", {.operations = 1000, .clients = 10, .unanswered = 20});
  return true;
}();

}  // namespace
}  // namespace reprise::checker
