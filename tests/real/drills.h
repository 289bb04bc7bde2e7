// The list of all drills.
//
//   for (const Drill& drill : AllDrills()) {
//     Finding finding = drill.run({.program = kv, .folder = folder});
//   }

#ifndef TESTS_REAL_DRILLS_H_
#define TESTS_REAL_DRILLS_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/real/drill.h"
#include "tests/real/finding.h"

namespace reprise {

struct Drill {
  std::string name;
  std::function<Finding(const DrillOptions&)> run;
  // How many faults it takes to trust the server, and what it stores its state
  // in.
  int rounds;
  Storage storage;
};

std::vector<Drill> AllDrills();

// None: there is no such drill.
std::optional<Drill> FindDrill(std::string_view name);

}  // namespace reprise

#endif  // TESTS_REAL_DRILLS_H_
