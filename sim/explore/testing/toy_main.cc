// The command line with the toy catalog, for trying it by hand.

#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/testing/toy_catalog.h"

int main(int argc, char** argv) {
  return reprise::cli::Main(argc, argv, reprise::ToyCatalog());
}
