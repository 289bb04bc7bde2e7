#include "reprise/sim/trace/digest.h"

#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace reprise::internal {

uint64_t HashLongContent(std::string_view content) {
  return XXH3_64bits(content.data(), content.size());
}

}  // namespace reprise::internal
