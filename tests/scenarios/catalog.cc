#include "tests/scenarios/catalog.h"

#include <string>
#include <string_view>
#include <vector>

#include "kv/describe.h"
#include "sim/world/faults.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/lab.h"
#include "tests/scenarios/stress.h"

namespace reprise {
namespace {

std::vector<Scenario> Scenarios() {
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
      {.name = "canary",
       .about = "always fails, to show that failures are reported",
       .run = Canary,
       .sweep_seeds = 0},
  };
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
  return {
      .scenarios = Scenarios(),
      .bugs = Bugs(),
      .presets = Presets(),
      .models = {{"kv", "Get, Put and Append on keys, each key on its own"}},
      .text = {.operation_names = {"Get", "Put", "Append"},
               .describe_message = Describe}};
}

}  // namespace reprise
