#include "reprise/sim/core/call_stack.h"

#include <cxxabi.h>
#include <execinfo.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/debugging/symbolize.h"

namespace reprise {
namespace {

// Where the code of a task or an event ends and the scheduler's begins.
// Whatever the compiler inlines, one of them has a frame of its own: Begin is
// kept from being inlined, and Carry is called by its address.
constexpr std::string_view kSchedulersFrames[] = {
    "reprise::Scheduler::Begin(",       // A task.
    "reprise::Scheduler::Unwind(",      // A task that is dropped.
    "reprise::Scheduler::FireEvents(",  // An event.
    "reprise::Scheduler::RunTask(",    "reprise::Scheduler::Carry(",
};

// Without what stands between angle brackets, which may hold any other name.
std::string WithoutTemplateArguments(std::string_view name) {
  std::string plain;
  int depth = 0;
  for (const char c : name) {
    if (c == '<') ++depth;
    if (depth == 0) plain += c;
    if (c == '>' && depth > 0) --depth;
  }
  return plain;
}

}  // namespace

[[gnu::noinline]] int CaptureCallStack(void** frames, int most, int skip) {
  // Abseil's walk follows frame pointers, which optimised code does not keep.
  void* all[kFramesMax];
  const int depth = backtrace(all, kFramesMax);
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
  return Demangled(name);
}

std::string Demangled(const char* symbol) {
  int status = 0;
  char* demangled = abi::__cxa_demangle(symbol, nullptr, nullptr, &status);
  const std::string result = status == 0 ? demangled : symbol;
  std::free(demangled);
  return result;
}

std::vector<std::string> ReadableFrames(void* const* frames, int depth,
                                        size_t most) {
  std::vector<std::string> names;
  std::string called;  // The library's function that came last.
  for (int i = 0; i < depth && names.size() < most; ++i) {
    std::string name = FrameName(frames[i]);
    if (IsSchedulersFrame(name)) break;
    if (IsLibraryFrame(name)) {
      called = std::move(name);
      continue;
    }
    if (names.empty() && !called.empty()) names.push_back(std::move(called));
    names.push_back(std::move(name));
  }
  if (names.empty() && !called.empty()) names.push_back(std::move(called));
  if (names.size() > most) names.resize(most);
  return names;
}

bool IsSchedulersFrame(std::string_view name) {
  return std::any_of(
      std::begin(kSchedulersFrames), std::end(kSchedulersFrames),
      [&](std::string_view frame) { return name.starts_with(frame); });
}

bool IsLibraryFrame(std::string_view name) {
  if (name.starts_with("operator new") || name.starts_with("operator delete")) {
    return true;
  }
  // What the function returns may stand before its name.
  const std::string plain = WithoutTemplateArguments(name);
  const std::string_view head =
      std::string_view(plain).substr(0, plain.find('('));
  const size_t blank = head.find_last_of(" *&");
  const std::string_view function =
      blank == std::string_view::npos ? head : head.substr(blank + 1);
  return function.starts_with("std::") || function.starts_with("absl::") ||
         function.starts_with("__gnu_cxx::");
}

}  // namespace reprise
