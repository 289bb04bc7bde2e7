#include "reprise/sim/core/allocation_profile.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "reprise/sim/core/call_stack.h"
#include "reprise/sim/core/random.h"

namespace reprise {
void AllocationProfile::Start() {
  if (IsStarted()) return;
  entries_ = static_cast<Entry*>(std::calloc(kMostEntries, sizeof(Entry)));
}

uint16_t AllocationProfile::AddHere(const MemoryAccount* account,
                                    size_t bytes) {
  void* frames[kMostFrames];
  // Leaves out this function and operator new.
  const int depth = CaptureCallStack(frames, kMostFrames, 2);
  return Add(account, frames, depth, bytes);
}

void AllocationProfile::Remove(uint16_t entry, size_t bytes) {
  if (entry == 0) return;
  entries_[entry].bytes -= static_cast<int64_t>(bytes);
  --entries_[entry].blocks;
}

uint16_t AllocationProfile::Move(uint16_t entry, const MemoryAccount* account,
                                 size_t bytes) {
  if (entry == 0) return 0;
  Remove(entry, bytes);
  if (account == nullptr) {
    // Keeps the call stack for when somebody is charged again.
    return Add(nullptr, entries_[entry].frames, entries_[entry].depth, bytes);
  }
  return Add(account, entries_[entry].frames, entries_[entry].depth, bytes);
}

std::vector<AllocationSite> AllocationProfile::Largest(
    const MemoryAccount& account, size_t count) const {
  std::vector<const Entry*> live;
  for (uint32_t i = 1; IsStarted() && i < kMostEntries; ++i) {
    const Entry& entry = entries_[i];
    if (entry.account == &account && entry.bytes > 0) live.push_back(&entry);
  }
  std::stable_sort(live.begin(), live.end(),
                   [](auto* a, auto* b) { return a->bytes > b->bytes; });
  if (live.size() > count) live.resize(count);
  std::vector<AllocationSite> sites;
  for (const Entry* entry : live) {
    sites.push_back({entry->bytes, entry->blocks,
                     ReadableFrames(entry->frames, entry->depth, kMostFrames)});
  }
  return sites;
}

uint16_t AllocationProfile::Find(const MemoryAccount* account,
                                 void* const* frames, int depth) {
  uint64_t hash = MixBits(reinterpret_cast<uintptr_t>(account));
  for (int i = 0; i < depth; ++i) {
    hash = MixBits(hash ^ reinterpret_cast<uintptr_t>(frames[i]));
  }
  for (uint64_t probe = hash;; ++probe) {
    const auto index = static_cast<uint16_t>(probe);
    if (index == 0) continue;
    Entry& entry = entries_[index];
    const bool is_free = entry.depth == 0;
    const bool is_same =
        entry.account == account && entry.depth == depth &&
        std::memcmp(entry.frames, frames, depth * sizeof(void*)) == 0;
    if (is_same) return index;
    if (!is_free) continue;
    if (++used_ > kMostEntries / 2) return 0;
    entry.account = account;
    entry.depth = depth;
    std::memcpy(entry.frames, frames, depth * sizeof(void*));
    return index;
  }
}

uint16_t AllocationProfile::Add(const MemoryAccount* account,
                                void* const* frames, int depth, size_t bytes) {
  if (depth == 0) return 0;
  const uint16_t index = Find(account, frames, depth);
  if (index == 0) return 0;
  entries_[index].bytes += static_cast<int64_t>(bytes);
  ++entries_[index].blocks;
  return index;
}

}  // namespace reprise
