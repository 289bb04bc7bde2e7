// Judges histories of a user's own model: anything with a sequential
// specification (model.h).
//
// Guarantees: the verdict is exact, because no hash decides anything, and the
// same on every run. Each partition is searched alone (order_search.h). Time
// and memory may be exponential in the number of concurrent operations; then
// the budget ends the search as undecided.
//
//   ModelHistory<QueueModel> history;
//   OperationId push = history.Invoke(0, {.key = "q", .push = "a"});
//   history.Return(push, {});
//   ModelVerdict verdict = CheckModel(history, Budget());

#ifndef REPRISE_CHECKER_MODEL_CHECK_MODEL_H_
#define REPRISE_CHECKER_MODEL_CHECK_MODEL_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/contradiction.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_states.h"
#include "reprise/checker/model/order_search.h"
#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

struct ContradictingOperation {
  OperationId id;
  Knowledge knowledge;  // Whether its answer counts.
};

struct ModelVerdict {
  Outcome outcome = Outcome::kHolds;
  std::string partition;  // The one that is violated or undecided.
  // If it holds, a linearization of all partitions; else the longest order that
  // was found in that partition. Operations whose answers are unknown may be
  // missing.
  std::vector<OperationId> order;
  // If it is violated, a few operations of that partition that contradict each
  // other, in the order of their calls, whatever the answers were that do not
  // count; and the first answer that no order explains.
  std::vector<ContradictingOperation> operations;
  OperationId first_illegal = 0;
  // Whether each answer of them is needed; the budget may end that search.
  bool is_minimal = true;
  std::string text;  // The operations, as the model describes them.
  uint64_t states = 0;
};

namespace internal {

// The operations `ids` as items to be ordered: those that failed are left out.
template <typename Model>
std::vector<OrderItem> ItemsOf(const ModelHistory<Model>& history,
                               const std::vector<OperationId>& ids) {
  std::vector<OrderItem> items;
  std::map<std::string, uint32_t> classes;
  for (const OperationId id : ids) {
    const auto& called = history[id];
    if (called.has_failed) continue;
    const auto* output = called.output ? &*called.output : nullptr;
    const auto next = static_cast<uint32_t>(classes.size());
    items.push_back(
        {.operation = id,
         .client = called.client,
         .call = called.call,
         .ret = called.ret,
         .is_read_only = IsReadOnlyIn<Model>(called.input, output),
         .is_always_read_only = IsReadOnlyIn<Model>(called.input, nullptr),
         .same =
             classes.try_emplace(Model::Describe(called.input, output), next)
                 .first->second});
  }
  return items;
}

// A line for each of `operations`: who called what, with what answer.
template <typename Model>
std::string TextOf(const ModelHistory<Model>& history,
                   const std::vector<ContradictingOperation>& operations) {
  std::string text;
  for (const ContradictingOperation& part : operations) {
    const auto& called = history[part.id];
    const bool counts =
        part.knowledge == Knowledge::kAnswer && called.output.has_value();
    absl::StrAppend(
        &text, "client ", called.client, "  ",
        Model::Describe(called.input, counts ? &*called.output : nullptr),
        "\n");
  }
  return text;
}

template <typename Model>
ModelVerdict CheckPartition(const ModelHistory<Model>& history,
                            const std::vector<OperationId>& ids,
                            const Budget& budget) {
  const std::vector<OrderItem> items = ItemsOf(history, ids);
  ModelStates<Model> states(history);
  const OrderResult found = SearchOrder(items, states, budget);
  ModelVerdict verdict;
  verdict.outcome = found.outcome;
  verdict.states = found.states;
  for (const uint32_t place : found.order) {
    verdict.order.push_back(items[place].operation);
  }
  if (found.outcome != Outcome::kViolated) return verdict;
  const SmallContradiction few = FindSmallContradiction(items, states, budget);
  for (const SmallContradiction::Part& part : few.parts) {
    verdict.operations.push_back({items[part.place].operation, part.knowledge});
  }
  verdict.first_illegal = items[few.first_illegal].operation;
  verdict.is_minimal = few.is_minimal;
  verdict.text = TextOf(history, verdict.operations);
  verdict.states += few.states;
  return verdict;
}

}  // namespace internal

template <typename Model>
ModelVerdict CheckModel(const ModelHistory<Model>& history,
                        const Budget& budget) {
  std::map<std::string, std::vector<OperationId>> partitions;
  for (OperationId id = 0; id < history.size(); ++id) {
    partitions[PartitionOf<Model>(history[id].input)].push_back(id);
  }
  ModelVerdict verdict;
  for (const auto& [name, ids] : partitions) {
    ModelVerdict found = internal::CheckPartition(history, ids, budget);
    found.states += verdict.states;
    found.partition = name;
    if (found.outcome == Outcome::kViolated) return found;
    if (found.outcome == Outcome::kUndecided) {
      if (verdict.outcome == Outcome::kHolds) verdict = std::move(found);
      continue;
    }
    verdict.states = found.states;
    if (verdict.outcome != Outcome::kHolds) continue;
    verdict.order.insert(verdict.order.end(), found.order.begin(),
                         found.order.end());
  }
  return verdict;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_CHECK_MODEL_H_
