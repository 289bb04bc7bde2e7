#include "reprise/checker/report/call_page.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/checker/history/explanation.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/report/page.h"
#include "reprise/checker/report/page_input.h"
#include "reprise/checker/report/page_source.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

PageAnswer AnswerOf(Ending ending) {
  switch (ending) {
    case Ending::kUnknown:
      return PageAnswer::kUnknown;
    case Ending::kAnswered:
      return PageAnswer::kAnswered;
    case Ending::kFailed:
      return PageAnswer::kFailed;
  }
  return PageAnswer::kUnknown;
}

class CallSource : public PageSource {
 public:
  explicit CallSource(const CallRecording& recorded) : recorded_(recorded) {
    for (OperationId id = 0; id < size(); ++id) {
      const std::string& key = recorded_.history.KeyOf(id);
      const auto next = static_cast<PartitionId>(names_.size());
      const auto [place, is_new] = places_.try_emplace(key, next);
      if (is_new) names_.push_back(key);
      partitions_.push_back(place->second);
    }
  }

  size_t size() const override { return recorded_.history.size(); }
  size_t partitions() const override { return names_.size(); }
  std::string PartitionName(PartitionId partition) const override {
    return names_[partition];
  }

  PageFacts Facts(OperationId id) const override {
    const CallHistory::Operation& operation = recorded_.history[id];
    PageFacts facts = {.client = operation.client,
                       .partition = partitions_[id],
                       .answer = AnswerOf(operation.ending),
                       .call = operation.call,
                       .ret = operation.ret,
                       .line = operation.line};
    if (!recorded_.times.empty()) facts.times = recorded_.times[id];
    return facts;
  }

  PageText Text(OperationId id) const override {
    const Call call = recorded_.history.CallOf(id);
    PageText text = {.function = call.function, .call = call.function};
    if (!call.argument.IsNil()) {
      absl::StrAppend(&text.call, " ", CanonicalText(call.argument));
    }
    const EdnValue* const output = recorded_.history.OutputOf(id);
    const bool says_something =
        output != nullptr && (!output->IsNil() || call.argument.IsNil());
    if (says_something) text.output = CanonicalText(*output);
    return text;
  }

  // Where the partition of this name is; the first if there is none.
  PartitionId Find(const std::string& name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? 0 : found->second;
  }

 private:
  const CallRecording& recorded_;
  std::map<std::string, PartitionId> places_;
  std::vector<std::string> names_;
  std::vector<PartitionId> partitions_;  // of each operation
};

}  // namespace

std::string CallPage(const CallPageInput& from) {
  const CallSource source(from.recorded);
  const Verdict& verdict = from.found.verdict;
  const Explanation& why = from.found.explanation;
  PageInput input = {.title = from.title, .history = source};
  input.outcome = verdict.outcome;
  input.order = from.found.order;
  input.time_unit = from.time_unit;
  input.operations_max = from.operations_max;
  switch (verdict.outcome) {
    case Outcome::kHolds:
      input.sentence = kHoldsSentence;
      break;
    case Outcome::kViolated:
      input.sentence = why.sentence;
      input.first_illegal = why.first_illegal;
      input.is_minimal = why.is_minimal;
      for (const Selected& part : why.operations) {
        input.contradiction.push_back(
            {.id = part.id, .answer_counts = part.report == Report::kKeep});
      }
      break;
    case Outcome::kUndecided:
      input.sentence = verdict.exhaustion.sentence;
      input.undecided = source.Find(verdict.exhaustion.key);
      break;
  }
  return HtmlPage(input);
}

}  // namespace reprise::checker
