#include "reprise/checker/report/page.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/report/json_text.h"
#include "reprise/checker/report/order.h"
#include "reprise/checker/report/page_selection.h"
#include "reprise/checker/report/page_source.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

constexpr size_t kLongestValue = 400;

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kHolds:
      return "holds";
    case Outcome::kViolated:
      return "violated";
    case Outcome::kUndecided:
      return "undecided";
  }
  return "";
}

// The page's data, as JSON. Row for row as page_model.js reads it.
class PageData {
 public:
  explicit PageData(const PageInput& input)
      : input_(input), history_(input.recorded.history) {
    Focus();
    selection_ = SelectForPage(history_, focus_, centre_, conflict_,
                               input.operations_max);
    for (OperationId id : selection_.ids) {
      const KeyId key = history_[id].key;
      if (key_places_.try_emplace(key, keys_.size()).second) {
        keys_.push_back(key);
      }
    }
    for (const Times& times : input.recorded.times) {
      start_ = std::min(start_, times.call);
    }
  }

  std::string Json() {
    json_ = "{\"title\":";
    AppendJsonText(input_.title, json_);
    AddText("verdict", OutcomeName(input_.verdict.outcome));
    AddText("sentence", Sentence());
    AddText("facts", Facts());
    AddText("leftOut", selection_.left_out);
    absl::StrAppend(&json_,
                    ",\"isRegister\":", input_.is_register ? "true" : "false");
    AddKeys();
    AddOperations();
    AddIds("conflict", conflict_);
    AddOrder();
    const bool is_violated = input_.explanation != nullptr;
    absl::StrAppend(&json_, ",\"firstIllegal\":",
                    is_violated ? absl::StrCat(centre_) : "null");
    const bool is_undecided = input_.verdict.outcome == Outcome::kUndecided;
    absl::StrAppend(&json_, ",\"undecidedKey\":",
                    is_undecided ? absl::StrCat(key_places_[focus_]) : "-1",
                    "}");
    return std::move(json_);
  }

 private:
  // What the page is about: the key, and the operation it opens at.
  void Focus() {
    if (input_.explanation != nullptr) {
      centre_ = input_.explanation->first_illegal;
      focus_ = history_[centre_].key;
      for (const Selected& selected : input_.explanation->operations) {
        conflict_.push_back(selected.id);
      }
    } else if (input_.verdict.outcome == Outcome::kUndecided) {
      KeyId key = 0;
      while (key + 1 < history_.keys() &&
             history_.KeyName(key) != input_.verdict.exhaustion.key) {
        ++key;
      }
      focus_ = key;
    }
  }

  std::string Sentence() const {
    if (input_.explanation != nullptr) return input_.explanation->sentence;
    if (input_.verdict.outcome == Outcome::kUndecided) {
      return input_.verdict.exhaustion.sentence;
    }
    return "Linearizable: there is an order of the operations, each inside its "
           "interval, that explains every answer.";
  }

  std::string Facts() const {
    std::vector<int32_t> clients;
    for (const Operation& operation : history_.operations()) {
      clients.push_back(operation.client);
    }
    std::sort(clients.begin(), clients.end());
    const auto count =
        std::unique(clients.begin(), clients.end()) - clients.begin();
    const auto of = [](size_t number, const char* noun) {
      return absl::StrCat(number, " ", noun, number == 1 ? "" : "s");
    };
    return absl::StrCat(of(history_.size(), "operation"), " · ",
                        of(static_cast<size_t>(count), "client"), " · ",
                        of(history_.keys(), "key"));
  }

  void AddName(std::string_view name) {
    absl::StrAppend(&json_, ",\"", std::string(name), "\":");
  }

  void AddText(std::string_view name, std::string_view text) {
    AddName(name);
    AppendJsonText(text, json_);
  }

