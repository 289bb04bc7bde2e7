// The calls that led to a place in the code, for reports.
//
// Guarantees: works without frame pointers, on the stacks of tasks too. Names
// are those of the program's symbols, without addresses, so that they are the
// same in every process of one build.
//
//   void* frames[kFramesMax];
//   const int depth = CaptureCallStack(frames, kFramesMax, /*skip=*/0);
//   for (const std::string& name : ReadableFrames(frames, depth, 8)) ...

#ifndef REPRISE_SIM_CORE_CALL_STACK_H_
#define REPRISE_SIM_CORE_CALL_STACK_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reprise {

// Frames deeper than this are never captured.
inline constexpr int kFramesMax = 64;

// Fills `frames` with at most `most` return addresses, innermost first; leaves
// out this function and `skip` callers. Returns how many there are. Does not
// use operator new. Takes microseconds.
int CaptureCallStack(void** frames, int most, int skip);

// The function that a captured frame is in; "(unknown)" where the program has
// no symbol for it.
std::string FrameName(void* frame);

// `symbol`, the name of a function or a type for the linker, as the source
// spells it; unchanged where it is none.
std::string Demangled(const char* symbol);

// The names of the first `most` frames that tell a reader something, innermost
// first. Functions of the C++ library and of Abseil are left out, such as those
// between a function and the std::function that contains it. One of them is
// kept: the one that the innermost of the other functions called. The stack
// ends where a task begins, or where the scheduler fires an event: what lies
// below is the same in every stack.
std::vector<std::string> ReadableFrames(void* const* frames, int depth,
                                        size_t most);

// Whether a function is the scheduler's, below the code of every task or event.
bool IsSchedulersFrame(std::string_view name);

// Whether a function is one of the C++ library or of Abseil.
bool IsLibraryFrame(std::string_view name);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_CALL_STACK_H_
