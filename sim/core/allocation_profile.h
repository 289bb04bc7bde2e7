// AllocationProfile: live bytes by account and call stack.
//
// Invariant: entry 0 stands for "not profiled" and stays empty. The profile
// allocates with malloc alone, because operator new calls it. Requires that one
// thread at a time uses it.

#ifndef REPRISE_SIM_CORE_ALLOCATION_PROFILE_H_
#define REPRISE_SIM_CORE_ALLOCATION_PROFILE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "reprise/sim/core/memory_account.h"

namespace reprise {

class AllocationProfile {
 public:
  static constexpr uint32_t kMostEntries = 1 << 16;

  void Start();
  bool IsStarted() const { return entries_ != nullptr; }

  // Notes a block of `bytes` that the current call stack requested. Returns its
  // entry, or 0 when the table is full.
  uint16_t AddHere(const MemoryAccount* account, size_t bytes);
  void Remove(uint16_t entry, size_t bytes);
  // Moves a block to another account; returns its new entry.
  uint16_t Move(uint16_t entry, const MemoryAccount* account, size_t bytes);

  std::vector<AllocationSite> Largest(const MemoryAccount& account,
                                      size_t count) const;

 private:
  static constexpr int kMostFrames = 24;

  struct Entry {
    const MemoryAccount* account;
    int64_t bytes;
    int64_t blocks;
    int depth;
    void* frames[kMostFrames];
  };

  uint16_t Find(const MemoryAccount* account, void* const* frames, int depth);
  uint16_t Add(const MemoryAccount* account, void* const* frames, int depth,
               size_t bytes);

  Entry* entries_ = nullptr;  // A hash table with linear probing.
  uint32_t used_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_ALLOCATION_PROFILE_H_
