#include "reprise/checker/explain.h"

#include <algorithm>
#include <utility>

#include "reprise/checker/first_illegal.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/timeline.h"
#include "reprise/checker/minimise.h"
#include "reprise/checker/probe.h"

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

// An illegal prefix of one key, and operations that contradict each other in
// it.
struct Finding {
  History prefix;
  std::vector<OperationId> ids;         // in the history, of the prefix's
  OperationId last = 0;                 // in the history: its last response
  std::vector<OperationId> operations;  // in the prefix
  std::string sentence;
  bool is_first = false;  // whether no shorter prefix of the key is illegal
};

Finding FindPrefix(const History& history, const Contradiction& contradiction,
                   Probe& probe) {
  Finding finding;
  const std::vector<Selected> of_key = OperationsOf(history, contradiction.key);
  for (const Selected& selected : of_key) finding.ids.push_back(selected.id);
  History key = Subhistory(history, of_key);
  const FirstIllegal first = FirstIllegalResponse(key, probe);
  finding.last = finding.ids[first.operation];
  finding.is_first = first.is_certain;
  Verdict verdict = first.verdict;
  finding.prefix = PrefixOf(key, key[first.operation].ret + 1);
  if (verdict.outcome != Outcome::kViolated && !probe.IsSpent()) {
    verdict = probe.Check(finding.prefix);
  }
  if (verdict.outcome == Outcome::kViolated) {
    finding.operations = verdict.contradiction.operations;
    finding.sentence = verdict.contradiction.sentence;
    return finding;
  }
  // All that is known is what the caller knew. Their places in the key are
  // those in the prefix, which is all of it.
  finding.is_first = false;
  finding.prefix = std::move(key);
  finding.sentence = contradiction.sentence;
  for (OperationId id : contradiction.operations) {
    const auto found =
        std::lower_bound(finding.ids.begin(), finding.ids.end(), id);
    finding.operations.push_back(
        static_cast<OperationId>(found - finding.ids.begin()));
    if (!history[id].IsPending() &&
        history[id].ret > history[finding.last].ret) {
      finding.last = id;
    }
  }
  return finding;
}

}  // namespace

Explanation Explain(const History& history, const Verdict& verdict,
                    const Budget& budget) {
  REPRISE_REQUIRE(verdict.outcome == Outcome::kViolated,
                  "there is nothing to explain");
  Probe probe(budget);
  Finding finding = FindPrefix(history, verdict.contradiction, probe);
  // Another key may have been illegal before, and before that one another.
  bool is_first = false;
  while (!is_first && !probe.IsSpent()) {
    const Verdict before =
        probe.Check(PrefixOf(history, history[finding.last].ret));
    if (before.outcome == Outcome::kUndecided) break;
    is_first = before.outcome == Outcome::kHolds;
    if (!is_first) finding = FindPrefix(history, before.contradiction, probe);
  }
  const Minimum minimum = Minimise(finding.prefix, finding.operations, probe);

  Explanation explanation;
  explanation.sentence = finding.sentence;
  explanation.first_illegal = finding.last;
  explanation.event = history[finding.last].ret;
  explanation.is_minimal = is_first && finding.is_first && minimum.is_minimal;
  explanation.timeline = Timeline(finding.prefix, minimum.operations);
  if (!explanation.is_minimal) explanation.timeline += kNotMinimal;
  for (const Selected& selected : minimum.operations) {
    explanation.operations.push_back(
        {finding.ids[selected.id], selected.report});
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
