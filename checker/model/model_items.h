// The operations of a model's history as items to be ordered.
//
//   std::vector<OrderItem> items = ItemsOf(history, partition.ids);

#ifndef REPRISE_CHECKER_MODEL_MODEL_ITEMS_H_
#define REPRISE_CHECKER_MODEL_MODEL_ITEMS_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/order_item.h"

namespace reprise::checker {

// Gives each text a number.
class TextNumbers {
 public:
  uint32_t Of(std::string text) {
    const auto next = static_cast<uint32_t>(numbers_.size());
    return numbers_.try_emplace(std::move(text), next).first->second;
  }

 private:
  std::map<std::string, uint32_t> numbers_;
};

// The operations `ids`: those that failed are left out.
template <typename Model>
std::vector<OrderItem> ItemsOf(const ModelHistory<Model>& history,
                               const std::vector<OperationId>& ids) {
  std::vector<OrderItem> items;
  TextNumbers numbers;
  for (const OperationId id : ids) {
    const auto& called = history[id];
    if (called.has_failed) continue;
    const auto& input = called.input;
    const auto* output = called.output ? &*called.output : nullptr;
    items.push_back(
        {.operation = id,
         .client = called.client,
         .call = called.call,
         .ret = called.ret,
         .is_read_only = IsReadOnlyIn<Model>(input, output),
         .is_always_read_only = IsReadOnlyIn<Model>(input, nullptr),
         .same = numbers.Of(DescriptionOf<Model>(input, output)),
         .same_unanswered = numbers.Of(DescriptionOf<Model>(input, nullptr))});
  }
  return items;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_MODEL_ITEMS_H_
