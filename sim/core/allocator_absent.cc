// The stand-ins for programs that do not charge allocations.

#include <cstddef>
#include <vector>

#include "reprise/sim/core/allocator.h"
#include "reprise/sim/core/memory_account.h"

namespace reprise::allocator {

[[gnu::weak]] bool IsLinked() { return false; }
[[gnu::weak]] void Transfer(const void*, MemoryAccount*) {}
[[gnu::weak]] void StartProfile() {}
[[gnu::weak]] bool IsProfiled() { return false; }
[[gnu::weak]] std::vector<AllocationSite> LargestSites(const MemoryAccount&,
                                                       size_t) {
  return {};
}

}  // namespace reprise::allocator
