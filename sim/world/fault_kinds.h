// The kinds of faults that a world knows, by name, for lists.
//
//   for (const FaultKind& kind : FaultKinds()) std::cout << kind.name << "\n";

#ifndef REPRISE_SIM_WORLD_FAULT_KINDS_H_
#define REPRISE_SIM_WORLD_FAULT_KINDS_H_

#include <string>
#include <vector>

namespace reprise {

struct FaultKind {
  std::string name;   // Lower-case-with-hyphens.
  std::string about;  // One line.
  std::string field;  // Of FaultMix: what makes it happen.
};

// Links first, then partitions, nodes, clocks, disks and code.
std::vector<FaultKind> FaultKinds();

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FAULT_KINDS_H_
