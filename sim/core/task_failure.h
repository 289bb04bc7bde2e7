// TaskFailure: an exception that left the code of a task or an event.
//
// The run in which it happens ends after it, as RunEnd::kFailed; the program
// goes on.
//
//   try { ... } catch (...) { failure = DescribeException(); }

#ifndef REPRISE_SIM_CORE_TASK_FAILURE_H_
#define REPRISE_SIM_CORE_TASK_FAILURE_H_

#include <string>
#include <vector>

namespace reprise {

struct TaskFailure {
  // "threw std::out_of_range: no such key".
  std::string what = {};
  // Whose code it was: `node "server-1", task "boot"`, or "an event".
  std::string who = {};
  // The calls that led to the throw, innermost first; empty where this build
  // cannot tell.
  std::vector<std::string> stack = {};
  // The machine had no memory left: it says nothing about the code.
  bool is_out_of_memory = false;

  // One line for each call of the stack, indented.
  std::string DescribeStack() const;
};

// What the exception that is being handled says: `what` and `is_out_of_memory`.
// Requires to be called in a handler.
TaskFailure DescribeException();

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_TASK_FAILURE_H_
