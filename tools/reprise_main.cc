// The program behind tools/reprise: the command line with the project's own
// catalog.

#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/scenarios/catalog.h"
#include "tools/commit.h"

int main(int argc, char** argv) {
  reprise::Catalog catalog = reprise::LabCatalog();
  catalog.debugged_program = "bazel-bin/tools/reprise_main";
  return reprise::cli::Main(argc, argv, catalog, {.commit = reprise::kCommit});
}
