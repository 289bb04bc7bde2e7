// The command line with the toy catalog, for trying it by hand.

#include "sim/explore/main.h"
#include "sim/explore/testing/toy_catalog.h"

int main(int argc, char** argv) {
  return reprise::Main(argc, argv, reprise::ToyCatalog());
}
