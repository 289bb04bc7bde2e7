// Runs command lines with the toy catalog and keeps what they print.
//
//   Execution done = Execute({"sweep", "--scenario=tally", "--json"});
//   EXPECT_EQ(done.status, kExitHolds);
//   EXPECT_EQ(JsonOf(done)["violated"], 0);

#ifndef REPRISE_SIM_EXPLORE_TESTING_EXECUTE_H_
#define REPRISE_SIM_EXPLORE_TESTING_EXECUTE_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reprise/sim/explore/cli/command.h"

namespace reprise {

struct Execution {
  int status = 0;
  std::string out;
  std::string err;
};

Execution Execute(const std::vector<std::string>& args,
                  const std::vector<cli::Command>& more = {});

// The JSON on its standard output, where nothing else may be.
nlohmann::json JsonOf(const Execution& done);

// Saves the first failure of "counts-twice" in the folder and returns the
// file's path.
std::string SavedFailure(const std::string& folder);

std::string ContentOf(const std::string& path);

// The name of a folder for the running test alone. It does not exist yet.
std::string TestFolder();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TESTING_EXECUTE_H_
