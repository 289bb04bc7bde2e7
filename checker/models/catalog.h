// The models that the project comes with, by name.

#ifndef REPRISE_CHECKER_MODELS_CATALOG_H_
#define REPRISE_CHECKER_MODELS_CATALOG_H_

#include <vector>

#include "reprise/checker/model/named_model.h"

namespace reprise::checker {

std::vector<NamedModel> AllModels();

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_CATALOG_H_
