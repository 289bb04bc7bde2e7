// The program behind tools/reprise: the command line with the project's own
// catalog.

#include "sim/explore/main.h"
#include "tests/scenarios/catalog.h"

int main(int argc, char** argv) {
  return reprise::Main(argc, argv, reprise::LabCatalog());
}
