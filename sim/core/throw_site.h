// ThrowSite: the calls that led to the latest exception of a scheduler's code.
//
// When a handler sees an exception, the stack that threw it is gone. So a
// program that links this has a function of its own in front of the C++
// library's function that throws, and keeps the return addresses there. Not
// under sanitizers, which replace the same function.

#ifndef REPRISE_SIM_CORE_THROW_SITE_H_
#define REPRISE_SIM_CORE_THROW_SITE_H_

#include <array>
#include <string>
#include <vector>

#include "reprise/sim/core/call_stack.h"

namespace reprise {

class ThrowSite {
 public:
  // Keeps the stack that this is called on. Takes microseconds and allocates
  // nothing.
  void Note() {
    depth_ = CaptureCallStack(frames_.data(), kFramesMax, /*skip=*/0);
  }
  // The readable names of what was kept, from the function that threw on, and
  // keeps nothing any more.
  std::vector<std::string> Take();

 private:
  std::array<void*, kFramesMax> frames_;
  int depth_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_THROW_SITE_H_
