#include "tests/scenarios/bugs/raft_row.h"

#include "reprise/kv/replicated_server.h"

namespace reprise {

PlantedBug RaftListing(const char* name, const char* about,
                       const char* scenario, const char* property,
                       const char* source) {
  return {.name = name,
          .about = about,
          .scenario = scenario,
          .property = property,
          .blamed = {"*"},
          .source = source};
}

Bug RaftRow(const char* name, const char* about, const char* scenario,
            const char* property, PlantRules plant, const char* source) {
  return {.listing = RaftListing(name, about, scenario, property, source),
          .replica = [plant](kv::ReplicatedServerOptions& options) {
            plant(options.replica.rules);
          }};
}

}  // namespace reprise
