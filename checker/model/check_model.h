// Judges histories of any model: anything with a sequential specification
// (model.h).
//
// Guarantees: the verdict is exact, because no hash decides anything, and the
// same on every run. Each partition is judged alone: directly, where the model
// can, and else by a search (order_search.h), whose time and memory may be
// exponential in the number of concurrent operations; then the budget ends it
// as undecided.
//
//   ModelHistory<OwnQueueModel> history;
//   OperationId push = history.Invoke(0, {.key = "q", .push = "a"});
//   history.Return(push, {});
//   ModelVerdict found = CheckModel(history, Budget());
//   if (found.verdict.outcome == Outcome::kViolated) {
//     std::cout << found.explanation.sentence << found.explanation.timeline;
//   }

#ifndef REPRISE_CHECKER_MODEL_CHECK_MODEL_H_
#define REPRISE_CHECKER_MODEL_CHECK_MODEL_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/history/explanation.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/contradiction.h"
#include "reprise/checker/model/direct_check.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_items.h"
#include "reprise/checker/model/model_states.h"
#include "reprise/checker/model/model_text.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/order_item.h"
#include "reprise/checker/model/order_search.h"
#include "reprise/checker/model/partitions.h"

namespace reprise::checker {

namespace internal {

template <typename Model>
class PartitionCheck {
 public:
  PartitionCheck(const ModelHistory<Model>& history,
                 const std::string& partition, std::vector<OperationId> ids,
                 const Budget& budget)
      : history_(history),
        partition_(partition),
        ids_(std::move(ids)),
        budget_(budget) {}

  ModelVerdict Run() {
    found_.verdict.statistics = {.keys = 1, .segments = 1};
    const DirectVerdict direct = CheckDirectly<Model>(history_, ids_, kNever);
    if (direct.outcome == DirectOutcome::kUnsuitable) {
      SearchAll();
    } else if (direct.outcome == DirectOutcome::kViolated) {
      NoteViolation();
      ExplainDirect(direct);
    }
    return std::move(found_);
  }

 private:
  void SearchAll() {
    const std::vector<OrderItem> items = ItemsOf(history_, ids_);
    ModelStates<Model> states(history_);
    const OrderResult result = SearchOrder(items, states, budget_);
    CheckStatistics& statistics = found_.verdict.statistics;
    statistics.states = result.states;
    statistics.keys_searched = statistics.segments_searched = 1;
    found_.verdict.outcome = result.outcome;
    for (const uint32_t place : result.order) {
      found_.order.push_back(items[place].operation);
    }
    if (result.outcome == Outcome::kUndecided) {
      found_.verdict.exhaustion =
          ExhaustionOf(result, partition_, items.size(), budget_);
    } else if (result.outcome == Outcome::kViolated) {
      NoteViolation();
      Explain(items, FindSmallContradiction(items, states, budget_));
    }
  }

  // It stands, whatever becomes of its explanation.
  void NoteViolation() {
    if (budget_.monitor != nullptr) budget_.monitor->is_violated = true;
  }

  // Of what was found without a search, only the operations that contradict
  // each other are searched, where they are few, with those beside them that
  // were never answered: these may explain a part of it.
  void ExplainDirect(const DirectVerdict& direct) {
    const std::vector<OperationId> few =
        FirstContradiction(history_, ids_, direct);
    const std::vector<OrderItem> items =
        ItemsOf(history_, WithUnanswered(history_, ids_, few));
    if (items.size() > kMostReduced) {
      const std::vector<OrderItem> whole = ItemsOf(history_, few);
      return Explain(whole, WholeContradiction(whole));
    }
    ModelStates<Model> states(history_);
    Explain(items, FindSmallContradiction(items, states, budget_));
  }

  void Explain(const std::vector<OrderItem>& items,
               const SmallContradiction& few) {
    found_.verdict.outcome = Outcome::kViolated;
    Explanation& why = found_.explanation;
    why.first_illegal = items[few.first_illegal].operation;
    why.event = history_[why.first_illegal].ret;
    why.is_minimal = few.is_minimal;
    Contradiction& contradiction = found_.verdict.contradiction;
    for (const SmallContradiction::Part& part : few.parts) {
      const OperationId id = items[part.place].operation;
      why.operations.push_back({id, part.knowledge == Knowledge::kAnswer
                                        ? Report::kKeep
                                        : Report::kForget});
      contradiction.operations.push_back(id);
    }
    why.timeline = ModelTimeline(history_, why.operations);
    if (!why.is_minimal) why.timeline += kNotMinimal;
    why.sentence = ModelSentence(history_, partition_, why);
    contradiction.key = partition_;
    contradiction.sentence = why.sentence;
    found_.verdict.statistics.states += few.states;
  }

  // Reads of a whole set name all that was added: too much to be tried.
  static constexpr size_t kMostReduced = 100;

  const ModelHistory<Model>& history_;
  const std::string& partition_;
  const std::vector<OperationId> ids_;
  const Budget budget_;
  ModelVerdict found_;
};

// What is left of the total, where that is less than a partition may use.
Budget LeftOf(const Budget& budget, uint64_t used_states);

// Says of a partition that was cut short that it was the total that ran out,
// after so many states of all partitions, where that is so.
void NoteTotal(const Budget& budget, const Budget& left, uint64_t states,
               Exhaustion& exhaustion);

}  // namespace internal

// As many partitions are judged as the total of the budget allows; a violation
// of one of them outweighs what is undecided.
template <typename Model>
ModelVerdict CheckModel(const ModelHistory<Model>& history,
                        const Budget& budget) {
  ModelVerdict all;
  for (auto& [name, ids] : PartitionsOf(history)) {
    const uint64_t operations = ids.size();
    const Budget left = internal::LeftOf(budget, all.verdict.statistics.states);
    ModelVerdict found =
        internal::PartitionCheck<Model>(history, name, std::move(ids), left)
            .Run();
    CountJudged(budget, operations);
    // Of the whole so far.
    all.verdict.statistics += found.verdict.statistics;
    found.verdict.statistics = all.verdict.statistics;
    if (found.verdict.outcome == Outcome::kViolated) return found;
    if (all.verdict.outcome != Outcome::kHolds) continue;
    if (found.verdict.outcome == Outcome::kUndecided) {
      internal::NoteTotal(budget, left, found.verdict.statistics.states,
                          found.verdict.exhaustion);
      all = std::move(found);
    } else {
      all.order.insert(all.order.end(), found.order.begin(), found.order.end());
    }
  }
  return all;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_CHECK_MODEL_H_
