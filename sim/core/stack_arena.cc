#include "reprise/sim/core/stack_arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <new>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/sanitizer.h"

namespace reprise {
namespace {

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

#if defined(REPRISE_ADDRESS_SANITIZER) || defined(REPRISE_THREAD_SANITIZER)
constexpr size_t kDefaultStackBytes = 512 * 1024;  // Their frames are larger.
#else
constexpr size_t kDefaultStackBytes = 128 * 1024;
#endif

constexpr uint64_t kCanary = 0x5ca1ab1e0ddba115;
constexpr size_t kCanaryBytes = 64;
constexpr size_t kFirstStacks = 16;
// The tops of stacks lie at different lines of their pages: at equal ones they
// would compete for the few places that a cache has for such addresses.
constexpr size_t kTops = 32;
constexpr size_t kTopBytes = 64;
constexpr size_t kMostStacksAtOnce = 1024;

bool KernelHasLightGuards() {
  void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return false;
  const bool has = madvise(page, 4096, MADV_GUARD_INSTALL) == 0;
  munmap(page, 4096);
  return has;
}

// Whoever watches over the process learns of it as where operator new fails.
void NoteNoMemory() {
  const std::new_handler handler = std::get_new_handler();
  if (handler == nullptr) return;
  const int error = errno;
  try {
    handler();
  } catch (const std::bad_alloc&) {
  }
  errno = error;
}

}  // namespace

StackArena::StackArena(const StackArenaOptions& options)
    : options_(options),
      has_light_guards_(!options.assume_old_kernel && KernelHasLightGuards()) {
  if (options_.stack_bytes == 0) options_.stack_bytes = kDefaultStackBytes;
  REPRISE_CHECK(options_.stack_bytes % 4096 == 0, "not a multiple of a page");
}

StackArena::~StackArena() {
  for (const Mapping& mapping : mappings_) munmap(mapping.base, mapping.size);
}

Stack StackArena::Acquire() {
  if (free_.empty()) Grow();
  const Stack stack = free_.back();
  free_.pop_back();
  trimmed_ = std::min(trimmed_, free_.size());
  return stack;
}

void StackArena::Release(Stack stack) { free_.push_back(stack); }

void StackArena::Trim(size_t keep) {
  if (free_.size() <= keep) return;
  const size_t end = free_.size() - keep;
  for (; trimmed_ < end; ++trimmed_) {
    // The guard, and the canary in it, lie below and stay.
    const Stack& stack = free_[trimmed_];
    madvise(stack.low, stack.size, MADV_DONTNEED);
  }
}

bool StackArena::IsCanaryIntact(const Stack& stack) {
  uint64_t words[kCanaryBytes / sizeof(uint64_t)];
  std::memcpy(words, stack.low - kCanaryBytes, kCanaryBytes);
  return std::all_of(std::begin(words), std::end(words),
                     [](uint64_t word) { return word == kCanary; });
}

bool StackArena::IsInGuard(const Stack& stack, const void* address) {
  const char* byte = static_cast<const char*>(address);
  return byte < stack.low && byte >= stack.low - kGuardBytes;
}

void StackArena::Grow() {
  const size_t count =
      std::clamp(stacks_made_, kFirstStacks, kMostStacksAtOnce);
  const size_t each = options_.stack_bytes + kGuardBytes;
  void* base =
      mmap(nullptr, count * each, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (base == MAP_FAILED) NoteNoMemory();
  REPRISE_CHECK(base != MAP_FAILED, "no memory for ", count,
                " more stacks: ", std::strerror(errno));
  madvise(base, count * each, MADV_NOHUGEPAGE);
  mappings_.push_back({static_cast<char*>(base), count * each});
  for (size_t i = count; i > 0; --i) {
    free_.push_back(MakeStack(static_cast<char*>(base) + (i - 1) * each));
  }
}

Stack StackArena::MakeStack(char* base) {
  const size_t unused = stacks_made_ % kTops * kTopBytes;
  Stack stack{base + kGuardBytes, options_.stack_bytes - unused, false};
  ++stacks_made_;
  if (has_light_guards_ &&
      madvise(base, kGuardBytes, MADV_GUARD_INSTALL) == 0) {
    return stack;
  }
  if (stacks_made_ <= options_.max_protected_stacks &&
      mprotect(base, kGuardBytes, PROT_NONE) == 0) {
    return stack;
  }
  stack.has_canary = true;
  for (size_t i = 0; i < kCanaryBytes; i += sizeof(kCanary)) {
    std::memcpy(stack.low - kCanaryBytes + i, &kCanary, sizeof(kCanary));
  }
  return stack;
}

}  // namespace reprise
