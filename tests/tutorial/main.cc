#include "reprise/sim/explore/cli/main.h"

#include "tests/tutorial/counting.h"

int main(int argc, char** argv) {
  return reprise::cli::Main(argc, argv, reprise::CountingCatalog());
}
