// The page of a history of a model of one's own (model/model.h). The model says
// how operations read; the first word of that is the function, which gives it
// its colour.
//
//   ModelVerdict verdict = CheckModel(history, Budget());
//   std::string page = ModelPage<QueueModel>({.title = "queue",
//                                             .history = history,
//                                             .verdict = verdict});

#ifndef REPRISE_CHECKER_REPORT_MODEL_PAGE_H_
#define REPRISE_CHECKER_REPORT_MODEL_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/state_space.h"
#include "reprise/checker/report/model_words.h"
#include "reprise/checker/report/page.h"
#include "reprise/checker/report/page_input.h"
#include "reprise/checker/report/page_source.h"

namespace reprise::checker {

template <typename Model>
struct ModelPageInput {
  std::string title;
  const ModelHistory<Model>& history;
  const ModelVerdict& verdict;
  std::string sentence = "";  // "": one is made of the verdict
  // Of each operation, or empty.
  std::span<const uint32_t> lines = {};
  std::span<const Times> times = {};
  std::string time_unit = "";
  size_t operations_max = 10'000;
};

template <typename Model>
class ModelSource : public PageSource {
 public:
  // Requires that the input outlives the source.
  explicit ModelSource(const ModelPageInput<Model>& input) : input_(input) {
    for (const auto& operation : input.history.operations()) {
      std::string name = PartitionOf<Model>(operation.input);
      const auto [place, is_new] = places_.try_emplace(
          std::move(name), static_cast<PartitionId>(names_.size()));
      if (is_new) names_.push_back(place->first);
      partitions_.push_back(place->second);
    }
  }

  size_t size() const override { return input_.history.size(); }
  size_t partitions() const override { return names_.size(); }
  std::string PartitionName(PartitionId partition) const override {
    return names_[partition];
  }

  PageFacts Facts(OperationId id) const override {
    const auto& operation = input_.history[id];
    PageFacts facts = {.client = operation.client,
                       .partition = partitions_[id],
                       .call = operation.call,
                       .ret = operation.ret};
    if (operation.has_failed) {
      facts.answer = PageAnswer::kFailed;
    } else if (operation.output) {
      facts.answer = PageAnswer::kAnswered;
    }
    if (!input_.lines.empty()) facts.line = input_.lines[id];
    if (!input_.times.empty()) facts.times = input_.times[id];
    return facts;
  }

  PageText Text(OperationId id) const override {
    const auto& operation = input_.history[id];
    PageText text;
    text.call = Model::Describe(
        operation.input, operation.output ? &*operation.output : nullptr);
    text.function = FirstWord(text.call);
    return text;
  }

  // Where the partition of this name is; the first if there is none.
  PartitionId Find(const std::string& name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? 0 : found->second;
  }

 private:
  const ModelPageInput<Model>& input_;
  std::map<std::string, PartitionId> places_;
  std::vector<std::string> names_;
  std::vector<PartitionId> partitions_;  // of each operation
};

// The page, as page.h has it. Requires that the history is not empty.
template <typename Model>
std::string ModelPage(const ModelPageInput<Model>& from) {
  const ModelSource<Model> source(from);
  const ModelVerdict& verdict = from.verdict;
  PageInput input = {.title = from.title, .history = source};
  input.outcome = verdict.outcome;
  input.is_minimal = verdict.is_minimal;
  input.order = verdict.order;
  input.time_unit = from.time_unit;
  input.operations_max = from.operations_max;
  if (verdict.outcome == Outcome::kViolated) {
    input.first_illegal = verdict.first_illegal;
    for (const ContradictingOperation& operation : verdict.operations) {
      input.contradiction.push_back(
          {.id = operation.id,
           .answer_counts = operation.knowledge == Knowledge::kAnswer});
    }
  } else if (verdict.outcome == Outcome::kUndecided) {
    input.undecided = source.Find(verdict.partition);
  }
  input.sentence = from.sentence.empty()
                       ? ModelSentence(source, input, verdict.states)
                       : from.sentence;
  return HtmlPage(input);
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_MODEL_PAGE_H_
