// Looking up what a catalog lists.
//
//   absl::StatusOr<const Scenario*> scenario = FindScenario(catalog, name);

#ifndef REPRISE_SIM_EXPLORE_TRIAL_CATALOG_H_
#define REPRISE_SIM_EXPLORE_TRIAL_CATALOG_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/model/named_model.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

// The entry of this name, inside `catalog`; InvalidArgument that names the
// valid ones if there is none.
absl::StatusOr<const Scenario*> FindScenario(const Catalog& catalog,
                                             std::string_view name);
absl::StatusOr<const PlantedBug*> FindBug(const Catalog& catalog,
                                          std::string_view name);

// InvalidArgument where `catalog` contradicts itself: two scenarios or bugs of
// one name, a bug of an unknown scenario or without a property, and a beginning
// in Scenario::marks that no mark of the program has. The error names them.
absl::Status CheckCatalog(const Catalog& catalog);

// The project's models (checker/models/catalog.h) and the catalog's own, which
// replace those of the same name.
std::vector<checker::NamedModel> ModelsOf(const Catalog& catalog);
absl::StatusOr<checker::NamedModel> FindModel(const Catalog& catalog,
                                              std::string_view name);

// "name=value" with a whole number, as in --option=clients=5.
absl::StatusOr<OptionValue> ParseOption(std::string_view text);

// InvalidArgument for an option among `given` that `scenario` did not ask for
// in a trial in which it asked for `asked`.
absl::Status CheckOptions(const Scenario& scenario,
                          const std::vector<OptionValue>& given,
                          const std::vector<OptionValue>& asked);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_CATALOG_H_
