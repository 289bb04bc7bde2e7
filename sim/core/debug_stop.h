// A stop in the debugger that watches this process.
//
// While it stands there, `reprise_debug_texts` has what tools/gdb/reprise.py
// prints, so that the debugger need not call into the process: not every
// debugger can on every machine.
//
//   StopInDebugger();  // Returns when the debugger lets the process go on.

#ifndef REPRISE_SIM_CORE_DEBUG_STOP_H_
#define REPRISE_SIM_CORE_DEBUG_STOP_H_

namespace reprise {

// Raises SIGTRAP. Where no debugger watches, that ends the process.
void StopInDebugger();

}  // namespace reprise

// What reprise_debug_tasks() and reprise_debug_world() say, and a line for each
// suspended task: its number and reprise_debug_frame() of it. Null elsewhere.
extern "C" const char* reprise_debug_texts[3];

#endif  // REPRISE_SIM_CORE_DEBUG_STOP_H_
