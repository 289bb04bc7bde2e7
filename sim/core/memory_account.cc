#include "reprise/sim/core/memory_account.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "reprise/sim/core/allocator.h"
#include "reprise/sim/core/scheduler.h"

namespace reprise {

void MemoryAccount::SetLimit(int64_t bytes) {
  limit_bytes_ = bytes;
  has_breached_ = false;
  breach_time_ = VirtualTime::Infinite();
  peak_bytes_ = held_bytes_;
  if (held_bytes_ > limit_bytes_) NoteBreach();
}

void MemoryAccount::NoteBreach() {
  has_breached_ = true;
  const Scheduler* scheduler = CurrentContext().scheduler;
  breach_time_ = scheduler != nullptr ? scheduler->now() : VirtualTime();
}

// Accounts come from malloc: they outlive what is charged to them.
MemoryAccountHandle NewMemoryAccount() {
  void* place = std::malloc(sizeof(MemoryAccount));
  return MemoryAccountHandle(new (place) MemoryAccount());
}

MemoryAccountHandle CopyOf(const MemoryAccount& account) {
  MemoryAccountHandle copy = NewMemoryAccount();
  *copy = account;
  copy->is_copy_ = true;
  return copy;
}

void MemoryAccountCloser::operator()(MemoryAccount* account) const {
  account->is_orphan_ = true;
  if (account->held_blocks_ == 0 || account->is_copy_) account->Free();
}

void MemoryAccount::Free() { std::free(this); }

bool IsMemoryAccountingLinked() { return allocator::IsLinked(); }

void StartAllocationProfile() { allocator::StartProfile(); }

bool IsAllocationProfiled() { return allocator::IsProfiled(); }

std::vector<AllocationSite> LargestAllocationSites(const MemoryAccount& account,
                                                   size_t count) {
  return allocator::LargestSites(account, count);
}

}  // namespace reprise
