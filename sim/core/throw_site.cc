#include "reprise/sim/core/throw_site.h"

#include <dlfcn.h>

#include <algorithm>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

#include "reprise/sim/core/context.h"
#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"

namespace reprise {
namespace {

constexpr size_t kFramesShown = 16;

}  // namespace

std::vector<std::string> ThrowSite::Take() {
  std::vector<std::string> names =
      ReadableFrames(frames_.data(), std::exchange(depth_, 0), kFramesShown);
  // Whether the compiler inlines Note() into the function that calls it or not.
  const auto is_ours = [](const std::string& name) {
    return name.starts_with("reprise::ThrowSite::") || name == "__cxa_throw";
  };
  names.erase(names.begin(),
              std::find_if_not(names.begin(), names.end(), is_ours));
  return names;
}

}  // namespace reprise

#if !defined(REPRISE_ADDRESS_SANITIZER) && !defined(REPRISE_THREAD_SANITIZER)

namespace {

// Of what is thrown: each compiler declares the function in its own way.
#if defined(__clang__)
using ThrownType = std::type_info;
#else
using ThrownType = void;
#endif

}  // namespace

extern "C" {

// The C++ ABI's function behind every `throw`; see the Itanium C++ ABI:
// Exception Handling, section 2.4.3.
__attribute__((noreturn)) void __cxa_throw(void* exception, ThrownType* type,
                                           void (*destroy)(void*)) {
  using Throw = void (*)(void*, ThrownType*, void (*)(void*));
  static const auto next =
      reinterpret_cast<Throw>(dlsym(RTLD_NEXT, "__cxa_throw"));
  const reprise::Context& context = reprise::CurrentContext();
  const bool is_unwinding =
      context.task != nullptr && context.task->IsUnwinding();
  if (context.scheduler != nullptr && !is_unwinding) {
    context.scheduler->throw_site().Note();
  }
  next(exception, type, destroy);
  __builtin_unreachable();
}

}  // extern "C"

#endif
