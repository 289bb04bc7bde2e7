#include "reprise/sim/core/random.h"

#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace reprise {

uint64_t HashName(std::string_view name) {
  return XXH3_64bits(name.data(), name.size());
}

}  // namespace reprise
