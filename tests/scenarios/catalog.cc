#include "tests/scenarios/catalog.h"

#include <string>
#include <string_view>
#include <vector>

#include "reprise/kv/describe.h"
#include "reprise/sim/explore/trial/models.h"
#include "reprise/sim/world/presets.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/lab.h"
#include "tests/scenarios/memory.h"
#include "tests/scenarios/network.h"
#include "tests/scenarios/outages.h"
#include "tests/scenarios/restart.h"
#include "tests/scenarios/stress.h"

namespace reprise {
namespace {

std::vector<Scenario> GenericScenarios() {
  return {
      {.name = "lab-basic",
       .about = "one client on a reliable network",
       .run = LabBasic,
       .sweep_seeds = 20,
       .lab_title = "one client"},
      {.name = "lab-concurrent",
       .about = "five clients with a key each on a reliable network",
       .run = LabConcurrent,
       .sweep_seeds = 2,
       .lab_title = "many clients"},
      {.name = "lab-unreliable",
       .about = "five clients with a key each; messages are lost",
       .run = LabUnreliable,
       .sweep_seeds = 1000,
       .lab_title = "unreliable net, many clients"},
      {.name = "lab-unreliable-one-key",
       .about = "five clients append to one key; messages are lost",
       .run = LabUnreliableOneKey,
       .sweep_seeds = 2000,
       .lab_title = "concurrent append to same key, unreliable"},
      {.name = "lab-random-keys",
       .about = "five clients share five keys; messages are lost",
       .run = LabRandomKeys,
       .sweep_seeds = 1000,
       .lab_title = "random keys, unreliable net, many clients"},
      {.name = "lab-network",
       .about = "cables pulled, a server replaced, long delays, reordering",
       .run = LabNetwork,
       .sweep_seeds = 500},
      {.name = "harsh-unreliable",
       .about = "lab-unreliable with silent loss, duplicates and late copies",
       .run = HarshUnreliable,
       .sweep_seeds = 1000},
      {.name = "harsh-unreliable-one-key",
       .about = "lab-unreliable-one-key with silent loss, duplicates and late "
                "copies",
       .run = HarshUnreliableOneKey,
       .sweep_seeds = 2000},
      {.name = "harsh-random-keys",
       .about = "lab-random-keys with silent loss, duplicates and late copies",
       .run = HarshRandomKeys,
       .sweep_seeds = 1000},
      {.name = "harsh-binary-keys",
       .about = "keys and values of any bytes, the empty ones included",
       .run = HarshBinaryKeys,
       .sweep_seeds = 1000},
      {.name = "harsh-crowd",
       .about = "ten thousand clients at once",
       .run = HarshCrowd,
       .sweep_seeds = 2},
      {.name = "server-restart",
       .about = "the server crashes and restarts with its disk",
       .run = ServerRestart,
       .sweep_seeds = 2000},
      {.name = "canary",
       .about = "always fails, to show that failures are reported",
       .run = Canary,
       .sweep_seeds = 0},
  };
}

std::vector<Scenario> OutageScenarios() {
  return {
      {.name = "swarm-random-keys",
       .about = "clients share keys under a fault mix that each seed draws",
       .run = SwarmRandomKeys,
       .sweep_seeds = 1000},
      {.name = "partitioned-clients",
       .about = "clients are cut off from their server, one way or both",
       .run = PartitionedClients,
       .sweep_seeds = 1000},
      {.name = "paused-server",
       .about = "the server stands still while its clients go on",
       .run = PausedServer,
       .sweep_seeds = 1000},
      {.name = "clock-skew",
       .about = "clocks run at rates of their own, are wrong and jump",
       .run = ClockSkew,
       .sweep_seeds = 1000},
  };
}

std::vector<Scenario> MemoryScenarios() {
  std::vector<Scenario> scenarios = {
      {.name = "lab-mem-get",
       .about = "ten megabytes are put, read twice and replaced",
       .run = LabMemGet,
       .lab_title = "memory use get"},
      {.name = "lab-mem-put",
       .about = "ten megabytes are put and replaced by nothing",
       .run = LabMemPut,
       .lab_title = "memory use put"},
      {.name = "lab-mem-append",
       .about = "ten megabytes are appended twice",
       .run = LabMemAppend,
       .lab_title = "memory use append"},
      {.name = "lab-mem-put-many-clients",
       .about = "a hundred thousand clients put once each",
       .run = LabMemPutManyClients,
       .lab_title = "memory use many put clients"},
      {.name = "lab-mem-get-many-clients",
       .about = "a hundred thousand clients read once each",
       .run = LabMemGetManyClients,
       .lab_title = "memory use many get clients"},
      {.name = "lab-mem-many-appends",
       .about = "one client appends a thousand bytes a thousand times",
       .run = LabMemManyAppends,
       .lab_title = "memory use many appends"},
      {.name = "harsh-mem-get",
       .about = "lab-mem-get on the harsh network",
       .run = HarshMemGet},
      {.name = "harsh-mem-put",
       .about = "lab-mem-put on the harsh network",
       .run = HarshMemPut},
      {.name = "harsh-mem-append",
       .about = "lab-mem-append on the harsh network",
       .run = HarshMemAppend},
      {.name = "harsh-mem-put-many-clients",
       .about = "lab-mem-put-many-clients on the harsh network",
       .run = HarshMemPutManyClients},
      {.name = "harsh-mem-get-many-clients",
       .about = "lab-mem-get-many-clients on the harsh network",
       .run = HarshMemGetManyClients},
      {.name = "harsh-mem-many-appends",
       .about = "lab-mem-many-appends on the harsh network",
       .run = HarshMemManyAppends},
  };
  for (Scenario& scenario : scenarios) {
    // So many of the one that a request is repeated in one of them.
    scenario.sweep_seeds = scenario.name == "harsh-mem-put" ? 4 : 1;
  }
  return scenarios;
}

std::vector<Scenario> Scenarios() {
  std::vector<Scenario> scenarios = GenericScenarios();
  for (auto& more : {OutageScenarios(), MemoryScenarios()}) {
    scenarios.insert(scenarios.end(), more.begin(), more.end());
  }
  for (Scenario& scenario : scenarios) {
    if (scenario.sweep_seeds > 0) scenario.bazel_test = "//tests:lab_sweep";
  }
  return scenarios;
}

std::vector<PlantedBug> Bugs() {
  std::vector<PlantedBug> listings;
  for (const Bug& bug : AllBugs()) listings.push_back(bug.listing);
  return listings;
}

std::string Describe(MessageKind, std::string_view, std::string_view content) {
  return kv::DescribeMessage(content);
}

}  // namespace

Catalog LabCatalog() {
  return {.scenarios = Scenarios(),
          .bugs = Bugs(),
          .presets = Presets(),
          .models = Models(),
          .text = {.operation_names = {"Get", "Put", "Append"},
                   .describe_message = Describe}};
}

}  // namespace reprise
