#include "reprise/checker/report/key_value_page.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/order.h"
#include "reprise/checker/report/page.h"
#include "reprise/checker/report/page_input.h"
#include "reprise/checker/report/page_source.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

// An operation's names, by its kind.
struct Words {
  OperationKind kind;
  const char* of_store;
  const char* of_register;
};

constexpr Words kWords[] = {
    {OperationKind::kGet, "get", "read"},
    {OperationKind::kPut, "put", "write"},
    {OperationKind::kAppend, "append", "append"},
    {OperationKind::kCas, "cas", "cas"},
};

PageAnswer AnswerOf(Answer answer) {
  switch (answer) {
    case Answer::kPending:
      return PageAnswer::kUnknown;
    case Answer::kReported:
    case Answer::kDone:
      return PageAnswer::kAnswered;
    case Answer::kFailed:
      return PageAnswer::kFailed;
  }
  return PageAnswer::kUnknown;
}

class KeyValueSource : public PageSource {
 public:
  KeyValueSource(const RecordedHistory& recorded, bool is_register)
      : recorded_(recorded), is_register_(is_register) {}

  size_t size() const override { return History().size(); }
  size_t partitions() const override { return History().keys(); }
  std::string PartitionName(PartitionId partition) const override {
    return std::string(History().KeyName(partition));
  }

  PageFacts Facts(OperationId id) const override {
    const Operation& operation = History()[id];
    PageFacts facts = {.client = operation.client,
                       .partition = operation.key,
                       .answer = AnswerOf(operation.answer),
                       .call = operation.call,
                       .ret = operation.ret};
    if (!recorded_.lines.empty()) facts.line = recorded_.lines[id];
    if (!recorded_.times.empty()) facts.times = recorded_.times[id];
    return facts;
  }

  PageText Text(OperationId id) const override {
    const Operation& operation = History()[id];
    PageText text;
    for (const Words& words : kWords) {
      if (words.kind != operation.kind) continue;
      text.function = is_register_ ? words.of_register : words.of_store;
    }
    text.call = text.function;
    if (operation.kind == OperationKind::kCas) {
      absl::StrAppend(&text.call, " ", Quoted(operation.Expected()), " ⇒");
    }
    if (operation.kind != OperationKind::kGet) {
      absl::StrAppend(&text.call, " ", Quoted(operation.Argument()));
    }
    if (operation.HasOutput()) {
      text.output = Quoted(History().Output(operation));
    }
    return text;
  }

 private:
  const checker::History& History() const { return recorded_.history; }

  // Whole: the page cuts it.
  std::string Quoted(std::string_view value) const {
    if (is_register_ && value.empty()) return "nil";
    return absl::StrCat("\"", Escape(value), "\"");
  }

  const RecordedHistory& recorded_;
  const bool is_register_;
};

void AddVerdict(const KeyValuePageInput& from, PageInput& input) {
  const History& history = from.recorded.history;
  if (from.explanation != nullptr) {
    input.sentence = from.explanation->sentence;
    input.first_illegal = from.explanation->first_illegal;
    for (const Selected& selected : from.explanation->operations) {
      input.contradiction.push_back({.id = selected.id});
    }
  } else if (from.verdict.outcome == Outcome::kUndecided) {
    input.sentence = from.verdict.exhaustion.sentence;
    KeyId key = 0;
    while (key + 1 < history.keys() &&
           history.KeyName(key) != from.verdict.exhaustion.key) {
      ++key;
    }
    input.undecided = key;
  } else {
    input.sentence = kHoldsSentence;
  }
}

}  // namespace

std::string KeyValuePage(const KeyValuePageInput& from) {
  const KeyValueSource source(from.recorded, from.is_register);
  PageInput input = {.title = from.title, .history = source};
  input.outcome = from.verdict.outcome;
  input.is_minimal =
      from.explanation == nullptr || from.explanation->is_minimal;
  input.time_unit = from.time_unit;
  input.operations_max = from.operations_max;
  AddVerdict(from, input);
  input.order =
      OrderFound(from.recorded.history, from.explanation, from.budget);
  return HtmlPage(input);
}

}  // namespace reprise::checker
