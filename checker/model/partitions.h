// The operations of a history by the part of the state that they work on.
//
//   for (const Partition& each : PartitionsOf(history)) Judge(each.ids);

#ifndef REPRISE_CHECKER_MODEL_PARTITIONS_H_
#define REPRISE_CHECKER_MODEL_PARTITIONS_H_

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"

namespace reprise::checker {

struct Partition {
  std::string name;
  std::vector<OperationId> ids;  // ascending
};

// In the order of their names.
template <typename Model>
std::vector<Partition> PartitionsOf(const ModelHistory<Model>& history) {
  std::vector<Partition> partitions;
  absl::flat_hash_map<std::string, size_t> numbers;
  size_t last = 0;  // that of the operation before: often the same
  for (OperationId id = 0; id < history.size(); ++id) {
    const auto& name = PartitionOf<Model>(history[id].input);
    if (partitions.empty() || partitions[last].name != name) {
      const auto [found, is_new] = numbers.try_emplace(name, partitions.size());
      last = found->second;
      if (is_new) partitions.push_back({.name = name, .ids = {}});
    }
    partitions[last].ids.push_back(id);
  }
  std::sort(
      partitions.begin(), partitions.end(),
      [](const Partition& a, const Partition& b) { return a.name < b.name; });
  return partitions;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_PARTITIONS_H_
