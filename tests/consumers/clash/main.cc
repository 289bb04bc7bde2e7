// The program: the project's scenario under Reprise's command line. Names of
// the project are those of Reprise's folders, files and types.

#include "checker/history/history.h"
#include "env.h"
#include "kv/catalog.h"
#include "reprise/reprise.h"
#include "sim/world/world.h"
#include "text/utf8.h"

static_assert(sim::World().continents == 7);
static_assert(checker::History().moves == 40);
static_assert(text::kBytesOfALetter == 1);
static_assert(Env().temperature == 21);

int main(int argc, char** argv) {
  return reprise::cli::Main(argc, argv, kv::Catalog());
}
