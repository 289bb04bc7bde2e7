#include "reprise/sim/explore/trial/catalog.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reprise/checker/models/catalog.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/sim/explore/trial/suggestion.h"

namespace reprise {
namespace {

template <typename Entry>
absl::StatusOr<const Entry*> Find(const std::vector<Entry>& entries,
                                  std::string_view what,
                                  std::string_view name) {
  std::vector<std::string> names;
  for (const Entry& entry : entries) {
    if (entry.name == name) return &entry;
    names.push_back(entry.name);
  }
  return UnknownName(what, name, names);
}

// Without blanks and plus signs, which SimpleAtoi() takes.
bool ParseWhole(std::string_view text, int64_t* value) {
  return text.find_first_not_of("-0123456789") == std::string_view::npos &&
         absl::SimpleAtoi(ToAbsl(text), value);
}

template <typename Entry>
absl::Status CheckNames(const std::vector<Entry>& entries,
                        std::string_view what) {
  std::set<std::string> names;
  for (const Entry& entry : entries) {
    if (names.insert(entry.name).second) continue;
    return absl::InvalidArgumentError(
        absl::StrFormat("the catalog has two %ss \"%s\"; expected a name for "
                        "each.",
                        what, Echo(entry.name)));
  }
  return absl::OkStatus();
}

absl::Status CheckMarks(const Scenario& scenario) {
  for (const std::string& beginning : scenario.marks) {
    const auto begins_so = [&](const Mark* mark) {
      return mark->name().starts_with(beginning);
    };
    const std::vector<const Mark*>& marks = Marks();
    if (beginning == kNoMarks ||
        std::any_of(marks.begin(), marks.end(), begins_so)) {
      continue;
    }
    std::vector<std::string> names;
    for (const Mark* mark : marks) names.emplace_back(mark->name());
    return absl::InvalidArgumentError(absl::StrFormat(
        "scenario %s: marks \"%s\" matches no mark; there are: %s.",
        scenario.name, Echo(beginning),
        names.empty() ? "none" : absl::StrJoin(names, ", ")));
  }
  return absl::OkStatus();
}

absl::Status CheckBug(const Catalog& catalog, const PlantedBug& bug) {
  const auto found = FindScenario(catalog, bug.scenario);
  if (!found.ok()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("the bug %s names its scenario: %s", bug.name,
                        ToStd(found.status().message())));
  }
  if (!bug.property.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "the bug %s names no property; expected the one that it violates.",
      bug.name));
}

}  // namespace

absl::Status CheckCatalog(const Catalog& catalog) {
  absl::Status status = CheckNames(catalog.scenarios, "scenario");
  if (status.ok()) status = CheckNames(catalog.bugs, "bug");
  for (const Scenario& scenario : catalog.scenarios) {
    if (status.ok()) status = CheckMarks(scenario);
  }
  for (const PlantedBug& bug : catalog.bugs) {
    if (status.ok()) status = CheckBug(catalog, bug);
  }
  return status;
}

absl::StatusOr<const Scenario*> FindScenario(const Catalog& catalog,
                                             std::string_view name) {
  return Find(catalog.scenarios, "scenario", name);
}

absl::StatusOr<const PlantedBug*> FindBug(const Catalog& catalog,
                                          std::string_view name) {
  return Find(catalog.bugs, "bug", name);
}

std::vector<checker::NamedModel> ModelsOf(const Catalog& catalog) {
  std::vector<checker::NamedModel> models = checker::AllModels();
  for (const checker::NamedModel& own : catalog.models) {
    const auto same = std::find_if(
        models.begin(), models.end(),
        [&](const checker::NamedModel& each) { return each.name == own.name; });
    if (same == models.end()) {
      models.push_back(own);
    } else {
      *same = own;
    }
  }
  return models;
}

absl::StatusOr<checker::NamedModel> FindModel(const Catalog& catalog,
                                              std::string_view name) {
  const std::vector<checker::NamedModel> models = ModelsOf(catalog);
  const absl::StatusOr<const checker::NamedModel*> found =
      Find(models, "model", name);
  if (!found.ok()) return found.status();
  return **found;
}

absl::StatusOr<OptionValue> ParseOption(std::string_view text) {
  const size_t equals = text.find('=');
  OptionValue option;
  if (equals == std::string_view::npos || equals == 0 ||
      !ParseWhole(text.substr(equals + 1), &option.value)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "option \"%s\": not NAME=VALUE with a whole number, such as clients=5.",
        Echo(text)));
  }
  option.name = text.substr(0, equals);
  return option;
}

absl::Status CheckOptions(const Scenario& scenario,
                          const std::vector<OptionValue>& given,
                          const std::vector<OptionValue>& asked) {
  std::vector<std::string> names;
  for (const OptionValue& option : asked) names.push_back(option.name);
  for (const OptionValue& option : given) {
    if (std::find(names.begin(), names.end(), option.name) == names.end()) {
      return UnknownName(absl::StrCat("option of ", scenario.name), option.name,
                         names);
    }
  }
  return absl::OkStatus();
}

}  // namespace reprise
