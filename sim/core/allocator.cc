// Replaces operator new and delete: each block carries a header that says whom
// it is charged to.

#include "reprise/sim/core/allocator.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

#include "reprise/sim/core/allocation_profile.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/free_blocks.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/sanitizer.h"

namespace reprise::allocator {
namespace {

// In front of each block, whatever its alignment.
struct Header {
  MemoryAccount* account;
  uint64_t size_and_site;  // Size << 16 | entry of the profile.

  size_t size() const { return size_and_site >> 16; }
  uint16_t site() const { return static_cast<uint16_t>(size_and_site); }
};
static_assert(sizeof(Header) == 16);
static_assert(__STDCPP_DEFAULT_NEW_ALIGNMENT__ <= sizeof(Header));

// tidy: allow(global) operator new has no other place for it: one for the
// process, started only for the replay of a single trial.
AllocationProfile profile;

// Whether blocks that are free are kept. Where a sanitizer watches memory,
// malloc has to see all of them.
#if defined(REPRISE_ADDRESS_SANITIZER) || defined(REPRISE_THREAD_SANITIZER)
constexpr bool kKeepsBlocks = false;
#else
constexpr bool kKeepsBlocks = true;
#endif

// What freed memory is filled with, as malloc would. 0: nothing, as where a
// sanitizer watches memory: containers tell it what nobody may touch.
uint8_t FillOfFreed() {
  if (!kKeepsBlocks) return 0;
  // tidy: allow(environment) what malloc itself reads
  const char* value = std::getenv("MALLOC_PERTURB_");
  if (value == nullptr) return 0;
  return static_cast<uint8_t>(std::strtoul(value, nullptr, 0));
}
const uint8_t fill_of_freed = FillOfFreed();

// Malloc fills no small block that it keeps itself: those are filled here. One
// that is kept was filled when it was freed and is not filled again.
[[gnu::noinline]] void FillSmall(void* memory, size_t size, uint8_t byte) {
  if (size <= FreeBlocks::kLargest) std::memset(memory, byte, size);
}

// Blocks with their headers that this thread has freed: malloc would take
// several times longer.
FreeBlocks& CurrentFreeBlocks() {
  // tidy: allow(global) operator new has no other place for it
  static thread_local FreeBlocks blocks;
  return blocks;
}

// In the place of size and entry, once the block is free.
constexpr uint64_t kFreed = ~uint64_t{0};

Header& HeaderOf(const void* block) {
  return *(static_cast<Header*>(const_cast<void*>(block)) - 1);
}

// What the profile costs is kept away from those who do without.
[[gnu::noinline]] void AddToProfile(Header& header) {
  header.size_and_site |= profile.AddHere(header.account, header.size());
}
[[gnu::noinline]] void MoveInProfile(Header& header, MemoryAccount* account) {
  const size_t size = header.size();
  header.size_and_site =
      uint64_t{size} << 16 | profile.Move(header.site(), account, size);
}

// `offset`: bytes in front of the block, the header included.
void* Prepare(void* base, size_t offset, size_t size) {
  void* block = static_cast<char*>(base) + offset;
  MemoryAccount* account = CurrentContext().memory;
  HeaderOf(block) = {account, uint64_t{size} << 16};
  if (account != nullptr) {
    account->Charge(size);
    if (profile.IsStarted()) [[unlikely]] {
      AddToProfile(HeaderOf(block));
    }
  }
  return block;
}

// Gives the charge back; the memory itself is the caller's to free.
void Settle(void* block) {
  const Header& header = HeaderOf(block);
  REPRISE_CHECK(header.size_and_site != kFreed, "memory is freed twice");
  if (header.site() != 0) [[unlikely]] {
    profile.Remove(header.site(), header.size());
  }
  if (header.account != nullptr) header.account->Discharge(header.size());
}

// No machine has as much; what is added to a smaller size does not overflow.
constexpr size_t kTooMuch = size_t{1} << 47;

void* Allocate(size_t size) noexcept {
  if (size >= kTooMuch) return nullptr;
  const size_t total = FreeBlocks::RoundUp(size + sizeof(Header));
  void* base = kKeepsBlocks ? CurrentFreeBlocks().Take(total) : nullptr;
  if (base == nullptr) {
    base = std::malloc(total);
    if (base == nullptr) return nullptr;
    if (fill_of_freed != 0) FillSmall(base, total, fill_of_freed ^ 0xff);
  }
  return Prepare(base, sizeof(Header), size);
}

void* AllocateAligned(size_t size, std::align_val_t alignment) noexcept {
  if (size >= kTooMuch) return nullptr;
  const size_t offset =
      std::max(static_cast<size_t>(alignment), sizeof(Header));
  const size_t total = (size + offset + offset - 1) / offset * offset;
  void* base = std::aligned_alloc(offset, total);
  return base != nullptr ? Prepare(base, offset, size) : nullptr;
}

template <typename Attempt>
void* AllocateOrThrow(Attempt attempt) {
  for (;;) {
    if (void* block = attempt()) return block;
    const std::new_handler handler = std::get_new_handler();
    // tidy: allow(throw) what operator new must do
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void Free(void* block) noexcept {
  if (block == nullptr) return;
  Settle(block);
  Header& header = HeaderOf(block);
  const size_t total = FreeBlocks::RoundUp(header.size() + sizeof(Header));
  if (fill_of_freed != 0) [[unlikely]] {
    FillSmall(&header, total, fill_of_freed);
  }
  header.size_and_site = kFreed;
  if (kKeepsBlocks && CurrentFreeBlocks().Keep(&header, total)) return;
  std::free(&header);
}

void FreeAligned(void* block, std::align_val_t alignment) noexcept {
  if (block == nullptr) return;
  Settle(block);
  const size_t offset =
      std::max(static_cast<size_t>(alignment), sizeof(Header));
  std::free(static_cast<char*>(block) - offset);
}

}  // namespace

bool IsLinked() { return true; }

void Transfer(const void* block, MemoryAccount* account) {
  Header& header = HeaderOf(block);
  if (header.account == account) return;
  if (header.site() != 0) [[unlikely]] {
    MoveInProfile(header, account);
  }
  const size_t size = header.size();
  if (account != nullptr) account->Charge(size);
  if (header.account != nullptr) header.account->Discharge(size);
  header.account = account;
}

void StartProfile() { profile.Start(); }
bool IsProfiled() { return profile.IsStarted(); }

std::vector<AllocationSite> LargestSites(const MemoryAccount& account,
                                         size_t count) {
  return profile.Largest(account, count);
}

}  // namespace reprise::allocator

using reprise::allocator::Allocate;
using reprise::allocator::AllocateAligned;
using reprise::allocator::AllocateOrThrow;
using reprise::allocator::Free;
using reprise::allocator::FreeAligned;

void* operator new(size_t size) {
  if (void* block = Allocate(size)) [[likely]]
    return block;
  return AllocateOrThrow([size] { return Allocate(size); });
}
void* operator new[](size_t size) { return operator new(size); }
void* operator new(size_t size, const std::nothrow_t&) noexcept {
  return Allocate(size);
}
void* operator new[](size_t size, const std::nothrow_t&) noexcept {
  return Allocate(size);
}
void* operator new(size_t size, std::align_val_t alignment) {
  return AllocateOrThrow([=] { return AllocateAligned(size, alignment); });
}
void* operator new[](size_t size, std::align_val_t alignment) {
  return operator new(size, alignment);
}
void* operator new(size_t size, std::align_val_t alignment,
                   const std::nothrow_t&) noexcept {
  return AllocateAligned(size, alignment);
}
void* operator new[](size_t size, std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
  return AllocateAligned(size, alignment);
}

void operator delete(void* block) noexcept { Free(block); }
void operator delete[](void* block) noexcept { Free(block); }
void operator delete(void* block, size_t) noexcept { Free(block); }
void operator delete[](void* block, size_t) noexcept { Free(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept {
  Free(block);
}
void operator delete[](void* block, const std::nothrow_t&) noexcept {
  Free(block);
}
void operator delete(void* block, std::align_val_t alignment) noexcept {
  FreeAligned(block, alignment);
}
void operator delete[](void* block, std::align_val_t alignment) noexcept {
  FreeAligned(block, alignment);
}
void operator delete(void* block, size_t, std::align_val_t alignment) noexcept {
  FreeAligned(block, alignment);
}
void operator delete[](void* block, size_t,
                       std::align_val_t alignment) noexcept {
  FreeAligned(block, alignment);
}
void operator delete(void* block, std::align_val_t alignment,
                     const std::nothrow_t&) noexcept {
  FreeAligned(block, alignment);
}
void operator delete[](void* block, std::align_val_t alignment,
                       const std::nothrow_t&) noexcept {
  FreeAligned(block, alignment);
}
