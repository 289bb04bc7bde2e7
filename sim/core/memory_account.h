// MemoryAccount: the bytes that the code of one node has requested through
// operator new and not freed.
//
// Programs that link //sim/core:memory_accounting charge every allocation to
// the account that is current when it is requested, until it is freed, wherever
// that happens; code under test does not change. Without that library the
// accounts stay empty and cost nothing. Charges are bytes as requested: exact,
// and the same in every run of one build. Memory that comes from malloc, mmap
// or fiber stacks is not seen.
//
//   MemoryAccountHandle account = NewMemoryAccount();
//   {
//     MemoryScope scope(account.get());
//     value.assign(1000, 'x');
//   }
//   account->held_bytes();  // 1001: what std::string asked for

#ifndef REPRISE_SIM_CORE_MEMORY_ACCOUNT_H_
#define REPRISE_SIM_CORE_MEMORY_ACCOUNT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "reprise/sim/core/allocator.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// Whether this program charges allocations.
bool IsMemoryAccountingLinked();

// Requires that blocks of one account are freed by one thread at a time.
class MemoryAccount {
 public:
  int64_t held_bytes() const { return held_bytes_; }
  int64_t held_blocks() const { return held_blocks_; }
  // The most that was ever held.
  int64_t peak_bytes() const { return peak_bytes_; }

  // From now on the first instant at which more than `bytes` are held is kept.
  void SetLimit(int64_t bytes);
  int64_t limit_bytes() const { return limit_bytes_; }
  bool HasBreachedLimit() const { return has_breached_; }
  VirtualTime breach_time() const { return breach_time_; }

  // For the allocator.
  void Charge(size_t bytes) {
    held_bytes_ += static_cast<int64_t>(bytes);
    ++held_blocks_;
    if (held_bytes_ > peak_bytes_) {
      peak_bytes_ = held_bytes_;
      if (peak_bytes_ > limit_bytes_ && !has_breached_) NoteBreach();
    }
  }
  void Discharge(size_t bytes) {
    held_bytes_ -= static_cast<int64_t>(bytes);
    if (--held_blocks_ == 0 && is_orphan_) Free();
  }

 private:
  friend struct MemoryAccountCloser;
  friend std::unique_ptr<MemoryAccount, struct MemoryAccountCloser>
  NewMemoryAccount();
  friend std::unique_ptr<MemoryAccount, struct MemoryAccountCloser> CopyOf(
      const MemoryAccount& account);

  MemoryAccount() = default;
  [[gnu::cold]] void NoteBreach();
  [[gnu::cold]] void Free();

  int64_t held_bytes_ = 0;
  int64_t held_blocks_ = 0;
  int64_t peak_bytes_ = 0;
  int64_t limit_bytes_ = INT64_MAX;
  bool has_breached_ = false;
  bool is_orphan_ = false;  // Closed; lives until its last block is freed.
  bool is_copy_ = false;    // Nothing is charged to it.
  VirtualTime breach_time_ = VirtualTime::Infinite();
};

struct MemoryAccountCloser {
  void operator()(MemoryAccount* account) const;
};
using MemoryAccountHandle = std::unique_ptr<MemoryAccount, MemoryAccountCloser>;

MemoryAccountHandle NewMemoryAccount();
// An account with the figures that `account` has now, which stay as they are.
MemoryAccountHandle CopyOf(const MemoryAccount& account);

// Charges this thread's allocations to `account`, or with null to nobody, while
// the object lives. A task that suspends takes its scopes along.
class MemoryScope {
 public:
  explicit MemoryScope(MemoryAccount* account)
      : outer_(CurrentContext().memory) {
    CurrentContext().memory = account;
  }
  ~MemoryScope() { CurrentContext().memory = outer_; }
  MemoryScope(const MemoryScope&) = delete;
  MemoryScope& operator=(const MemoryScope&) = delete;

 private:
  MemoryAccount* outer_;
};

// For code of the framework that runs inside tasks: charged to nobody.
class FrameworkMemoryScope : public MemoryScope {
 public:
  FrameworkMemoryScope() : MemoryScope(nullptr) {}
};

// Charges the buffer of `bytes`, if it has one outside the object, to `account`
// (null: nobody) instead of to whoever it was charged to before.
inline void TransferCharge(const std::string& bytes, MemoryAccount* account) {
  if (bytes.capacity() > std::string().capacity()) {
    allocator::Transfer(bytes.data(), account);
  }
}

// A place in the code that requested memory which an account still holds.
struct AllocationSite {
  int64_t bytes = 0;
  int64_t blocks = 0;
  std::vector<std::string> frames;  // Innermost first, symbolised.
};

// Remembers the call stack of every allocation of this process from now on:
// slow, for the replay of one trial.
void StartAllocationProfile();
bool IsAllocationProfiled();
// The sites that requested most of the bytes that `account` holds, largest
// first. Empty unless the profile was started before the allocations.
std::vector<AllocationSite> LargestAllocationSites(const MemoryAccount& account,
                                                   size_t count);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_MEMORY_ACCOUNT_H_
