#include "reprise/checker/report/page_data.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/report/json_text.h"
#include "reprise/checker/report/page_input.h"
#include "reprise/checker/report/page_source.h"
#include "reprise/checker/report/shortened.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

constexpr size_t kLongestName = 120;

class PageData {
 public:
  explicit PageData(const PageContent& content)
      : content_(content), input_(content.input()) {}

  std::string Json() {
    json_ = "{\"verdict\":";
    AppendJsonText(OutcomeName(input_.outcome), json_);
    AddName("unit");
    AppendJsonText(input_.time_unit, json_);
    AddOperations();  // Gives the partitions their places.
    AddKeys();
    AddList("functions", content_.functions(), [&](const auto& function) {
      json_ += '[';
      AppendJsonText(function.name, json_);
      absl::StrAppend(&json_, ",", function.colour, "]");
    });
    AddList("conflict", input_.contradiction,
            [&](const PageConflict& conflict) {
              absl::StrAppend(&json_, conflict.id);
            });
    AddOrder();
    AddNumber("firstIllegal", input_.first_illegal);
    std::optional<size_t> undecided;
    if (input_.undecided) undecided = PlaceOfKey(*input_.undecided);
    AddNumber("undecidedKey", undecided);
    json_ += '}';
    return std::move(json_);
  }

 private:
  void AddName(std::string_view name) {
    absl::StrAppend(&json_, ",\"", std::string(name), "\":");
  }

  template <typename List, typename Add>
  void AddList(std::string_view name, const List& list, Add add) {
    AddName(name);
    json_ += '[';
    const char* separator = "";
    for (const auto& each : list) {
      json_ += separator;
      separator = ",\n";
      add(each);
    }
    json_ += ']';
  }

  template <typename Number>
  void AddNumber(std::string_view name, const std::optional<Number>& number) {
    AddName(name);
    json_ += number ? absl::StrCat(*number) : "null";
  }

  void AddKeys() {
    AddList("keys", keys_, [&](PartitionId key) {
      const std::string name = Printable(input_.history.PartitionName(key));
      AppendJsonText(Shortened(name, {.most = kLongestName}), json_);
    });
  }

  size_t PlaceOfKey(PartitionId key) {
    const auto [place, is_new] = key_places_.try_emplace(key, keys_.size());
    if (is_new) keys_.push_back(key);
    return place->second;
  }

  void AddOperations() {
    if (input_.undecided) PlaceOfKey(*input_.undecided);
    AddList("operations", content_.operations(),
            [&](const ShownOperation& operation) { AddOperation(operation); });
  }

  void AddOperation(const ShownOperation& operation) {
    const PageFacts& facts = operation.facts;
    const bool is_open = facts.ret == kNever;
    absl::StrAppend(&json_, "[", operation.id, ",", facts.client, ",",
                    PlaceOfKey(facts.partition), ",", operation.function, ",",
                    static_cast<int>(facts.answer), ",", facts.call, ",",
                    is_open ? "null" : absl::StrCat(facts.ret), ",");
    AppendJsonText(operation.call, json_);
    json_ += ',';
    AppendJsonText(operation.output, json_);
    absl::StrAppend(&json_, ",", facts.line);
    if (facts.times) {
      absl::StrAppend(
          &json_, ",", content_.SinceStart(facts.times->call), ",",
          is_open ? "null"
                  : absl::StrCat(content_.SinceStart(facts.times->ret)));
    }
    json_ += ']';
  }

  void AddOrder() {
    std::vector<OperationId> shown;
    for (const OperationId id : input_.order) {
      if (content_.Shows(id)) shown.push_back(id);
    }
    AddList("order", shown,
            [&](OperationId id) { absl::StrAppend(&json_, id); });
  }

  const PageContent& content_;
  const PageInput& input_;
  std::vector<PartitionId> keys_;  // in the order in which the page names them
  std::map<PartitionId, size_t> key_places_;
  std::string json_;
};

}  // namespace

std::string PageDataJson(const PageContent& content) {
  return PageData(content).Json();
}

}  // namespace reprise::checker
