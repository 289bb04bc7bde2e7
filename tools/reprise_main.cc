// The program behind tools/reprise: the command line with the project's own
// catalog.

#include "reprise/sim/explore/cli/main.h"
#include "tests/scenarios/catalog.h"
#include "tools/commit.h"

int main(int argc, char** argv) {
  return reprise::cli::Main(argc, argv, reprise::LabCatalog(),
                            {.commit = reprise::kCommit});
}
