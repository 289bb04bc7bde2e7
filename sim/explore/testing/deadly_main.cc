// A program with the whole command line and the deadly catalog.

#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/testing/deadly_catalog.h"

int main(int argc, char** argv) {
  return reprise::cli::Main(argc, argv, reprise::DeadlyCatalog());
}
