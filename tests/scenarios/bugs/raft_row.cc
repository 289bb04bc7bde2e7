#include "tests/scenarios/bugs/raft_row.h"

#include "reprise/kv/replicated_server.h"

namespace reprise {

Bug RaftRow(const char* name, const char* about, const char* scenario,
            const char* property, PlantRules plant, const char* source) {
  return {.listing = {.name = name,
                      .about = about,
                      .scenario = scenario,
                      .property = property,
                      .blamed = {"*"},
                      .source = source},
          .replica = [plant](kv::ReplicatedServerOptions& options) {
            plant(options.replica.rules);
          }};
}

}  // namespace reprise