  void AddKeys() {
    AddName("keys");
    json_ += '[';
    for (KeyId key : keys_) {
      if (json_.back() != '[') json_ += ',';
      AppendJsonText(Shortened(history_.KeyName(key)), json_);
    }
    json_ += ']';
  }

  void AddOperations() {
    AddName("operations");
    json_ += '[';
    for (OperationId id : selection_.ids) {
      if (json_.back() != '[') json_ += ",\n";
      AddOperation(id);
    }
    json_ += ']';
  }

  void AddOperation(OperationId id) {
    const Operation& operation = history_[id];
    absl::StrAppend(&json_, "[", id, ",", operation.client, ",",
                    key_places_[operation.key], ",",
                    static_cast<int>(operation.kind), ",",
                    static_cast<int>(operation.answer), ",", operation.call,
                    ",", operation.IsPending() ? 0 : operation.ret, ",");
    AppendJsonText(Shortened(operation.Argument()), json_);
    json_ += ',';
    AppendJsonText(Shortened(operation.Expected()), json_);
    json_ += ',';
    AppendJsonText(operation.HasOutput() ? Shortened(history_.Output(operation))
                                         : std::string(),
                   json_);
    const RecordedHistory& recorded = input_.recorded;
    absl::StrAppend(&json_, ",",
                    recorded.lines.empty() ? 0 : recorded.lines[id]);
    if (recorded.times.empty()) {
      json_ += ",null,null]";
    } else {
      const Times& times = recorded.times[id];
      absl::StrAppend(&json_, ",", SinceStart(times.call), ",",
                      operation.IsPending() ? 0 : SinceStart(times.ret), "]");
    }
  }

  // Without a sign, because times may lie 2^64 apart.
  uint64_t SinceStart(int64_t time) const {
    return static_cast<uint64_t>(time) - static_cast<uint64_t>(start_);
  }

  void AddIds(std::string_view name, const std::vector<OperationId>& ids) {
    AddName(name);
    json_ += '[';
    for (OperationId id : ids) {
      if (json_.back() != '[') json_ += ',';
      absl::StrAppend(&json_, id);
    }
    json_ += ']';
  }

  void AddOrder() {
    std::vector<OperationId> order =
        OrderFound(history_, input_.explanation, input_.budget);
    std::erase_if(order, [&](OperationId id) {
      return !std::binary_search(selection_.ids.begin(), selection_.ids.end(),
                                 id);
    });
    AddIds("order", order);
  }

  static std::string Shortened(std::string_view value) {
    if (FirstCharacters(value, kLongestValue).size() == value.size()) {
      return std::string(value);
    }
    constexpr size_t kPart = kLongestValue / 2;
    return absl::StrCat(std::string(FirstCharacters(value, kPart)), " … ",
                        std::string(LastCharacters(value, kPart)), " (",
                        value.size(), " bytes)");
  }

  const PageInput& input_;
  const History& history_;
  KeyId focus_ = 0;
  OperationId centre_ = 0;
  std::vector<OperationId> conflict_;
  PageSelection selection_;
  std::vector<KeyId> keys_;  // in the order in which the page names them
  std::map<KeyId, size_t> key_places_;
  int64_t start_ = Times::kNever;
  std::string json_;
};

// `text` with what stands for `mark` in its place.
std::string Filled(std::string_view text, std::string_view mark,
                   std::string_view with) {
  const size_t at = text.find(mark);
  CHECKER_REQUIRE(at != text.npos, "the page has no place for its content");
  std::string filled(text.substr(0, at));
  filled += with;
  filled += text.substr(at + mark.size());
  return filled;
}

}  // namespace

std::string HtmlPage(const PageInput& input) {
  CHECKER_REQUIRE(!input.recorded.history.empty(), "there is nothing to show");
  std::string page = Filled(kPageHtml, "@STYLE@", kPageStyle);
  page = Filled(page, "@SCRIPT@", kPageScript);
  return Filled(page, "@DATA@", PageData(input).Json());
}

}  // namespace reprise::checker
