// Histories of a queue, stack, priority queue or set that are linearizable by
// construction: the operations of some clients take effect at a random instant
// between call and return. And bad histories made from them.
//
//   std::vector<ContainerOperation> operations = SimulateContainer(
//       {.type = ContainerType::kStack, .clients = 10, .operations = 1000});
//   PlantViolation(ContainerType::kStack, &operations);

#ifndef REPRISE_CHECKER_TESTING_CONTAINER_SIMULATION_H_
#define REPRISE_CHECKER_TESTING_CONTAINER_SIMULATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "reprise/checker/containers/container.h"

namespace reprise::checker {

enum class ContainerType : uint8_t { kQueue, kStack, kPriorityQueue, kSet };

// Shares are percentages.
struct ContainerSimulationOptions {
  ContainerType type = ContainerType::kQueue;
  int clients = 3;
  uint32_t operations = 8;
  int inserts = 50;
  int questions = 0;      // of a set: whether an element is in
  uint32_t elements = 2;  // of a set
  int pending = 0;        // operations that are never answered
  int joined = 0;         // events that share the instant of the one before
  bool is_cut = false;    // what is open when the last is called stays so
  uint64_t seed = 1;
};

// In order of their calls.
std::vector<ContainerOperation> SimulateContainer(
    const ContainerSimulationOptions& options);

// Changes one answer or two near the end so that the history is surely not
// linearizable. False if it finds none to change.
bool PlantViolation(ContainerType type,
                    std::vector<ContainerOperation>* operations);

// A line for each operation, for a test that fails.
std::string ToText(const std::vector<ContainerOperation>& operations);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_CONTAINER_SIMULATION_H_
