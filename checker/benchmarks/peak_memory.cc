#include "reprise/checker/benchmarks/peak_memory.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "reprise/checker/history/require.h"

namespace reprise::checker {
namespace {

// Atomic because the parallel check allocates; relaxed, as only sums matter.
// tidy: allow(global) operator new has no other place to count
std::atomic<size_t> live_bytes = 0;
// tidy: allow(global) as above
std::atomic<size_t> peak_bytes = 0;

void* Allocate(size_t size) {
  void* block = std::malloc(size);
  REPRISE_REQUIRE(block != nullptr, "memory ran out");
  const size_t live = live_bytes.fetch_add(malloc_usable_size(block),
                                           std::memory_order_relaxed) +
                      malloc_usable_size(block);
  size_t peak = peak_bytes.load(std::memory_order_relaxed);
  while (peak < live && !peak_bytes.compare_exchange_weak(
                            peak, live, std::memory_order_relaxed)) {
  }
  return block;
}

void Free(void* block) {
  if (block == nullptr) return;
  live_bytes.fetch_sub(malloc_usable_size(block), std::memory_order_relaxed);
  std::free(block);
}

}  // namespace

void RestartPeak() { peak_bytes = live_bytes.load(); }
size_t PeakBytes() { return peak_bytes; }

}  // namespace reprise::checker

void* operator new(size_t size) { return reprise::checker::Allocate(size); }
void operator delete(void* block) noexcept { reprise::checker::Free(block); }
void operator delete(void* block, size_t) noexcept {
  reprise::checker::Free(block);
}
