// Saved replay files as a test of regressions, in GoogleTest.
//
//   int main(int argc, char** argv) {
//     return reprise::ReplayTestMain(argc, argv, LeaseCatalog(),
//                                    {"regressions"});
//   }
//
// Bazel's reprise_replay_test() and CMake's reprise_add_replay_tests() write
// that program. Each file of the folder is a test, Replays.NAME. What a file
// must do follows from what it says: with a planted bug the trial must violate
// the property that it expects; without one the failure has been mended, so the
// trial must hold. A failure names the file, says what has changed since it was
// saved and prints the command that plays it.
//
// Guarantees: nothing is left out silently. A folder that is missing or empty,
// and one that holds anything but files NAME.json, is an error.

#ifndef REPRISE_SIM_EXPLORE_TESTING_REPLAY_CORPUS_H_
#define REPRISE_SIM_EXPLORE_TESTING_REPLAY_CORPUS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

// The replay files that `paths` name, each a file or a folder, in order of
// their names. InvalidArgument that names the path, and what was expected.
absl::StatusOr<std::vector<std::string>> FindReplayFiles(
    const std::vector<std::string>& paths);

// Whether the replay file at `path` plays as it should.
testing::AssertionResult PlaysAsItShould(const Catalog& catalog,
                                         const std::string& path);

// main() of such a test: plays the files and folders that the arguments name,
// without arguments `paths`. Returns 0: all play as they should; 1: one does
// not; 2: nothing was played, because of an error of FindReplayFiles().
int ReplayTestMain(int argc, char** argv, const Catalog& catalog,
                   std::vector<std::string> paths = {});

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TESTING_REPLAY_CORPUS_H_
