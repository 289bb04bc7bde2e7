#include "reprise/sim/explore/cli/main.h"

#include "tests/own_model/tickets.h"

int main(int argc, char** argv) {
  return reprise::cli::Main(argc, argv, reprise::TicketCatalog());
}
