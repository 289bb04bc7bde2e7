#include "reprise/checker/models/catalog.h"

#include "reprise/checker/model/named.h"
#include "reprise/checker/models/mutex.h"

namespace reprise::checker {

std::vector<NamedModel> AllModels() {
  return {{.name = "key-value",
           .about = "get, put, append and delete; each key is a store"},
          {.name = "register",
           .about = "read, write and cas; each key is a register"},
          {.name = "cas-register",
           .about = "read, write and cas; each key is a register"},
          Named<MutexModel>("mutex", "acquire and release")};
}

}  // namespace reprise::checker
