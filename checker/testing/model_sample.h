// Samples of the models: random operations and right answers, for histories
// that are made up (random_model_history.h).
//
//   struct MySample {
//     using Model = MyModel;
//     static Model::Input RandomInput(Random& random);
//     // Nothing where it cannot be done now, but has to wait.
//     static std::optional<Model::Output> RightOutput(
//         const Model::Input&, const Model::State&, Random& random);
//   };

#ifndef REPRISE_CHECKER_TESTING_MODEL_SAMPLE_H_
#define REPRISE_CHECKER_TESTING_MODEL_SAMPLE_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "reprise/checker/models/container_calls.h"
#include "reprise/checker/models/counter.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/models/fenced_lease.h"
#include "reprise/checker/models/log.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/models/register.h"
#include "reprise/checker/models/set.h"
#include "reprise/checker/models/unique_ids.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {

// One of so many, of two kinds.
inline Element RandomElement(Random& random, uint64_t count) {
  const uint64_t number = random.Below(count);
  return number % 2 == 0 ? Element::Integer(static_cast<int64_t>(20 + number))
                         : Element::String(std::string(1, 'a' + number % 26));
}

// Nearly always one object.
inline std::string RandomKey(Random& random) {
  return random.Chance(1, 20) ? "other" : "";
}

// Of a queue, stack or priority queue: elements repeat now and then.
template <typename Container>
struct ContainerSample {
  using Model = Container;
  static ContainerInput RandomInput(Random& random) {
    const uint64_t kind = random.Below(16);
    if (kind == 0) return {.function = ContainerFunction::kPeek};
    if (kind < 8) return {.function = ContainerFunction::kRemove};
    return {.key = RandomKey(random),
            .function = ContainerFunction::kInsert,
            .element = RandomElement(random, 12)};
  }
  static std::optional<ContainerOutput> RightOutput(
      const ContainerInput& input, const typename Model::State& state,
      Random&) {
    ContainerOutput output;
    if (input.function != ContainerFunction::kInsert && !state.empty()) {
      output.element = state[Model::NextOf(state)];
    }
    return output;
  }
};

struct SetSample {
  using Model = SetModel;
  static SetModel::Input RandomInput(Random& random);
  static std::optional<SetModel::Output> RightOutput(
      const SetModel::Input& input, const SetModel::State& state,
      Random& random);
};

// Nothing is removed, so that it is judged without a search.
struct GrowingSetSample : SetSample {
  static SetModel::Input RandomInput(Random& random);
};

// Nobody reads the whole set, and each change says whether it was one.
struct SetElementSample : SetSample {
  static SetModel::Input RandomInput(Random& random);
  static std::optional<SetModel::Output> RightOutput(
      const SetModel::Input& input, const SetModel::State& state,
      Random& random);
};

struct CounterSample {
  using Model = CounterModel;
  static CounterModel::Input RandomInput(Random& random);
  static std::optional<CounterModel::Output> RightOutput(
      const CounterModel::Input& input, const CounterModel::State& state,
      Random& random);
};

struct RegisterSample {
  using Model = RegisterModel;
  static RegisterModel::Input RandomInput(Random& random);
  static std::optional<RegisterModel::Output> RightOutput(
      const RegisterModel::Input& input, const RegisterModel::State& state,
      Random& random);
};

struct LogSample {
  using Model = LogModel;
  static LogModel::Input RandomInput(Random& random);
  static std::optional<LogModel::Output> RightOutput(
      const LogModel::Input& input, const LogModel::State& state,
      Random& random);
};

struct MutexSample {
  using Model = MutexModel;
  static MutexModel::Input RandomInput(Random& random);
  static std::optional<MutexModel::Output> RightOutput(
      const MutexModel::Input& input, const MutexModel::State& state,
      Random& random);
};

struct FencedLeaseSample {
  using Model = FencedLeaseModel;
  static FencedLeaseModel::Input RandomInput(Random& random);
  static std::optional<FencedLeaseModel::Output> RightOutput(
      const FencedLeaseModel::Input& input,
      const FencedLeaseModel::State& state, Random& random);
};

struct UniqueIdsSample {
  using Model = UniqueIdsModel;
  static UniqueIdsModel::Input RandomInput(Random& random);
  static std::optional<UniqueIdsModel::Output> RightOutput(
      const UniqueIdsModel::Input& input, const UniqueIdsModel::State& state,
      Random& random);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_MODEL_SAMPLE_H_
