// What a debugger asks a program that simulates: tools/gdb/reprise.py calls the
// functions below in the stopped process. They need no debugging information.
//
// Guarantees: they change nothing of the simulation. Requires that the thread
// is inside a run of a world; elsewhere the texts say that none is. A text is
// never freed.
//
//   (gdb) print ((char* (*)())reprise_debug_tasks)()

#ifndef REPRISE_SIM_CORE_DEBUGGER_H_
#define REPRISE_SIM_CORE_DEBUGGER_H_

#include <cstdint>
#include <string>

namespace reprise {

// What a world adds to what its scheduler knows.
class DebuggedWorld {
 public:
  // Messages in flight, what is not synced, and so on; whole lines.
  virtual std::string DescribeForDebugger() const = 0;

 protected:
  ~DebuggedWorld() = default;
};

}  // namespace reprise

extern "C" {

// A line for each task: its number, node, name, and what it waits for.
const char* reprise_debug_tasks();

// Where the world is, its timers, and what DebuggedWorld says.
const char* reprise_debug_world();

// Where the registers of a suspended task are saved, as Boost.Context does it;
// null for one that is running, that has not begun, or that is not there.
const void* reprise_debug_frame(uint64_t task);

}  // extern "C"

#endif  // REPRISE_SIM_CORE_DEBUGGER_H_
