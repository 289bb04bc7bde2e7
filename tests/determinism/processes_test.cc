// The same digests in every process, though the addresses differ; and the leaks
// that were made on purpose do not pass.

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <map>
#include <string>

#include "reprise/sim/explore/trial/scenario.h"
#include "tests/determinism/leaks.h"
#include "tests/scenarios/catalog.h"

namespace reprise {
namespace {

using Lines = std::map<std::string, std::string>;

// What a fresh process prints, by what the line is about. Its freed memory is
// filled with `perturbation`, so that reading it would show.
Lines RunProcess(int perturbation) {
  const std::string command =
      "MALLOC_PERTURB_=" + std::to_string(perturbation) +
      " tests/determinism/print_digests";
  FILE* pipe = popen(command.c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  Lines lines;
  std::array<char, 200> line;
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
    const std::string text = line.data();
    const size_t value = text.rfind(' ');
    lines[text.substr(0, value)] = text.substr(value + 1);
  }
  EXPECT_EQ(pclose(pipe), 0);
  return lines;
}

class ProcessesTest : public testing::Test {
 protected:
  // Whether two of the processes printed different digests for the scenario.
  bool Differs(const std::string& scenario) {
    const std::string name = "digest " + scenario;
    for (const Lines& lines : processes_) {
      EXPECT_EQ(lines.count(name), 1u) << name;
      if (lines.at(name) != processes_.front().at(name)) return true;
    }
    return false;
  }

  const std::array<Lines, 4> processes_ = {RunProcess(0), RunProcess(85),
                                           RunProcess(170), RunProcess(255)};
};

TEST_F(ProcessesTest, AgreeOnEachScenario) {
  for (const Scenario& scenario : LabCatalog().scenarios) {
    EXPECT_FALSE(Differs(scenario.name)) << scenario.name;
  }
}

TEST_F(ProcessesTest, DisagreeWhereAScenarioLeaks) {
  for (const Scenario& scenario : LeakyScenarios()) {
    EXPECT_TRUE(Differs(scenario.name)) << scenario.name;
  }
}

// Without this the tests above would show nothing.
TEST_F(ProcessesTest, HaveOtherAddresses) {
  for (const std::string segment : {"address stack", "address heap"}) {
    EXPECT_NE(processes_[0].at(segment), processes_[1].at(segment)) << segment;
  }
}

}  // namespace
}  // namespace reprise
