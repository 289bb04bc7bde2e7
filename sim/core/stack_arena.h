// StackArena: stacks for fibers, made in large mappings and reused.
//
// Guarantees: memory is touched only where a fiber touches it; below each stack
// lies a guard that faults, so an overflow never reaches other memory. Where
// the kernel has lightweight guards (MADV_GUARD_INSTALL, Linux 6.13) any number
// of stacks has one; elsewhere mprotect serves the first 20,000 and the rest
// carry a canary that IsIntact looks at. Not for use by several threads.
//
//   StackArena arena({.stack_bytes = 128 * 1024});
//   Stack stack = arena.Acquire();

#ifndef REPRISE_SIM_CORE_STACK_ARENA_H_
#define REPRISE_SIM_CORE_STACK_ARENA_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reprise {

struct Stack {
  char* low = nullptr;  // Lowest usable address; the guard ends here.
  size_t size = 0;
  bool has_canary = false;
};

struct StackArenaOptions {
  // Usable bytes of a stack, a multiple of a page; some stacks have up to 2 KiB
  // less. 0: the default.
  size_t stack_bytes = 0;
  // Use mprotect and canaries even where the kernel has lightweight guards.
  bool assume_old_kernel = false;
  size_t max_protected_stacks = 20'000;
};

class StackArena {
 public:
  static constexpr size_t kGuardBytes = 16 * 1024;

  explicit StackArena(const StackArenaOptions& options);
  ~StackArena();
  StackArena(const StackArena&) = delete;
  StackArena& operator=(const StackArena&) = delete;

  // Stops the program where the system has no memory left.
  Stack Acquire();
  void Release(Stack stack);
  // Gives the memory of unused stacks beyond the `keep` latest to the system.
  void Trim(size_t keep);

  // Whether the stack's canary, if it has one, is untouched.
  static bool IsIntact(const Stack& stack) {
    return !stack.has_canary || IsCanaryIntact(stack);
  }
  // Whether `address` lies in the guard below `stack`.
  static bool IsInGuard(const Stack& stack, const void* address);

 private:
  struct Mapping {
    char* base;
    size_t size;
  };

  static bool IsCanaryIntact(const Stack& stack);
  void Grow();
  Stack MakeStack(char* base);

  StackArenaOptions options_;
  bool has_light_guards_;
  size_t stacks_made_ = 0;
  std::vector<Mapping> mappings_;
  std::vector<Stack> free_;
  size_t trimmed_ = 0;  // free_[0..trimmed_) hold no memory.
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_STACK_ARENA_H_
