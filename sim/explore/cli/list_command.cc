// The command `list`: what there is to run.

#include <string>
#include <vector>

#include "reprise/sim/explore/cli/command.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/report/json_report.h"
#include "reprise/sim/explore/report/text_table.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/world/fault_table.h"

namespace reprise::cli {
namespace {

// Of entries with a name and a line about it.
template <typename Entries>
std::string Section(const std::string& title, const Entries& entries) {
  TextTable table({{""}, {""}});
  for (const auto& entry : entries) {
    table.AddRow({"  " + std::string(entry.name), std::string(entry.about)});
  }
  return title + "\n" + table.ToString();
}

std::string Bugs(const std::vector<PlantedBug>& bugs) {
  TextTable table({{""}, {""}, {""}, {""}});
  for (const PlantedBug& bug : bugs) {
    table.AddRow({"  " + bug.name, bug.about,
                  "found in " + bug.scenario + " by " + bug.property,
                  bug.source});
  }
  return "planted bugs\n" + table.ToString();
}

int RunList(const CommandCall& call) {
  const Catalog& catalog = call.catalog;
  if (call.arguments.Has("json")) {
    call.console.out << ListJson(catalog);
    return kExitHolds;
  }
  call.console.out << Section("scenarios", catalog.scenarios) << "\n"
                   << Bugs(catalog.bugs) << "\n"
                   << Section("faults", FaultTable()) << "\n"
                   << Section("fault presets", catalog.presets) << "\n"
                   << Section("models", ModelsOf(catalog));
  return kExitHolds;
}

}  // namespace

Command ListCommand() {
  return {
      .spec = {.name = "list",
               .about =
                   "name scenarios, planted bugs, faults, presets and models",
               .flags = {{.name = "json", .about = "print one JSON object"}}},
      .run = RunList};
}

}  // namespace reprise::cli
