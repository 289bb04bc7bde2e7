// The calls that led to a place in the code, for reports.
//
// Guarantees: works without frame pointers, on the stacks of tasks too. Names
// are those of the program's symbols, without addresses, so that they are the
// same in every process of one build.
//
//   void* frames[8];
//   const int depth = CaptureCallStack(frames, 8, /*skip=*/0);
//   for (int i = 0; i < depth; ++i) Print(FrameName(frames[i]));

#ifndef REPRISE_SIM_CORE_CALL_STACK_H_
#define REPRISE_SIM_CORE_CALL_STACK_H_

#include <string>

namespace reprise {

// Fills `frames` with at most `most` return addresses, innermost first; leaves
// out this function and `skip` callers. Returns how many there are. Does not
// use operator new. Takes microseconds.
int CaptureCallStack(void** frames, int most, int skip);

// The function that a captured frame is in; "(unknown)" where the program has
// no symbol for it.
std::string FrameName(void* frame);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_CALL_STACK_H_
