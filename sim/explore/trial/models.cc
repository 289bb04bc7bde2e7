#include "reprise/sim/explore/trial/models.h"

#include <string>
#include <vector>

namespace reprise {

std::vector<ModelInfo> Models() {
  return {{.name = std::string(kKeyValueModel),
           .about = "get, put and append; each key is a store of its own"},
          {.name = std::string(kRegisterModel),
           .about = "read, write and compare-and-set; each key is a register"}};
}

}  // namespace reprise
