// The models that recordings are judged by, under their names.
//
//   for (const NamedModel& model : AllModels()) std::puts(model.name.c_str());

#ifndef REPRISE_CHECKER_MODELS_CATALOG_H_
#define REPRISE_CHECKER_MODELS_CATALOG_H_

#include <vector>

#include "reprise/checker/model/named_model.h"

namespace reprise::checker {

// In the order in which they are listed.
std::vector<NamedModel> AllModels();

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_CATALOG_H_
