#include "reprise/checker/explain.h"

#include "reprise/checker/first_illegal.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/timeline.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/minimise.h"

namespace reprise::checker {
namespace {

std::vector<Selected> OperationsOf(const History& history,
                                   std::string_view key) {
  std::vector<Selected> selected;
  for (OperationId id = 0; id < history.size(); ++id) {
    if (history.KeyName(history[id].key) == key) selected.push_back({id});
  }
  return selected;
}

}  // namespace

Explanation Explain(const History& history, const Verdict& verdict,
                    const Budget& budget) {
  CHECKER_REQUIRE(verdict.outcome == Outcome::kViolated,
                  "there is nothing to explain");
  const std::vector<Selected> of_key =
      OperationsOf(history, verdict.contradiction.key);
  const History key = Subhistory(history, of_key);
  const OperationId last = FirstIllegalResponse(key, budget);
  // Another key may have been illegal before.
  const Verdict before =
      CheckKeyValue(PrefixOf(history, history[of_key[last].id].ret), budget);
  if (before.outcome == Outcome::kViolated) {
    return Explain(history, before, budget);
  }
  const History prefix = PrefixOf(key, key[last].ret + 1);
  Verdict found = CheckKeyValue(prefix, budget);
  CHECKER_REQUIRE(found.outcome == Outcome::kViolated,
                  "the prefix is not illegal");

  Explanation explanation;
  explanation.sentence = found.contradiction.sentence;
  explanation.first_illegal = of_key[last].id;
  explanation.event = history[explanation.first_illegal].ret;
  const std::vector<Selected> few =
      Minimise(prefix, found.contradiction.operations, budget);
  explanation.timeline = Timeline(prefix, few);
  for (const Selected& selected : few) {
    explanation.operations.push_back({of_key[selected.id].id, selected.report});
  }
  return explanation;
}

std::string Timeline(const History& history,
                     const std::vector<Selected>& selected) {
  std::vector<TimelineRow> rows;
  for (const Selected& each : selected) {
    const Operation& operation = history[each.id];
    rows.push_back({.client = operation.client,
                    .label = CallText(history, each.id),
                    .call = operation.call,
                    .ret = operation.IsPending() ? kNever : operation.ret});
  }
  return TimelineText(rows);
}

}  // namespace reprise::checker
