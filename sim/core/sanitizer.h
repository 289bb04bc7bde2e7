// Tells the sanitizers that the thread changes stacks, and what is left for
// ever. Without one, every function here is empty.
//
// Address sanitizer wants the new stack announced before a switch and the
// arrival confirmed after it; thread sanitizer wants its own fiber handle made
// current. See compiler-rt's common_interface_defs.h and tsan_interface.h.

#ifndef REPRISE_SIM_CORE_SANITIZER_H_
#define REPRISE_SIM_CORE_SANITIZER_H_

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
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#elif defined(REPRISE_THREAD_SANITIZER)
#include <sanitizer/tsan_interface.h>
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

// Before the switch from `from` to `to`.
inline void BeginSwitch([[maybe_unused]] SanitizedStack* from,
                        [[maybe_unused]] const SanitizedStack& to) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  __sanitizer_start_switch_fiber(&from->fake_stack, to.bottom, to.size);
#elif defined(REPRISE_THREAD_SANITIZER)
  __tsan_switch_to_fiber(to.thread_fiber, 0);
#endif
}

// First thing on `here` after a switch from `from`, whose extent it notes.
inline void EndSwitch([[maybe_unused]] const SanitizedStack& here,
                      [[maybe_unused]] SanitizedStack* from) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  __sanitizer_finish_switch_fiber(here.fake_stack, &from->bottom, &from->size);
#endif
}

// The functions on a stack will not return: what they guarded is free.
inline void ForgetFrames([[maybe_unused]] const char* low,
                         [[maybe_unused]] size_t size) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  __asan_unpoison_memory_region(low, size);
#endif
}

// `object`, from operator new, is never destroyed, and that is no leak.
template <typename Object>
void KeepForever([[maybe_unused]] const Object& object) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  __lsan_ignore_object(&object);
#endif
}

// What the memory refers to is no leak.
inline void KeepReachable([[maybe_unused]] const char* low,
                          [[maybe_unused]] size_t size) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  __lsan_register_root_region(low, size);
#endif
}

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_SANITIZER_H_
