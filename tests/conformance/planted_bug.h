// PlantedBug: an Env that breaks one promise, and the test of the suite that
// must notice.

#ifndef TESTS_CONFORMANCE_PLANTED_BUG_H_
#define TESTS_CONFORMANCE_PLANTED_BUG_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "reprise/sim/env/env.h"

namespace reprise {

struct PlantedBug {
  std::string name;     // As a part of the name of a test: letters.
  std::string noticer;  // "ClockTest.NowNeverGoesBack"
  // An Env like the one given, but for the bug.
  std::function<std::unique_ptr<Env>(Env&)> plant;
};

std::vector<PlantedBug> BugsOfClocksAndTasks();
std::vector<PlantedBug> BugsOfNetworks();
std::vector<PlantedBug> BugsOfDisks();

}  // namespace reprise

#endif  // TESTS_CONFORMANCE_PLANTED_BUG_H_
