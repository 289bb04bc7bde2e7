// Tells the sanitizers that the thread changes stacks. Without one, every
// function here is empty.
//
// Address sanitizer wants the new stack announced before a switch and the
// arrival confirmed after it; thread sanitizer wants its own fiber handle made
// current. See compiler-rt's common_interface_defs.h and tsan_interface.h.

#ifndef SIM_CORE_SANITIZER_H_
#define SIM_CORE_SANITIZER_H_

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define REPRISE_ADDRESS_SANITIZER 1
#elif defined(__SANITIZE_THREAD__)
#define REPRISE_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define REPRISE_ADDRESS_SANITIZER 1
#elif __has_feature(thread_sanitizer)
#define REPRISE_THREAD_SANITIZER 1
#endif
#endif

#if defined(REPRISE_ADDRESS_SANITIZER)
#include <sanitizer/common_interface_defs.h>
#elif defined(REPRISE_THREAD_SANITIZER)
#include <sanitizer/tsan_interface.h>
extern "C" void __tsan_func_entry(void* call_address);
#endif

namespace reprise {

// One stack, as the sanitizers know it.
struct SanitizedStack {
  const void* bottom = nullptr;
  size_t size = 0;
  void* fake_stack = nullptr;    // Address sanitizer's, while switched away.
  void* thread_fiber = nullptr;  // Thread sanitizer's handle.
};

inline void* NewThreadFiber() {
#if defined(REPRISE_THREAD_SANITIZER)
  return __tsan_create_fiber(0);
#else
  return nullptr;
#endif
}

// A handle for what leaves more calls than it enters: it is some calls deep.
inline void* NewThreadFiberForUnwinding() {
#if defined(REPRISE_THREAD_SANITIZER)
  void* here = __tsan_get_current_fiber();
  void* fiber = __tsan_create_fiber(0);
  __tsan_switch_to_fiber(fiber, 0);
  for (int depth = 0; depth < 16; ++depth) __tsan_func_entry(nullptr);
  __tsan_switch_to_fiber(here, 0);
  return fiber;
#else
  return nullptr;
#endif
}

inline void FreeThreadFiber([[maybe_unused]] void* fiber) {
#if defined(REPRISE_THREAD_SANITIZER)
  __tsan_destroy_fiber(fiber);
#endif
}

inline void* CurrentThreadFiber() {
#if defined(REPRISE_THREAD_SANITIZER)
  return __tsan_get_current_fiber();
#else
  return nullptr;
#endif
}

// For a switch that only thread sanitizer has to know of.
inline void SetThreadFiber([[maybe_unused]] void* fiber) {
#if defined(REPRISE_THREAD_SANITIZER)
  __tsan_switch_to_fiber(fiber, 0);
#endif
}

// Before the switch from `from` to `to`; `from` null: it never runs again.
inline void BeginSwitch([[maybe_unused]] SanitizedStack* from,
                        [[maybe_unused]] const SanitizedStack& to) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  __sanitizer_start_switch_fiber(from != nullptr ? &from->fake_stack : nullptr,
                                 to.bottom, to.size);
#elif defined(REPRISE_THREAD_SANITIZER)
  __tsan_switch_to_fiber(to.thread_fiber, 0);
#endif
}

// First thing on `here` after a switch from `from`, whose extent it notes.
inline void EndSwitch([[maybe_unused]] const SanitizedStack& here,
                      [[maybe_unused]] SanitizedStack* from) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  __sanitizer_finish_switch_fiber(here.fake_stack,
                                  from != nullptr ? &from->bottom : nullptr,
                                  from != nullptr ? &from->size : nullptr);
#endif
}

}  // namespace reprise

#endif  // SIM_CORE_SANITIZER_H_
