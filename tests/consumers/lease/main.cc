// The command line: lease sweep, lease replay FILE, lease list ...

#include "lease/catalog.h"
#include "reprise/reprise.h"

int main(int argc, char** argv) {
  return reprise::cli::Main(argc, argv, lease::LeaseCatalog());
}
