#include "reprise/checker/testing/model_agreement.h"

#include <set>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_items.h"
#include "reprise/checker/model/model_states.h"
#include "reprise/checker/model/order_item.h"
#include "reprise/checker/model/order_search.h"
#include "reprise/checker/model/partitions.h"
#include "reprise/checker/models/priority_queue.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/models/stack.h"
#include "reprise/checker/testing/exhaustive_check.h"
#include "reprise/checker/testing/model_sample.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_model_history.h"

namespace reprise::checker {
namespace {

// The same operations for another model with the same operations.
template <typename Other, typename Model>
ModelHistory<Other> As(const ModelHistory<Model>& history) {
  ModelHistory<Other> other;
  other.SetInitial(history.initial());
  for (const auto& each : history.operations()) {
    other.Add({.client = each.client,
               .input = each.input,
               .output = each.output,
               .call = each.call,
               .ret = each.ret,
               .has_failed = each.has_failed});
  }
  return other;
}

// The operations of a contradiction alone, with the answers that count, but for
// that of `unanswered`.
template <typename Model>
ModelHistory<Model> Part(const ModelHistory<Model>& history,
                         const std::vector<Selected>& operations,
                         OperationId unanswered) {
  ModelHistory<Model> part;
  part.SetInitial(history.initial());
  for (const auto& [id, report] : operations) {
    auto operation = history[id];
    if (report == Report::kForget || id == unanswered) {
      operation.output.reset();
      operation.ret = kNever;
    }
    part.Add(std::move(operation));
  }
  return part;
}

template <typename Model>
bool HasJoinedInstants(const ModelHistory<Model>& history) {
  std::set<EventIndex> events;
  for (const auto& each : history.operations()) {
    if (!events.insert(each.call).second) return true;
    if (each.ret != kNever && !events.insert(each.ret).second) return true;
  }
  return false;
}

// What is wrong with a verdict, or "". `Tried` is the oracle's model.
template <typename Tried, typename Model>
std::string ProblemOf(const ModelHistory<Model>& history,
                      const ModelVerdict& found) {
  const Outcome right = TryEveryOrder(As<Tried>(history), Budget());
  if (found.verdict.outcome != right) {
    return found.verdict.outcome == Outcome::kHolds ? "wrongly holds"
                                                    : "wrongly violated";
  }
  if (right == Outcome::kHolds) return "";
  const std::vector<Selected>& named = found.explanation.operations;
  const auto judge = [&](OperationId unanswered) {
    return TryEveryOrder(As<Tried>(Part(history, named, unanswered)), Budget());
  };
  if (judge(kNever) != Outcome::kViolated) return "no contradiction";
  // There, a client's order hangs on answers that do not count, too.
  if (HasJoinedInstants(history)) return "";
  if (!found.explanation.is_minimal) return "not minimal";
  for (const auto& [id, report] : named) {
    if (report == Report::kKeep && judge(id) != Outcome::kHolds) {
      return "an answer that is not needed, of " + std::to_string(id);
    }
  }
  return "";
}

// An object whose state, once it has changed, changes no more.
template <typename Model>
struct Stuck : Model {
  static bool Step(const typename Model::Input& input,
                   const typename Model::Output* output,
                   typename Model::State& state) {
    typename Model::State before = state;
    const bool is_right = Model::Step(input, output, state);
    if (before != Model::Init()) state = before;
    return is_right;
  }
};

// An object that answers whatever a client wants to see.
template <typename Model>
struct Obliging : Model {
  static bool Step(const typename Model::Input&, const typename Model::Output*,
                   typename Model::State&) {
    return true;
  }
};

// A model without a check of its own, so that its histories are searched.
template <typename Model>
struct Searched : Model {
  static void CheckDirectly() = delete;
};

template <typename Model>
std::string ProblemOf(Oracle oracle, const ModelHistory<Model>& history,
                      const ModelVerdict& found) {
  switch (oracle) {
    case Oracle::kRight:
      return ProblemOf<Model>(history, found);
    case Oracle::kStuck:
      return ProblemOf<Stuck<Model>>(history, found);
    case Oracle::kObliging:
      return ProblemOf<Obliging<Model>>(history, found);
  }
  return "";
}

// What a search finds that compares operations from the start.
template <typename Model>
Outcome SearchAlike(const ModelHistory<Model>& history) {
  for (const Partition& each : PartitionsOf(history)) {
    const std::vector<OrderItem> items = ItemsOf(history, each.ids);
    ModelStates<Model> states(history);
    const OrderResult result =
        SearchOrder(items, states, Budget(), /*plain_states=*/0);
    if (result.outcome != Outcome::kHolds) return result.outcome;
  }
  return Outcome::kHolds;
}

}  // namespace

std::string ModelAgreement::Summary() const {
  return std::to_string(histories) + " histories, " + std::to_string(violated) +
         " violated, " + std::to_string(direct) + " judged without a search";
}

template <typename Sample>
ModelAgreement CompareWithOracle(Oracle oracle, uint64_t histories) {
  using Model = typename Sample::Model;
  ModelAgreement agreement;
  for (uint64_t seed = 0; seed < histories; ++seed) {
    Random random(seed);
    const auto history = RandomModelHistory<Sample>(random);
    const ModelVerdict found = CheckModel(history, Budget());
    const ModelVerdict searched =
        CheckModel(As<Searched<Model>>(history), Budget());
    std::string problem = ProblemOf(oracle, history, found);
    if (problem.empty() && searched.verdict.outcome != found.verdict.outcome) {
      problem = "the search disagrees";
    }
    if (problem.empty() && SearchAlike(history) != found.verdict.outcome) {
      problem = "the search that compares operations disagrees";
    }
    ++agreement.histories;
    agreement.violated += found.verdict.outcome == Outcome::kViolated;
    agreement.direct += found.verdict.statistics.segments_searched == 0;
    if (problem.empty()) continue;
    ++agreement.problems;
    if (!agreement.problem.empty()) continue;
    agreement.problem = "seed " + std::to_string(seed) + ": " + problem + "\n" +
                        ModelHistoryText(history) + found.explanation.timeline;
  }
  return agreement;
}

template ModelAgreement CompareWithOracle<ContainerSample<QueueModel>>(
    Oracle, uint64_t);
template ModelAgreement CompareWithOracle<ContainerSample<StackModel>>(
    Oracle, uint64_t);
template ModelAgreement CompareWithOracle<ContainerSample<PriorityQueueModel>>(
    Oracle, uint64_t);
template ModelAgreement CompareWithOracle<SetSample>(Oracle, uint64_t);
template ModelAgreement CompareWithOracle<GrowingSetSample>(Oracle, uint64_t);
template ModelAgreement CompareWithOracle<SetElementSample>(Oracle, uint64_t);
template ModelAgreement CompareWithOracle<CounterSample>(Oracle, uint64_t);
template ModelAgreement CompareWithOracle<RegisterSample>(Oracle, uint64_t);
template ModelAgreement CompareWithOracle<LogSample>(Oracle, uint64_t);
template ModelAgreement CompareWithOracle<MutexSample>(Oracle, uint64_t);
template ModelAgreement CompareWithOracle<FencedLeaseSample>(Oracle, uint64_t);
template ModelAgreement CompareWithOracle<UniqueIdsSample>(Oracle, uint64_t);

}  // namespace reprise::checker
