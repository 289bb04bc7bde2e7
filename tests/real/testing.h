// What the tests of this folder have in common: programs, folders, the seed.
//
//   DrillOptions options = {.program = ProgramAt("tools/kv_main"),
//                           .folder = EmptyFolder("kills"),
//                           .seed = SeedOfRun()};

#ifndef TESTS_REAL_TESTING_H_
#define TESTS_REAL_TESTING_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "reprise/sim/core/ids.h"

namespace reprise {

// A program among the test's data.
std::filesystem::path ProgramAt(std::string_view path);

// A folder of the test's own. What is left there can be read after the test
// where Bazel keeps outputs of tests.
std::filesystem::path EmptyFolder(std::string_view name);

// REPRISE_REAL_SEED of the environment; 1 where it is not set. Prints it.
Seed SeedOfRun();

// `name`, a name with hyphens, as GoogleTest allows it.
std::string TestName(std::string_view name);

}  // namespace reprise

#endif  // TESTS_REAL_TESTING_H_
