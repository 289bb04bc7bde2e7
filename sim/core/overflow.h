// Turns the overflow of a task's stack into a message that names the task.

#ifndef REPRISE_SIM_CORE_OVERFLOW_H_
#define REPRISE_SIM_CORE_OVERFLOW_H_

#include <cstddef>

namespace reprise {

// Makes a fault in the guard of the running task's stack stop the program with
// the task's name. Any other fault goes to whoever handled it before. Done once
// for the process; each thread needs an alternate signal stack of its own.
void InstallOverflowHandler();

// The size in bytes of the running task's stack if a fault at `address` means
// that it has overflowed; 0 if not. Safe in a signal handler.
size_t SizeOfOverflowedStack(const void* address);

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_OVERFLOW_H_
