// Context: what this thread is simulating at the moment.
//
// Synchronisation finds its task here, and a failed check its seed and time.
// The context, the thread's pool of fibers (FiberPoolHolder) and the memory
// that it has freed (free_blocks.h) are the only thread-local state of the
// simulator; the latter two so that stacks and memory are reused from world to
// world.

#ifndef REPRISE_SIM_CORE_CONTEXT_H_
#define REPRISE_SIM_CORE_CONTEXT_H_

#include <cstddef>
#include <string_view>

namespace reprise {

class FaultSites;
class FiberPool;
class MarkListener;
class MemoryAccount;
class Offers;
class Scheduler;
class Task;

struct Context {
  Scheduler* scheduler = nullptr;   // Whose Run is on this thread's stack.
  Task* task = nullptr;             // Null outside tasks.
  MemoryAccount* memory = nullptr;  // Who is charged; null: nobody.
  // Writes one line about scheduler and task. Allocates nothing; safe in a
  // signal handler.
  void (*describe)(const Context& context, char* buffer, size_t size) = nullptr;
  FaultSites* fault_sites = nullptr;  // Null: none fires.
  // Whose trial this is; empty outside trials.
  std::string_view scenario = {};
  MarkListener* marks = nullptr;  // Null: nobody counts.
  Offers* offers = nullptr;       // Null: nobody reads what nodes offer.
};

// This thread's context.
inline Context& CurrentContext() {
  static constinit thread_local Context context;
  return context;
}

// Makes `context` this thread's for as long as the object lives.
class ScopedContext {
 public:
  explicit ScopedContext(const Context& context) : outer_(CurrentContext()) {
    CurrentContext() = context;
  }
  ~ScopedContext() { CurrentContext() = outer_; }
  ScopedContext(const ScopedContext&) = delete;
  ScopedContext& operator=(const ScopedContext&) = delete;

 private:
  Context outer_;
};

// Where this thread keeps its pool, and how it ends with the thread.
struct FiberPoolHolder {
  FiberPool* pool = nullptr;
  void (*destroy)(FiberPool* pool) = nullptr;
  ~FiberPoolHolder() {
    if (pool != nullptr) destroy(pool);
  }
};
FiberPoolHolder& CurrentFiberPoolHolder();

// Scenario, seed, virtual time, task and node as one line; empty where nothing
// is simulated. Allocates nothing; safe in a signal handler.
void DescribeContext(char* buffer, size_t size);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_CONTEXT_H_
