#include "reprise/checker/containers/dense.h"

#include <algorithm>
#include <cstdint>

#include "reprise/checker/history/require.h"

namespace reprise::checker {
namespace {

// The places of numbers among the distinct ones.
class Ranks {
 public:
  explicit Ranks(std::vector<uint32_t> numbers) : numbers_(std::move(numbers)) {
    std::sort(numbers_.begin(), numbers_.end());
    numbers_.erase(std::unique(numbers_.begin(), numbers_.end()),
                   numbers_.end());
  }

  uint32_t Of(uint32_t number) const {
    return static_cast<uint32_t>(
        std::lower_bound(numbers_.begin(), numbers_.end(), number) -
        numbers_.begin());
  }

 private:
  std::vector<uint32_t> numbers_;
};

bool MayBePending(ContainerKind kind) {
  return kind == ContainerKind::kInsert || kind == ContainerKind::kRemove;
}

struct Largest {
  uint32_t instant = 0;
  uint32_t value = 0;
};

Largest LargestOf(std::span<const ContainerOperation> operations) {
  Largest largest;
  EventIndex last_call = 0;
  for (const ContainerOperation& operation : operations) {
    REPRISE_REQUIRE(operation.call >= last_call, "calls are not in order");
    REPRISE_REQUIRE(operation.ret >= operation.call, "a return before a call");
    REPRISE_REQUIRE(!operation.IsPending() || MayBePending(operation.kind),
                    "an answer without a return");
    last_call = operation.call;
    largest.instant = std::max(
        largest.instant, operation.IsPending() ? last_call : operation.ret);
    largest.value = std::max(largest.value, operation.value);
  }
  return largest;
}

void RankInstants(std::vector<ContainerOperation>* operations) {
  std::vector<uint32_t> instants;
  instants.reserve(2 * operations->size());
  for (const ContainerOperation& operation : *operations) {
    instants.push_back(operation.call);
    if (!operation.IsPending()) instants.push_back(operation.ret);
  }
  const Ranks ranks(std::move(instants));
  for (ContainerOperation& operation : *operations) {
    operation.call = ranks.Of(operation.call);
    if (!operation.IsPending()) operation.ret = ranks.Of(operation.ret);
  }
}

void RankValues(std::vector<ContainerOperation>* operations) {
  std::vector<uint32_t> values;
  values.reserve(operations->size());
  for (const ContainerOperation& operation : *operations) {
    values.push_back(operation.value);
  }
  const Ranks ranks(std::move(values));
  for (ContainerOperation& operation : *operations) {
    operation.value = ranks.Of(operation.value);
  }
}

}  // namespace

std::span<const ContainerOperation> Densify(
    std::span<const ContainerOperation> operations,
    std::vector<ContainerOperation>* room) {
  const Largest largest = LargestOf(operations);
  const size_t limit = DenseLimit(operations.size());
  const bool has_dense_instants = largest.instant < limit;
  const bool has_dense_values = largest.value < limit;
  if (has_dense_instants && has_dense_values) return operations;
  room->assign(operations.begin(), operations.end());
  if (!has_dense_instants) RankInstants(room);
  if (!has_dense_values) RankValues(room);
  return *room;
}

}  // namespace reprise::checker
