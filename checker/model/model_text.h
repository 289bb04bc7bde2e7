// What is said of a contradiction in a history of any model.

#ifndef REPRISE_CHECKER_MODEL_MODEL_TEXT_H_
#define REPRISE_CHECKER_MODEL_MODEL_TEXT_H_

#include <string>
#include <vector>

#include "reprise/checker/history/explanation.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/timeline.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"

namespace reprise::checker {

// `description` as one line for people, its middle left out if it is long.
std::string ShortText(const std::string& description);

// "key "q": no order explains dequeue("q") = 7 of client 2 beside ...".
// `others` are the other operations of the contradiction.
std::string ContradictionSentence(const std::string& partition,
                                  const std::string& first_illegal,
                                  const std::vector<std::string>& others);

// An operation of a contradiction: without its answer where that does not
// matter.
template <typename Model>
std::string ModelCallText(const ModelHistory<Model>& history,
                          const Selected& selected) {
  const auto& called = history[selected.id];
  const bool counts =
      selected.report == Report::kKeep && called.output.has_value();
  return ShortText(
      DescriptionOf<Model>(called.input, counts ? &*called.output : nullptr));
}

template <typename Model>
std::string ModelTimeline(const ModelHistory<Model>& history,
                          const std::vector<Selected>& operations) {
  std::vector<TimelineRow> rows;
  for (const Selected& each : operations) {
    const auto& called = history[each.id];
    rows.push_back({.client = called.client,
                    .label = ModelCallText(history, each),
                    .call = called.call,
                    .ret = called.ret});
  }
  return TimelineText(rows);
}

template <typename Model>
std::string ModelSentence(const ModelHistory<Model>& history,
                          const std::string& partition,
                          const Explanation& why) {
  const auto of_client = [&](const Selected& each) {
    return ModelCallText(history, each) + " of client " +
           std::to_string(history[each.id].client);
  };
  std::vector<std::string> others;
  for (const Selected& each : why.operations) {
    if (each.id != why.first_illegal) others.push_back(of_client(each));
  }
  return ContradictionSentence(partition, of_client({why.first_illegal}),
                               others);
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_MODEL_TEXT_H_
