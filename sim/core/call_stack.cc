#include "reprise/sim/core/call_stack.h"

#include <cxxabi.h>
#include <execinfo.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "absl/debugging/symbolize.h"

namespace reprise {

[[gnu::noinline]] int CaptureCallStack(void** frames, int most, int skip) {
  // Abseil's walk follows frame pointers, which optimised code does not keep.
  constexpr int kMost = 64;
  void* all[kMost];
  const int depth = backtrace(all, kMost);
  // Under a sanitizer there are more frames than this function's before it.
  void** caller = std::find(all, all + depth, __builtin_return_address(0));
  const int begin = std::min(depth, static_cast<int>(caller - all) + skip);
  const int count = std::min(depth - begin, most);
  std::copy(all + begin, all + begin + count, frames);
  return count;
}

std::string FrameName(void* frame) {
  char name[512];
  // The address after a call may belong to the next function.
  if (!absl::Symbolize(static_cast<char*>(frame) - 1, name, sizeof(name))) {
    return "(unknown)";
  }
  // Names with tags such as [abi:cxx11] come out as they went in.
  int status = 0;
  char* demangled = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  const std::string result = status == 0 ? demangled : name;
  std::free(demangled);
  return result;
}

}  // namespace reprise
