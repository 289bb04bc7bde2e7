// The seam between memory accounts and the replaced operator new.
//
// The functions have empty stand-ins, which the library :memory_accounting
// replaces when a program links it. For memory_account.h only.

#ifndef REPRISE_SIM_CORE_ALLOCATOR_H_
#define REPRISE_SIM_CORE_ALLOCATOR_H_

#include <cstddef>
#include <vector>

namespace reprise {

class MemoryAccount;
struct AllocationSite;

namespace allocator {

bool IsLinked();
// Charges a block that came from operator new to another account.
void Transfer(const void* block, MemoryAccount* account);
void StartProfile();
bool IsProfiled();
std::vector<AllocationSite> LargestSites(const MemoryAccount& account,
                                         size_t count);

}  // namespace allocator
}  // namespace reprise

#endif  // REPRISE_SIM_CORE_ALLOCATOR_H_
