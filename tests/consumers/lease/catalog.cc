#include "lease/catalog.h"

#include "lease/bugs.h"
#include "lease/scenario.h"

namespace lease {

reprise::Catalog LeaseCatalog() {
  return {.scenarios =
              {{.name = "lease-clocks",
                .about = "clocks drift and jump, messages are late",
                .run = LeaseClocks,
                .sweep_seeds = 500,
                .marks = {"lease.server.", "lease.client.", "lease.store."}},
               {.name = "lease-restarts",
                .about = "servers crash and start again",
                .run = LeaseRestarts,
                .sweep_seeds = 500,
                .marks = {"lease.restart.", "lease.server.", "lease.client."}}},
          .bugs = Bugs(),
          .presets = reprise::Presets(),
          .program = "lease"};
}

}  // namespace lease
